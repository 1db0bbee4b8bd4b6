#include "tests/unit/conference/focus_fixture.h"

#include <QTest>

using namespace sightline;

namespace {

constexpr Focus::SharingId kFirst = 5;
constexpr Focus::SharingId kSecond = 6;

} // namespace

/// When the picture goes through a sharing server, and what is passed on between it and the participants.
class TestFocusSharing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        ServerLimits limits = testLimits();
        limits.participants = 10;
        limits.documentsBurst = 1000;
        m_f = std::make_unique<FocusFixture>(limits);
        m_f->wires.sharing = kFirst;
    }

    void twoStayDirect();
    void thirdMovesToServer();
    void sharingAmongThreeStartsOnServer();
    void indirectParticipantNeedsServer();
    void askedForByAParticipant();
    void withoutServersNothingChanges();
    void tellsRights();
    void tellsChangeOfSharer();
    void callsPass();
    void forgedCallsDoNot();
    void controllerIsNamed();
    void movesWhenServerDies();
    void waitsForAServer();
    void numbersAreNeverReused();
    void rdpClientComesAndGoes();
    void rdpClientIsRefused_data();
    void rdpClientIsRefused();
    void rdpClientWaitsInLobby();

private:
    void share(Focus::ConnectionId who, const QString& meeting)
    {
        QVERIFY(response<ModifyEndpointMediaResponse>(m_f->request(
            who, ModifyEndpointMedia{meeting, m_f->entities[who], Participant::Sharing::Sharer})));
    }
    /// A meeting of three in which Ada shares through the first server.
    QString escalated()
    {
        const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
        share(kAda, meeting);
        for (const auto who : {kAda, kBob, kCyd}) {
            for (const Document& document : m_f->wires.take(who)) {
                const auto* const info = std::get_if<ConferenceInfo>(&document);
                if (info && info->meeting)
                    m_server = info->meeting->sharingServer;
            }
        }
        m_f->wires.toSharing.clear();
        return meeting;
    }
    void notify(const SharingNotification::Body& body, Focus::SharingId server = kFirst)
    {
        m_f->focus.sharingNotified(server, body, m_f->now);
    }

    std::unique_ptr<FocusFixture> m_f;
    QString m_server;
};

void TestFocusSharing::twoStayDirect()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    share(kAda, meeting);
    QVERIFY(m_f->wires.toSharing.isEmpty());
}

void TestFocusSharing::thirdMovesToServer()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    share(kAda, meeting);
    m_f->signIn(kCyd);
    m_f->wires.take(kBob);
    const auto joined = only<ConferenceInfo>(m_f->join(kCyd, meeting));
    QVERIFY(
        joined && joined->meeting && joined->meeting->sharingServer.startsWith(u"urn:sightline:sharing:"));
    const auto told = m_f->wires.toSharing;
    QVERIFY(
        std::get<SharingAddConference>(told.first().second).sharingEntity == joined->meeting->sharingServer);
    QCOMPARE(told.first().first, kFirst);
    const auto sharers = m_f->wires.takeSharing<SharingSetSharer>();
    QVERIFY(!sharers.isEmpty() && sharers.last().entity == m_f->entities[kAda]);
    // It never goes back.
    m_f->request(kCyd, DeleteUser{meeting, m_f->entities[kCyd]});
    const auto roster = only<ConferenceInfo>(m_f->request(kBob, GetConference{meeting}));
    QCOMPARE(roster->meeting->sharingServer, joined->meeting->sharingServer);
}

void TestFocusSharing::sharingAmongThreeStartsOnServer()
{
    escalated();
    QVERIFY(!m_server.isEmpty());
}

void TestFocusSharing::indirectParticipantNeedsServer()
{
    m_f->signIn(kAda);
    SignIn browser = FocusFixture::signInDocument(QStringLiteral("Browser"));
    browser.capabilities.clear();
    m_f->entities[kBob] = response<SignInResponse>(m_f->request(kBob, browser))->entity;
    const QString meeting = m_f->createMeeting(kAda);
    m_f->join(kAda, meeting);
    m_f->join(kBob, meeting);
    QVERIFY(m_f->wires.toSharing.isEmpty()); // nobody shares yet
    share(kAda, meeting);
    QCOMPARE(m_f->wires.takeSharing<SharingAddConference>().size(), 1);
}

void TestFocusSharing::askedForByAParticipant()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    share(kAda, meeting);
    QVERIFY(response<UseServerResponse>(m_f->request(kBob, UseServer{meeting})));
    QCOMPARE(m_f->wires.takeSharing<SharingAddConference>().size(), 1);
    QVERIFY(response<UseServerResponse>(m_f->request(kAda, UseServer{meeting}))); // already so
    QVERIFY(m_f->wires.toSharing.isEmpty());
    m_f->signIn(kCyd);
    QCOMPARE(failure(m_f->request(kCyd, UseServer{meeting})), ErrorCode::NotAllowed);
}

void TestFocusSharing::withoutServersNothingChanges()
{
    m_f->wires.sharing.reset();
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    share(kAda, meeting);
    QCOMPARE(failure(m_f->request(kBob, UseServer{meeting})), ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.toSharing.isEmpty());
    m_f->wires.sharing = kFirst;
    m_f->focus.sharingFound(m_f->now);
    QCOMPARE(m_f->wires.takeSharing<SharingAddConference>().size(), 1);
}

void TestFocusSharing::tellsRights()
{
    const QString meeting = escalated();
    const QString bob = m_f->entities[kBob];
    m_f->request(kAda, AllowView{meeting, bob, true});
    auto users = m_f->wires.takeSharing<SharingPutUser>();
    QCOMPARE(users.size(), 1);
    QVERIFY(users.first().user.mayView && users.first().user.mayControl && !users.first().user.mayShare);
    QCOMPARE(users.first().user.number, 2u);
    m_f->request(kAda, AllowControl{meeting, bob, false});
    users = m_f->wires.takeSharing<SharingPutUser>();
    QVERIFY(users.size() == 1 && !users.first().user.mayControl && users.first().user.mayView);
    m_f->request(kAda, ModifyConference{meeting, {}, {}, MeetingSettings::Viewers::All});
    users = m_f->wires.takeSharing<SharingPutUser>();
    QCOMPARE(users.size(), 3);
    for (const SharingPutUser& each : users)
        QVERIFY(each.user.mayView);
    m_f->focus.closed(kBob, m_f->now);
    const auto gone = m_f->wires.takeSharing<SharingDeleteUser>();
    QVERIFY(gone.size() == 1 && gone.first().entity == bob);
}

void TestFocusSharing::tellsChangeOfSharer()
{
    const QString meeting = escalated();
    const QString bob = m_f->entities[kBob];
    m_f->request(kAda, AllowView{meeting, m_f->entities[kCyd], true});
    m_f->request(kAda, ModifyUserRoles{meeting, bob, Participant::Role::Presenter});
    m_f->wires.toSharing.clear();
    share(kBob, meeting);
    const auto told = m_f->wires.toSharing;
    const auto sharers = m_f->wires.takeSharing<SharingSetSharer>();
    QVERIFY(sharers.size() == 1 && sharers.first().entity == bob);
    for (const auto& [server, body] : told) {
        if (const auto* put = std::get_if<SharingPutUser>(&body)) {
            QCOMPARE(put->user.mayShare, put->user.entity == bob);
            QVERIFY(!put->user.mayView); // the former sharer's leave is not the new one's
        }
    }
    m_f->request(kBob, ModifyEndpointMedia{meeting, bob, Participant::Sharing::None});
    QVERIFY(m_f->wires.takeSharing<SharingSetSharer>().first().entity.isEmpty());
}

void TestFocusSharing::callsPass()
{
    const QString meeting = escalated();
    m_f->notify(kAda, m_server, CallOffer{"v=0\n"});
    const auto calls = m_f->wires.takeSharing<SharingCall>();
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.first().call.from, m_f->entities[kAda]);
    QCOMPARE(calls.first().meetingId, meeting);
    notify(SharingCall{meeting, {m_server, m_f->entities[kAda], QStringLiteral("c1"), CallAnswer{"v=0\n"}}});
    const auto answer = only<CallDocument>(m_f->wires.take(kAda));
    QVERIFY(answer && answer->from == m_server && std::holds_alternative<CallAnswer>(answer->body));
}

void TestFocusSharing::forgedCallsDoNot()
{
    const QString meeting = escalated();
    const CallBye bye{ErrorCode::Gone, {}};
    // In another's name, from a server that does not have the meeting, to somebody outside.
    notify(SharingCall{meeting, {m_f->entities[kAda], m_f->entities[kBob], QStringLiteral("c"), bye}});
    notify(SharingCall{meeting, {m_server, m_f->entities[kBob], QStringLiteral("c"), bye}}, kSecond);
    m_f->focus.opened(9, m_f->now);
    const QString dan = m_f->signIn(9);
    notify(SharingCall{meeting, {m_server, dan, QStringLiteral("c"), bye}});
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    QVERIFY(m_f->wires.take(9).isEmpty());
    // And nobody outside reaches the sharing server.
    m_f->notify(9, m_server, CallOffer{"v=0\n"});
    QVERIFY(m_f->wires.takeSharing<SharingCall>().isEmpty());
    const auto refused = only<CallDocument>(m_f->wires.take(9));
    QVERIFY(refused && std::get<CallBye>(refused->body).code == ErrorCode::Gone);
}

void TestFocusSharing::controllerIsNamed()
{
    const QString meeting = escalated();
    notify(SharingController{meeting, m_f->entities[kBob]});
    auto update = only<ConferenceInfo>(m_f->wires.take(kCyd));
    QVERIFY(update && update->meeting && update->meeting->controller == m_f->entities[kBob]);
    notify(SharingController{meeting, QStringLiteral("nobody")});
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
    m_f->request(kBob, DeleteUser{meeting, m_f->entities[kBob]});
    update = only<ConferenceInfo>(m_f->wires.take(kCyd));
    QVERIFY(update && update->meeting && update->meeting->controller.isEmpty());
}

void TestFocusSharing::movesWhenServerDies()
{
    const QString meeting = escalated();
    m_f->request(kAda, AllowView{meeting, m_f->entities[kBob], true});
    m_f->wires.toSharing.clear();
    m_f->wires.sharing = kSecond;
    m_f->focus.sharingLost(kFirst, m_f->now);
    const auto update = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(update && update->meeting && update->meeting->sharingServer != m_server);
    int viewers = 0;
    for (const auto& [server, body] : m_f->wires.toSharing) {
        if (std::holds_alternative<SharingDeleteConference>(body))
            continue;
        QCOMPARE(server, kSecond);
        const auto* const put = std::get_if<SharingPutUser>(&body);
        viewers += put && put->user.mayView;
    }
    QCOMPARE(viewers, 1); // nobody is asked again
    // The dead one has no say any more.
    notify(SharingController{meeting, m_f->entities[kBob]}, kFirst);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
}

void TestFocusSharing::waitsForAServer()
{
    const QString meeting = escalated();
    m_f->wires.sharing.reset();
    m_f->focus.sharingLost(kFirst, m_f->now);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->wires.sharing = kSecond;
    m_f->focus.sharingFound(m_f->now);
    const auto update = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(update && update->meeting && update->meeting->sharingServer != m_server);
}

void TestFocusSharing::numbersAreNeverReused()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    m_f->request(kBob, DeleteUser{meeting, m_f->entities[kBob]});
    const auto roster = only<ConferenceInfo>(m_f->join(kBob, meeting));
    QVERIFY(roster);
    QCOMPARE(roster->users.first().number, 1u);
    QCOMPARE(roster->users.last().number, 3u);
}

void TestFocusSharing::rdpClientComesAndGoes()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    share(kAda, meeting);
    m_f->wires.take(kBob);
    notify(SharingRdpJoin{QStringLiteral("r1"), meeting, {}, QStringLiteral("Remmina")});
    const auto told = m_f->wires.toSharing;
    const auto answers = m_f->wires.takeSharing<SharingAnswerRdpJoin>();
    QVERIFY(answers.size() == 1 && answers.first().user && answers.first().joinId == QStringLiteral("r1"));
    const QString entity = answers.first().user->entity;
    QCOMPARE(answers.first().user->number, 3u);
    QVERIFY(std::any_of(told.begin(), told.end(), [&](const auto& each) {
        const auto* const put = std::get_if<SharingPutUser>(&each.second);
        return put && put->user.entity == entity;
    }));
    notify(SharingMedia{meeting, entity, Participant::Sharing::Viewer});
    auto roster = only<ConferenceInfo>(m_f->request(kBob, GetConference{meeting}));
    QVERIFY(roster && roster->users.size() == 3);
    QVERIFY(roster->users.last().sharing == Participant::Sharing::Viewer);
    // Others write while it is there, and it can be removed.
    m_f->request(kBob, SendMessage{meeting, QStringLiteral("hello")});
    notify(SharingRdpGone{meeting, entity});
    const auto update = only<ConferenceInfo>(m_f->wires.take(kAda));
    QVERIFY(m_f->wires.takeSharing<SharingDeleteUser>().size() == 1);
    roster = only<ConferenceInfo>(m_f->request(kBob, GetConference{meeting}));
    QCOMPARE(roster->users.size(), 2);
}

void TestFocusSharing::rdpClientIsRefused_data()
{
    QTest::addColumn<QString>("passcode");
    QTest::addColumn<bool>("isLocked");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("wrong passcode") << QStringLiteral("1") << false << true << ErrorCode::WrongPasscode;
    QTest::newRow("no passcode") << QString() << false << true << ErrorCode::WrongPasscode;
    QTest::newRow("locked") << QStringLiteral("4711") << true << true << ErrorCode::Locked;
    QTest::newRow("no meeting") << QStringLiteral("4711") << false << false << ErrorCode::NotFound;
}

void TestFocusSharing::rdpClientIsRefused()
{
    QFETCH(QString, passcode);
    QFETCH(bool, isLocked);
    QFETCH(bool, isKnown);
    QFETCH(ErrorCode, code);
    const QString meeting = m_f->meetingOf({kAda});
    m_f->request(kAda, ModifyConference{meeting, isLocked, {}, {}, QStringLiteral("4711")});
    notify(SharingRdpJoin{QStringLiteral("r1"),
        isKnown ? meeting : QStringLiteral("bWVldGluZy1vZi1leGFtcGxl"), passcode, QStringLiteral("R")});
    const auto answers = m_f->wires.takeSharing<SharingAnswerRdpJoin>();
    QVERIFY(answers.size() == 1 && !answers.first().user);
    QCOMPARE(answers.first().code, code);
    QVERIFY(m_f->wires.takeSharing<SharingPutUser>().isEmpty());
}

void TestFocusSharing::rdpClientWaitsInLobby()
{
    const QString meeting = m_f->meetingOf({kAda});
    m_f->request(kAda, ModifyConference{meeting, {}, true});
    const auto knock = [&](const char* id) {
        m_f->wires.take(kAda);
        m_f->wires.toSharing.clear();
        notify(SharingRdpJoin{QString::fromLatin1(id), meeting, {}, QStringLiteral("R")});
        QString guest;
        for (const Document& document : m_f->wires.take(kAda)) {
            const auto* const info = std::get_if<ConferenceInfo>(&document);
            if (info && info->meeting && !info->meeting->lobby.isEmpty())
                guest = info->meeting->lobby.last().entity;
        }
        return guest;
    };
    const QString first = knock("r1");
    QVERIFY(!first.isEmpty());
    m_f->request(kAda, AdmitUser{meeting, first, false});
    auto answers = m_f->wires.takeSharing<SharingAnswerRdpJoin>();
    QVERIFY(answers.size() == 1 && !answers.first().user && answers.first().code == ErrorCode::Declined);
    const QString second = knock("r2");
    m_f->request(kAda, AdmitUser{meeting, second, true});
    answers = m_f->wires.takeSharing<SharingAnswerRdpJoin>();
    QVERIFY(answers.size() == 1 && answers.first().user && answers.first().joinId == QStringLiteral("r2"));
    QVERIFY(!knock("r3").isEmpty());
    notify(SharingRdpGone{meeting, {}, QStringLiteral("r3")}); // hung up while it waited
    const auto roster = only<ConferenceInfo>(m_f->request(kAda, GetConference{meeting}));
    QVERIFY(roster && roster->meeting->lobby.isEmpty() && roster->users.size() == 2);
}

QTEST_GUILESS_MAIN(TestFocusSharing)
#include "tst_focus_sharing.moc"
