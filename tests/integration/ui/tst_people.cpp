#include "core/session/presence.h"
#include "platform/synthetic/pattern_capture.h"
#include "ui/invitation_banners.h"
#include "ui/main_window.h"
#include "ui/notifier.h"
#include "ui/person_list.h"
#include "ui/share_picker.h"
#include "ui/viewer_window.h"

#include "tests/support/local_server.h"
#include "tests/support/widget_search.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

// People who are signed in to a real server, their windows, and what they do with each other.

namespace {

constexpr int kPatience = 20000;

ServerLimits invitationsFor(std::chrono::milliseconds time)
{
    ServerLimits limits;
    limits.invitation = time;
    return limits;
}

/// Somebody who is signed in, with a desktop and a window.
struct Someone {
    Someone(const char* name, const LocalServer& server)
        : screen(std::make_shared<PatternScreen>(Size{320, 200}))
        , conversation({.displayName = QString::fromLatin1(name), .openCapture = capture()})
        , presence(conversation)
        , window(
              conversation, [address = server.address()] { return Result<MeetingLink>(address); },
              QString::fromLatin1(name))
        , notifier(window, conversation, &presence)
    {
        window.showPeople(presence);
        window.show();
        presence.signIn(server.address(), QString::fromLatin1(name));
    }

    Conversation::CaptureFactory capture()
    {
        return [shared = screen]() -> Result<std::unique_ptr<ScreenCapture>> {
            return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(shared));
        };
    }

    PersonList& people() const { return *window.findChild<PersonList*>(); }
    QString listed() const
    {
        QStringList texts;
        for (int i = 0; i < people().count(); ++i)
            texts.append(people().item(i)->text());
        return texts.join(QStringLiteral("; "));
    }
    void choose(int row) const
    {
        people().setCurrentRow(row);
        QTest::keyClick(&people(), Qt::Key_Return);
    }
    void click(const char* button) const { find<QAbstractButton>(window, button)->click(); }
    void write(const QString& text) const
    {
        auto* input = find<QPlainTextEdit>(window, "Your message");
        input->setPlainText(text);
        QTest::keyClick(input, Qt::Key_Return);
    }
    QString messages() const { return find<QPlainTextEdit>(window, "Messages")->toPlainText(); }
    bool reads(const char* text) const { return isReadable(window, QString::fromUtf8(text)); }

    std::shared_ptr<PatternScreen> screen;
    Conversation conversation;
    Presence presence;
    MainWindow window;
    Notifier notifier;
};

bool isViewerOpen()
{
    const QWidgetList widgets = QApplication::topLevelWidgets();
    return std::any_of(widgets.begin(), widgets.end(), [](const QWidget* widget) {
        return qobject_cast<const ViewerWindow*>(widget) && widget->isVisible();
    });
}

#define TRY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, kPatience)

} // namespace

class TestPeople : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seeEachOther();
    void talkAndShow();
    void decline();
    void takeBack();
    void doNotAnswer();
    void comeToARunningMeeting();
    void comeBackAfterTheServer();
    void areHiddenWhereTheServerSaysSo();
    void areToldWhenTheyLookElsewhere();
    void explainWhyNobodyCame_data();
    void explainWhyNobodyCame();
};

void TestPeople::seeEachOther()
{
    const LocalServer server;
    Someone ada("Ada", server);
    TRY(ada.reads("Nobody else is signed in."));
    {
        Someone grace("Grace", server);
        TRY(ada.listed() == QStringLiteral("Grace – available"));
        TRY(grace.listed() == QStringLiteral("Ada – available"));
        grace.presence.setDisplayName(QStringLiteral("Rear Admiral Grace"));
        TRY(ada.listed() == QStringLiteral("Rear Admiral Grace – available"));
        grace.click("Share my desktop");
        TRY(ada.listed() == QStringLiteral("Rear Admiral Grace – in a conversation"));
    }
    TRY(ada.listed().isEmpty());
}

void TestPeople::talkAndShow()
{
    const LocalServer server;
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    TRY(ada.people().count() == 1);
    ada.choose(0);
    QVERIFY(ada.reads("Waiting for Grace to answer your invitation…"));
    TRY(grace.reads("Ada invites you to a conversation."));
    grace.click("Accept");
    TRY(grace.conversation.roster().participants.size() == 2);
    TRY(!ada.reads("Waiting for Grace"));

    const QString markup = QStringLiteral("<b>hello</b> & good\nmorning");
    ada.write(markup);
    TRY(grace.messages().contains(markup));
    TRY(ada.messages().contains(markup));
    grace.write(QStringLiteral("yes?"));
    TRY(ada.messages().endsWith(QStringLiteral("yes?")));

    // Whom she has invited she need not let in once more.
    ada.click("Share my desktop");
    TRY(grace.reads("Ada shares the desktop with you."));
    QVERIFY(!ada.reads("wants to see your desktop"));
    QVERIFY(!isViewerOpen());
    grace.click("View");
    TRY(isViewerOpen());
    TRY(ada.reads("Grace sees your desktop."));
}

void TestPeople::decline()
{
    const LocalServer server;
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    TRY(ada.people().count() == 1);
    ada.choose(0);
    TRY(isShown(grace.window, "Accept"));
    grace.click("Decline");
    TRY(ada.reads("Grace has declined."));
    QVERIFY(!isShown(grace.window, "Accept"));
    QCOMPARE(grace.conversation.state(), Conversation::State::Idle);
}

void TestPeople::takeBack()
{
    const LocalServer server;
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    TRY(ada.people().count() == 1);
    ada.choose(0);
    ada.choose(0); // once is enough
    TRY(isShown(grace.window, "Accept"));
    ada.click("Take it back");
    QVERIFY(!ada.reads("Waiting for Grace"));
    TRY(!isShown(grace.window, "Accept"));
    QVERIFY(grace.reads("The invitation is over."));
    // And so it is when she who invited has left the meeting.
    ada.choose(0);
    TRY(isShown(grace.window, "Accept"));
    ada.click("Leave the meeting");
    TRY(!isShown(grace.window, "Accept"));
}

void TestPeople::doNotAnswer()
{
    const LocalServer server(true, invitationsFor(std::chrono::milliseconds(300)));
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    TRY(ada.people().count() == 1);
    ada.choose(0);
    TRY(ada.reads("Grace has not answered."));
    TRY(grace.reads("The invitation is over."));
    QVERIFY(!isShown(grace.window, "Accept"));
}

void TestPeople::comeToARunningMeeting()
{
    const LocalServer server;
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    ada.click("Share my desktop");
    TRY(isShown(ada.window, "Stop sharing"));
    ada.write(QStringLiteral("said before"));
    TRY(ada.messages().contains(QStringLiteral("said before")));
    TRY(ada.people().count() == 1);
    ada.choose(0);
    TRY(isShown(grace.window, "Accept"));
    grace.click("Accept");
    TRY(grace.reads("Ada shares the desktop with you.")); // without a question to Ada
    TRY(grace.messages().contains(QStringLiteral("said before")));
    QVERIFY(!ada.reads("wants to see your desktop"));
    QCOMPARE(grace.conversation.link()->meetingId, ada.conversation.link()->meetingId);
}

void TestPeople::comeBackAfterTheServer()
{
    LocalServer server;
    const MeetingLink address = server.address();
    Someone ada("Ada", server);
    TRY(ada.presence.state() == Presence::State::Shown);
    server.server->stop();
    TRY(ada.reads("The server cannot be reached. Trying again…"));
    ServerOptions options;
    options.address = QHostAddress::LocalHost;
    options.port = address.port;
    options.dataDirectory = server.directory.path();
    const auto again = ConferenceServer::start(options);
    QVERIFY(again);
    TRY(ada.presence.state() == Presence::State::Shown);
}

void TestPeople::areHiddenWhereTheServerSaysSo()
{
    const LocalServer server(false);
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    TRY(ada.reads("This server does not show who is signed in."));
    TRY(grace.presence.state() == Presence::State::Hidden);
    QCOMPARE(ada.people().count(), 0);
    ada.click("Share my desktop"); // all else works
    TRY(isShown(ada.window, "Stop sharing"));
}

void TestPeople::areToldWhenTheyLookElsewhere()
{
    const LocalServer server;
    Someone ada("Ada", server);
    Someone grace("Grace", server);
    QSignalSpy notified(&grace.notifier, &Notifier::notified);
    TRY(ada.people().count() == 1);
    ada.window.activateWindow();
    grace.window.hide();
    ada.choose(0);
    TRY(notified.size() == 1);
    QCOMPARE(notified[0][1].toString(), QStringLiteral("Ada invites you to a conversation."));
    QVERIFY(grace.window.isVisible()); // without a tray the window shows itself

    grace.window.activateWindow();
    TRY(grace.window.isActiveWindow());
    grace.click("Accept");
    TRY(grace.conversation.roster().participants.size() == 2);
    ada.write(QStringLiteral("one"));
    TRY(grace.messages().contains(QStringLiteral("one")));
    QCOMPARE(notified.size(), 1); // she looks
    ada.window.activateWindow();
    TRY(!grace.window.isActiveWindow());
    ada.write(QStringLiteral("two"));
    TRY(notified.size() == 2);
    QCOMPARE(notified[1][0].toString(), QStringLiteral("Ada"));
    QCOMPARE(notified[1][1].toString(), QStringLiteral("two"));
}

void TestPeople::explainWhyNobodyCame_data()
{
    QTest::addColumn<ErrorCode>("code");
    for (const ErrorCode code : {ErrorCode::Declined, ErrorCode::Timeout, ErrorCode::Gone, ErrorCode::Busy,
             ErrorCode::NotFound, ErrorCode::TooOften})
        QTest::newRow(stableCode(code)) << code;
}

void TestPeople::explainWhyNobodyCame()
{
    QFETCH(ErrorCode, code);
    static QSet<QString> seen;
    const QString text = invitationEndText(QStringLiteral("Grace"), code);
    QVERIFY(text.contains(QStringLiteral("Grace")));
    QVERIFY(!seen.contains(text));
    seen.insert(text);
}

QTEST_MAIN(TestPeople)
#include "tst_people.moc"
