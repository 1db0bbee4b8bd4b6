#include "ui/hotkey_edit.h"
#include "ui/hotkey_text.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace sightline;

class TestHotkey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theUsualOne();
    void keepsItsMeaning_data();
    void keepsItsMeaning();
    void isNoHotkey_data();
    void isNoHotkey();
    void saysWhyItCannotBeHeard();
    void takesWhatIsPressed();
    void refusesPlainKeys();
    void isNoTrap();
};

void TestHotkey::theUsualOne()
{
    QCOMPARE(hotkeyText({}), QStringLiteral("Ctrl+Alt+Space"));
    QVERIFY(hotkeyFromStored(QStringLiteral("Ctrl+Alt+Space")) == Hotkey());
}

void TestHotkey::keepsItsMeaning_data()
{
    QTest::addColumn<QString>("stored");
    for (const char* each :
        {"Ctrl+Alt+Space", "Alt+F9", "Ctrl+Shift+Q", "Meta+Ins", "Meta+Ctrl+Alt+Shift+1", "Ctrl+,",
            "Ctrl+Alt+\xc3\x84", "Alt+\xd0\x96", "Ctrl+Pause", "Ctrl+PgDown", "Meta+Esc", "Alt+F24"})
        QTest::newRow(each) << QString::fromUtf8(each);
}

void TestHotkey::keepsItsMeaning()
{
    QFETCH(QString, stored);
    const auto hotkey = hotkeyFromStored(stored);
    QVERIFY(hotkey.has_value());
    QCOMPARE(storedHotkey(*hotkey), stored);
    QVERIFY(hotkey->character != 0 || hotkey->place.code != 0);
}

void TestHotkey::isNoHotkey_data()
{
    QTest::addColumn<QString>("stored");
    for (const char* each : {"", "Space", "F9", "Shift+A", "Shift+F9", "Ctrl", "Ctrl+Alt", "nonsense",
             "Ctrl+nonsense", "Ctrl+A, Ctrl+B", "Ctrl+CapsLock", "Ctrl+Num+1", "Ctrl+Launch Mail"})
        QTest::newRow(each) << QString::fromUtf8(each);
}

void TestHotkey::isNoHotkey()
{
    QFETCH(QString, stored);
    QVERIFY(!hotkeyFromStored(stored));
}

void TestHotkey::saysWhyItCannotBeHeard()
{
    QVERIFY(hotkeyProblem({}, HotkeyState::Works).isEmpty());
    for (const HotkeyState state : {HotkeyState::Taken, HotkeyState::NoSuchKey})
        QVERIFY(hotkeyProblem({}, state).contains(QLatin1StringView("Ctrl+Alt+Space")));
}

void TestHotkey::takesWhatIsPressed()
{
    HotkeyEdit edit({});
    QSignalSpy changed(&edit, &HotkeyEdit::hotkeyChanged);
    QTest::keyClick(&edit, Qt::Key_Control, Qt::ControlModifier);
    QCOMPARE(changed.size(), 0); // there is more to come
    QTest::keyClick(&edit, Qt::Key_F9, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(edit.text(), QStringLiteral("Ctrl+Shift+F9"));
    QVERIFY(edit.hotkey() == hotkeyFromStored(QStringLiteral("Ctrl+Shift+F9")));
    // What a text field does with its keys is not for this one.
    QTest::keyClick(&edit, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(edit.text(), QStringLiteral("Ctrl+V"));
    QTest::keyClick(&edit, Qt::Key_Backtab, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(edit.text(), QStringLiteral("Alt+Shift+Tab"));
}

void TestHotkey::refusesPlainKeys()
{
    HotkeyEdit edit({});
    QSignalSpy refused(&edit, &HotkeyEdit::refused);
    QTest::keyClick(&edit, Qt::Key_X);
    QTest::keyClick(&edit, Qt::Key_X, Qt::ShiftModifier);
    QCOMPARE(refused.size(), 2);
    QVERIFY(edit.hotkey() == Hotkey());
    QCOMPARE(edit.text(), QStringLiteral("Ctrl+Alt+Space"));
}

void TestHotkey::isNoTrap()
{
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    auto* edit = new HotkeyEdit({});
    auto* button = new QPushButton(QStringLiteral("&Next"));
    layout->addWidget(edit);
    layout->addWidget(button);
    QSignalSpy clicked(button, &QPushButton::clicked);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_N, Qt::AltModifier); // the button's own
    QCOMPARE(clicked.size(), 0);
    QCOMPARE(edit->text(), QStringLiteral("Alt+N"));
    QTest::keyClick(edit, Qt::Key_Tab);
    QVERIFY(button->hasFocus());
}

QTEST_MAIN(TestHotkey)
#include "tst_hotkey.moc"
