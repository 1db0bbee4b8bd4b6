#include "ui/settings_dialog.h"

#include "tests/support/widget_search.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

/// Takes servers by HTTPS only; and somebody else has Ctrl+Alt+Q.
SettingsDialog::Checks checks()
{
    return {.server =
                [](const QString& text) {
                    return text.startsWith(QStringLiteral("https://")) ? QString()
                                                                       : QStringLiteral("That is wrong.");
                },
        .hotkey =
            [](const Hotkey& hotkey) {
                return hotkey.character == U'q' ? QStringLiteral("Somebody has that.") : QString();
            }};
}

Settings ada()
{
    return {.name = QStringLiteral("Ada"), .server = {}, .staysInTray = false};
}

} // namespace

class TestSettingsDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasEntered();
    void keepsWhoMayControlAndWhatIsCopied();
    void takesAnotherHotkey();
    void refusesNoName();
    void refusesBadServers();
    void showsTheTrayWhereThereIsOne();
    void everyControlHasAName();
};

void TestSettingsDialog::givesBackWhatWasEntered()
{
    SettingsDialog dialog(ada(), checks(), true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    auto* server = find<QLineEdit>(dialog, "Address of the server");
    QVERIFY(!server->isEnabled());
    find<QLineEdit>(dialog, "Your name")->setText(QStringLiteral("  Grace   Hopper "));
    find<QAbstractButton>(dialog, "Another server")->click();
    QVERIFY(server->isEnabled());
    server->setText(QStringLiteral(" https://h:1 "));
    find<QAbstractButton>(dialog, "Start in the tray")->click();
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 1);
    const Settings expected{
        .name = QStringLiteral("Grace Hopper"), .server = QStringLiteral("https://h:1"), .staysInTray = true};
    QCOMPARE(chosen[0][0].value<Settings>(), expected);
    QVERIFY(!dialog.isVisible());

    // Back to a server of one's own.
    SettingsDialog back(expected, checks(), true);
    QSignalSpy chosenBack(&back, &SettingsDialog::chosen);
    find<QAbstractButton>(back, "A server of my own")->click();
    find<QAbstractButton>(back, "Save the settings")->click();
    QCOMPARE(chosenBack[0][0].value<Settings>().server, QString());
}

void TestSettingsDialog::keepsWhoMayControlAndWhatIsCopied()
{
    SettingsDialog dialog(ada(), checks(), true);
    dialog.show();
    QVERIFY(find<QAbstractButton>(dialog, "Ask before giving control")->isChecked());
    QCOMPARE(
        find<QLineEdit>(dialog, "Keys that take control back")->text(), QStringLiteral("Ctrl+Alt+Space"));
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QAbstractButton>(dialog, "Refuse control")->click();
    find<QAbstractButton>(dialog, "Receive the clipboard")->click();
    find<QAbstractButton>(dialog, "Save the settings")->click();
    Settings expected = ada();
    expected.controlPolicy = ControlPolicy::Never;
    expected.receivesClipboard = false;
    QCOMPARE(chosen[0][0].value<Settings>(), expected);

    // What was chosen once is shown again, and stays when nothing is changed.
    expected.controlPolicy = ControlPolicy::Always;
    expected.sendsClipboard = false;
    SettingsDialog again(expected, checks(), true);
    QSignalSpy chosenAgain(&again, &SettingsDialog::chosen);
    find<QAbstractButton>(again, "Save the settings")->click();
    QCOMPARE(chosenAgain[0][0].value<Settings>(), expected);
}

void TestSettingsDialog::takesAnotherHotkey()
{
    SettingsDialog dialog(ada(), checks(), true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    auto* keys = find<QLineEdit>(dialog, "Keys that take control back");
    auto* save = find<QAbstractButton>(dialog, "Save the settings");
    QTest::keyClick(keys, Qt::Key_X);
    QVERIFY(isShown(dialog, "What is wrong with the settings"));
    QTest::keyClick(keys, Qt::Key_Q, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(!isShown(dialog, "What is wrong with the settings"));
    save->click();
    QVERIFY(isReadable(dialog, QStringLiteral("Somebody has that.")));
    QCOMPARE(chosen.size(), 0);
    QTest::keyClick(keys, Qt::Key_F12, Qt::ControlModifier);
    save->click();
    QCOMPARE(chosen.size(), 1);
    Settings expected = ada();
    expected.takeBackHotkey = Hotkey{.character = 0, .place = {0x58}, .hasControl = true, .hasAlt = false};
    QCOMPARE(chosen[0][0].value<Settings>(), expected);

    // What holds already is not checked: it may be ourselves who have it.
    expected.takeBackHotkey = Hotkey{.character = U'q'};
    SettingsDialog again(expected, checks(), true);
    QSignalSpy chosenAgain(&again, &SettingsDialog::chosen);
    find<QAbstractButton>(again, "Save the settings")->click();
    QCOMPARE(chosenAgain.size(), 1);
    SettingsDialog usual(expected, checks(), true);
    QSignalSpy chosenUsual(&usual, &SettingsDialog::chosen);
    find<QAbstractButton>(usual, "Use the usual keys to take control back")->click();
    find<QAbstractButton>(usual, "Save the settings")->click();
    QCOMPARE(chosenUsual[0][0].value<Settings>().takeBackHotkey == Hotkey(), true);
}

void TestSettingsDialog::refusesNoName()
{
    SettingsDialog dialog(ada(), checks(), true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QLineEdit>(dialog, "Your name")->setText(QStringLiteral("  "));
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(dialog.isVisible());
    QVERIFY(isShown(dialog, "What is wrong with the settings"));
}

void TestSettingsDialog::refusesBadServers()
{
    SettingsDialog dialog(ada(), checks(), true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QAbstractButton>(dialog, "Another server")->click();
    find<QLineEdit>(dialog, "Address of the server")->setText(QStringLiteral("nonsense"));
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(isReadable(dialog, QStringLiteral("That is wrong.")));
    find<QAbstractButton>(dialog, "Cancel")->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(chosen.size(), 0);
}

void TestSettingsDialog::showsTheTrayWhereThereIsOne()
{
    SettingsDialog without(ada(), checks(), false);
    without.show();
    QVERIFY(!isShown(without, "Start in the tray"));
    SettingsDialog with(ada(), checks(), true);
    with.show();
    QVERIFY(isShown(with, "Start in the tray"));
}

void TestSettingsDialog::everyControlHasAName()
{
    SettingsDialog dialog(ada(), checks(), true);
    for (const QAbstractButton* button : dialog.findChildren<QAbstractButton*>()) {
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(button->text().contains(QLatin1Char('&')), qPrintable(button->text()));
    }
    for (const QLineEdit* field : dialog.findChildren<QLineEdit*>())
        QVERIFY(!field->accessibleName().isEmpty());
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
