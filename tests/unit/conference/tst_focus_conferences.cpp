#include "tests/unit/conference/focus_fixture.h"

#include <QTest>

#include <array>

using namespace sightline;

namespace {

const QString kPasscode = QStringLiteral("4711");

/// A fixture with one more limit or two.
ServerLimits conferenceLimits()
{
    ServerLimits limits = testLimits();
    limits.participants = 10;
    limits.meetingsPerConnection = 20;
    limits.documentsBurst = 1000;
    return limits;
}

} // namespace

/// What a conference is beyond a meeting: settings, lobby, roles, and what presenters do.
class TestFocusConferences : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(conferenceLimits()); }

    void passcodes_data();
    void passcodes();
    void guessingIsLimited();
    void organizerComesByKey();
    void lobbyAdmits();
    void lobbyDeclines();
    void lobbyTimesOut();
    void lobbyIsLeft();
    void locks();
    void everybodyMayPresent();
    void removes();
    void onlyPresenters_data();
    void onlyPresenters();
    void rolesChange();
    void presenterTakesOver();
    void presenterEndsSharing();
    void mutesControl();
    void organizerEnds();
    void expires();
    void endsWithoutPresenters();

private:
    QString create(const AddConference& request)
    {
        const auto answer = response<AddConferenceResponse>(m_f->request(kAda, request));
        m_key = answer ? answer->organizerKey : QString();
        return answer ? answer->meetingId : QString();
    }
    void signInAll()
    {
        for (const auto connection : {kAda, kBob, kCyd})
            m_f->signIn(connection);
    }
    QList<Document> join(Focus::ConnectionId who, const QString& meeting, const QString& passcode = {})
    {
        return m_f->request(who, AddUser{meeting, m_f->entities[who], passcode, {}});
    }
    /// Of the last roster document on this connection that has one.
    static MeetingState stateOf(const QList<Document>& documents)
    {
        MeetingState state;
        for (const Document& document : documents) {
            const auto* const info = std::get_if<ConferenceInfo>(&document);
            if (info && info->meeting)
                state = *info->meeting;
        }
        return state;
    }

    std::unique_ptr<FocusFixture> m_f;
    QString m_key;
};

void TestFocusConferences::passcodes_data()
{
    QTest::addColumn<QString>("passcode");
    QTest::addColumn<bool>("isIn");
    QTest::newRow("right") << kPasscode << true;
    QTest::newRow("none") << QString() << false;
    QTest::newRow("wrong") << QStringLiteral("4712") << false;
    QTest::newRow("beginning") << QStringLiteral("471") << false;
    QTest::newRow("more") << QStringLiteral("47111") << false;
}

void TestFocusConferences::passcodes()
{
    QFETCH(QString, passcode);
    QFETCH(bool, isIn);
    signInAll();
    const QString meeting = create({.subject = {}, .passcode = kPasscode});
    const auto documents = join(kBob, meeting, passcode);
    if (isIn)
        QVERIFY(response<AddUserResponse>(documents));
    else
        QCOMPARE(failure(documents), ErrorCode::WrongPasscode);
}

void TestFocusConferences::guessingIsLimited()
{
    signInAll();
    const QString meeting = create({.subject = {}, .passcode = kPasscode});
    for (int i = 0; i < 5; ++i)
        QCOMPARE(failure(join(kBob, meeting, QStringLiteral("x"))), ErrorCode::WrongPasscode);
    // Not even the right one, from no connection of this address; and the organizer is not concerned.
    QCOMPARE(failure(join(kCyd, meeting, kPasscode)), ErrorCode::TooOften);
    QVERIFY(response<AddUserResponse>(join(kAda, meeting)));
    m_f->now += std::chrono::seconds(11);
    QVERIFY(response<AddUserResponse>(join(kCyd, meeting, kPasscode)));
    // Many addresses guess as slowly as one meeting allows.
    int wrong = 0;
    for (Focus::ConnectionId id = 10; id < 60; ++id) {
        m_f->focus.opened(id, m_f->now, QStringLiteral("192.0.2.%1").arg(id));
        m_f->signIn(id);
        wrong += failure(join(id, meeting, QStringLiteral("y"))) == ErrorCode::WrongPasscode;
    }
    QVERIFY2(wrong >= 15 && wrong <= 21, qPrintable(QString::number(wrong)));
}

void TestFocusConferences::organizerComesByKey()
{
    signInAll();
    AddConference request{.subject = {}, .passcode = kPasscode};
    request.settings.hasLobby = true;
    const QString meeting = create(request);
    QVERIFY(m_key.size() >= 22);
    const QString bob = m_f->entities[kBob];
    QCOMPARE(failure(m_f->request(kBob, AddUser{meeting, bob, {}, QStringLiteral("no key")})),
        ErrorCode::WrongPasscode);
    const auto answer = response<AddUserResponse>(m_f->request(kBob, AddUser{meeting, bob, {}, m_key}));
    QVERIFY(answer && answer->role == Participant::Role::Presenter);
}

void TestFocusConferences::lobbyAdmits()
{
    signInAll();
    AddConference request;
    request.settings.hasLobby = true;
    const QString meeting = create(request);
    join(kAda, meeting);
    const auto waiting = join(kBob, meeting);
    QVERIFY(response<AddUserPending>(waiting));
    QCOMPARE(failure(join(kBob, meeting)), ErrorCode::NotAllowed); // waits already
    const MeetingState state = stateOf(m_f->wires.take(kAda));
    QVERIFY(state.settings.hasLobby);
    QCOMPARE(state.lobby.size(), 1);
    QCOMPARE(state.lobby.first().entity, m_f->entities[kBob]);
    m_f->wires.take(kBob);
    QVERIFY(response<AdmitUserResponse>(m_f->request(kAda, AdmitUser{meeting, m_f->entities[kBob], true})));
    const auto admitted = m_f->wires.take(kBob);
    const auto first = only<Response>(waiting);
    const auto second = only<Response>(admitted);
    QVERIFY(first && second && first->id == second->id);
    QVERIFY(std::holds_alternative<AddUserResponse>(second->body));
    const auto roster = only<ConferenceInfo>(admitted);
    QVERIFY(roster && roster->state == ConferenceInfo::State::Full && roster->users.size() == 2);
    QVERIFY(roster->meeting && roster->meeting->lobby.isEmpty());
    QCOMPARE(failure(m_f->request(kAda, AdmitUser{meeting, m_f->entities[kBob], true})), ErrorCode::NotFound);
}

void TestFocusConferences::lobbyDeclines()
{
    signInAll();
    AddConference request;
    request.settings.hasLobby = true;
    const QString meeting = create(request);
    join(kAda, meeting);
    join(kBob, meeting);
    m_f->wires.take(kBob);
    m_f->request(kAda, AdmitUser{meeting, m_f->entities[kBob], false});
    QCOMPARE(failure(m_f->wires.take(kBob)), ErrorCode::Declined);
    QVERIFY(response<AddUserPending>(join(kBob, meeting))); // may knock again
}

void TestFocusConferences::lobbyTimesOut()
{
    signInAll();
    AddConference request;
    request.settings.hasLobby = true;
    const QString meeting = create(request);
    join(kAda, meeting);
    join(kBob, meeting);
    m_f->wires.take(kBob);
    m_f->now += std::chrono::minutes(5) - std::chrono::seconds(1);
    m_f->focus.removeExpired(m_f->now);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->now += std::chrono::seconds(2);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(failure(m_f->wires.take(kBob)), ErrorCode::Timeout);
    QVERIFY(stateOf(m_f->wires.take(kAda)).lobby.isEmpty());
}

void TestFocusConferences::lobbyIsLeft()
{
    signInAll();
    AddConference request;
    request.settings.hasLobby = true;
    const QString meeting = create(request);
    join(kAda, meeting);
    join(kBob, meeting);
    join(kCyd, meeting);
    QCOMPARE(stateOf(m_f->wires.take(kAda)).lobby.size(), 2);
    m_f->request(kBob, DeleteUser{meeting, m_f->entities[kBob]});
    QCOMPARE(stateOf(m_f->wires.take(kAda)).lobby.size(), 1);
    m_f->focus.closed(kCyd, m_f->now);
    QVERIFY(stateOf(m_f->wires.take(kAda)).lobby.isEmpty());
}

void TestFocusConferences::locks()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    m_f->signIn(kCyd);
    QVERIFY(response<ModifyConferenceResponse>(m_f->request(kAda, ModifyConference{meeting, true})));
    QVERIFY(stateOf(m_f->wires.take(kBob)).isLocked);
    QCOMPARE(failure(join(kCyd, meeting)), ErrorCode::Locked);
    m_f->request(kAda, ModifyConference{meeting, false});
    QVERIFY(response<AddUserResponse>(join(kCyd, meeting)));
    m_f->request(kAda, ModifyConference{meeting, {}, {}, {}, kPasscode});
    QVERIFY(stateOf(m_f->wires.take(kBob)).settings.hasPasscode);
    m_f->request(kCyd, DeleteUser{meeting, m_f->entities[kCyd]});
    QCOMPARE(failure(join(kCyd, meeting)), ErrorCode::WrongPasscode);
}

void TestFocusConferences::everybodyMayPresent()
{
    signInAll();
    AddConference request;
    request.settings.presenters = MeetingSettings::Presenters::Everyone;
    const QString meeting = create(request);
    const auto answer = response<AddUserResponse>(join(kBob, meeting));
    QVERIFY(answer && answer->role == Participant::Role::Presenter);
}

void TestFocusConferences::removes()
{
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    QVERIFY(response<DeleteUserResponse>(m_f->request(kAda, DeleteUser{meeting, m_f->entities[kBob]})));
    const auto over = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(over && over->state == ConferenceInfo::State::Deleted && over->reason == ErrorCode::Removed);
    const auto update = only<ConferenceInfo>(m_f->wires.take(kCyd));
    QVERIFY(update && update->removed == QStringList{m_f->entities[kBob]});
    // Knocking again does not get it in by itself.
    QVERIFY(response<AddUserPending>(join(kBob, meeting)));
    m_f->wires.take(kBob);
    m_f->request(kAda, AdmitUser{meeting, m_f->entities[kBob], true});
    QVERIFY(response<AddUserResponse>(m_f->wires.take(kBob)));
}

void TestFocusConferences::onlyPresenters_data()
{
    QTest::addColumn<int>("action");
    for (int i = 0; i < 8; ++i)
        QTest::addRow("action %d", i) << i;
}

void TestFocusConferences::onlyPresenters()
{
    QFETCH(int, action);
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    const QString cyd = m_f->entities[kCyd];
    const std::array<Request::Body, 8> actions{AdmitUser{meeting, cyd, true}, DeleteUser{meeting, cyd},
        ModifyUserRoles{meeting, cyd, Participant::Role::Presenter}, ModifyConference{meeting, true},
        AllowControl{meeting, cyd, false}, EndSharing{meeting}, DeleteConference{meeting},
        AllowView{meeting, cyd, true}};
    const Request::Body body = actions[static_cast<std::size_t>(action)];
    QCOMPARE(failure(m_f->request(kBob, body)), ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
    // Nor may somebody who is not in it at all.
    m_f->focus.opened(9, m_f->now);
    m_f->signIn(9);
    QCOMPARE(failure(m_f->request(9, body)), ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
}

void TestFocusConferences::rolesChange()
{
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    const QString bob = m_f->entities[kBob];
    m_f->request(kAda, ModifyUserRoles{meeting, bob, Participant::Role::Presenter});
    const auto update = only<ConferenceInfo>(m_f->wires.take(kCyd));
    QVERIFY(update && update->users.first().role == Participant::Role::Presenter);
    QVERIFY(response<ModifyConferenceResponse>(m_f->request(kBob, ModifyConference{meeting, true})));
    // A presenter is not above the organizer.
    QCOMPARE(failure(m_f->request(
                 kBob, ModifyUserRoles{meeting, m_f->entities[kAda], Participant::Role::Attendee})),
        ErrorCode::NotAllowed);
    QCOMPARE(failure(m_f->request(kBob, DeleteUser{meeting, m_f->entities[kAda]})), ErrorCode::NotAllowed);
    QCOMPARE(failure(m_f->request(kBob, DeleteConference{meeting})), ErrorCode::NotAllowed);
    QCOMPARE(
        failure(m_f->request(kAda, ModifyUserRoles{meeting, QStringLiteral("x"), {}})), ErrorCode::NotFound);
}

void TestFocusConferences::presenterTakesOver()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    const QString ada = m_f->entities[kAda];
    const QString bob = m_f->entities[kBob];
    m_f->request(kBob, ModifyEndpointMedia{meeting, bob, Participant::Sharing::Sharer});
    m_f->notify(kBob, ada, CallOffer{"v=0\n"});
    m_f->wires.take(kBob);
    m_f->wires.take(kAda);
    QVERIFY(response<ModifyEndpointMediaResponse>(
        m_f->request(kAda, ModifyEndpointMedia{meeting, ada, Participant::Sharing::Sharer})));
    const auto told = m_f->wires.take(kBob);
    const auto update = only<ConferenceInfo>(told);
    QVERIFY(update && update->users.size() == 2);
    for (const Participant& each : update->users)
        QVERIFY(
            each.sharing == (each.entity == ada ? Participant::Sharing::Sharer : Participant::Sharing::None));
    const auto bye = only<CallDocument>(told);
    QVERIFY(bye && std::get<CallBye>(bye->body).code == ErrorCode::Replaced && bye->from == ada);
    // An attendee waits for its turn.
    QCOMPARE(failure(m_f->request(kBob, ModifyEndpointMedia{meeting, bob, Participant::Sharing::Sharer})),
        ErrorCode::Busy);
}

void TestFocusConferences::presenterEndsSharing()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    QCOMPARE(failure(m_f->request(kAda, EndSharing{meeting})), ErrorCode::NotFound);
    m_f->request(kBob, ModifyEndpointMedia{meeting, m_f->entities[kBob], Participant::Sharing::Sharer});
    m_f->notify(kBob, m_f->entities[kAda], CallOffer{"v=0\n"});
    m_f->wires.take(kBob);
    QVERIFY(response<EndSharingResponse>(m_f->request(kAda, EndSharing{meeting})));
    const auto told = m_f->wires.take(kBob);
    const auto bye = only<CallDocument>(told);
    QVERIFY(bye && std::get<CallBye>(bye->body).code == ErrorCode::EndedByPresenter);
    QVERIFY(only<ConferenceInfo>(told)->users.first().sharing == Participant::Sharing::None);
}

void TestFocusConferences::mutesControl()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    m_f->request(kAda, AllowControl{meeting, m_f->entities[kBob], false});
    auto update = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(update && !update->users.first().mayControl);
    m_f->request(kAda, AllowControl{meeting, m_f->entities[kBob], false});
    QVERIFY(m_f->wires.take(kBob).isEmpty()); // nothing new
}

void TestFocusConferences::organizerEnds()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    QVERIFY(response<DeleteConferenceResponse>(m_f->request(kAda, DeleteConference{meeting})));
    const auto over = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(over && over->state == ConferenceInfo::State::Deleted && over->reason == ErrorCode::Gone);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QCOMPARE(failure(join(kBob, meeting)), ErrorCode::NotFound);
    QVERIFY(!m_f->createMeeting(kBob).isEmpty()); // it is free again
}

void TestFocusConferences::expires()
{
    signInAll();
    const QString meeting = create({.subject = {}, .expiresIn = 60});
    join(kAda, meeting);
    m_f->now += std::chrono::seconds(59);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(1));
    m_f->now += std::chrono::seconds(1);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QVERIFY(only<ConferenceInfo>(m_f->wires.take(kAda)));
}

void TestFocusConferences::endsWithoutPresenters()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    m_f->request(kAda, DeleteUser{meeting, m_f->entities[kAda]});
    m_f->wires.take(kBob);
    m_f->now += std::chrono::minutes(9);
    m_f->focus.removeExpired(m_f->now);
    join(kAda, meeting); // in time
    m_f->now += std::chrono::minutes(9);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(1));
    m_f->request(kAda, DeleteUser{meeting, m_f->entities[kAda]});
    m_f->wires.take(kBob);
    m_f->now += std::chrono::minutes(10);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QVERIFY(only<ConferenceInfo>(m_f->wires.take(kBob)));
}

QTEST_GUILESS_MAIN(TestFocusConferences)
#include "tst_focus_conferences.moc"
