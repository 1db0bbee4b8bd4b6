#include "tests/integration/session/conversation_pair.h"
#include "tests/support/widget_search.h"
#include "ui/hotkey_text.h"
#include "ui/main_window.h"
#include "ui/share_bar.h"
#include "ui/share_overlay.h"

#include <QApplication>
#include <QTest>

using namespace sightline;

// Every text that names the keys which take control back names those that do.

namespace {

const Hotkey kOther{.character = U'q', .hasAlt = false, .hasShift = true};

QWidget* shareBar()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (qobject_cast<ShareBar*>(widget) && widget->isVisible())
            return widget;
    }
    return nullptr;
}

} // namespace

class TestTakeBack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTextsNameTheKeys();
    void saysThatAnotherProgramHasThem();
};

void TestTakeBack::theTextsNameTheKeys()
{
    ConversationPair pair;
    MainWindow window(*pair.anna, {});
    window.show();
    const ShareOverlay overlay(*pair.anna);
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(shareBar());
    const QString usual = QStringLiteral("Ctrl+Alt+Space");
    QVERIFY(isReadable(window, usual));
    QVERIFY(isReadable(*shareBar(), usual));
    pair.anna->control().setTakeBackHotkey(kOther);
    for (QWidget* each : {static_cast<QWidget*>(&window), shareBar()}) {
        QVERIFY(isReadable(*each, QStringLiteral("Ctrl+Shift+Q")));
        QVERIFY(!isReadable(*each, usual));
    }
    QVERIFY(pair.injector.content().hotkeys.back() == kOther);
}

void TestTakeBack::saysThatAnotherProgramHasThem()
{
    ConversationPair pair;
    MainWindow window(*pair.anna, {});
    window.show();
    const ShareOverlay overlay(*pair.anna);
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    const QString problem = hotkeyProblem({}, HotkeyState::Taken);
    QVERIFY(!isReadable(window, problem));
    pair.injector.handlers().hotkeyStateChanged(HotkeyState::Taken);
    QTRY_VERIFY(isReadable(window, problem));
    QVERIFY(!isReadable(*shareBar(), QStringLiteral("Ctrl+Alt+Space")));
    QVERIFY(isReadable(*shareBar(), QStringLiteral("controls your desktop")));
    // Others work.
    pair.anna->control().setTakeBackHotkey(kOther);
    QVERIFY(!isReadable(window, problem));
    QVERIFY(!isReadable(window, hotkeyProblem(kOther, HotkeyState::Taken)));
    QVERIFY(isReadable(*shareBar(), QStringLiteral("Ctrl+Shift+Q")));
    pair.injector.handlers().hotkeyStateChanged(HotkeyState::NoSuchKey);
    QTRY_VERIFY(isReadable(window, hotkeyProblem(kOther, HotkeyState::NoSuchKey)));
    pair.anna->control().revoke();
    QTRY_VERIFY(!isReadable(window, hotkeyProblem(kOther, HotkeyState::NoSuchKey)));
}

QTEST_MAIN(TestTakeBack)
#include "tst_take_back.moc"
