#include "tests/unit/conference/focus_fixture.h"

#include "core/signaling/roster_tracker.h"

using namespace sightline;
using namespace std::chrono_literals;

class TestFocus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(); }

    void signsIn();
    void tellsWhoIsTooOld_data();
    void tellsWhoIsTooOld();
    void createsMeetings();
    void limitsMeetings();
    void joins();
    void refusesJoins();
    void leaves();
    void closedConnectionLeaves();
    void rosterOnRequest();
    void tracksThroughManyChanges();
    void mediaState();
    void oneSharer();
    void rights();
    void forgetsEmptyMeetings();

private:
    std::unique_ptr<FocusFixture> m_f;
};

void TestFocus::signsIn()
{
    const QString ada = m_f->signIn(kAda);
    QVERIFY(ada.startsWith(QStringLiteral("urn:sightline:user:")));
    QCOMPARE(m_f->wires.signedInConnections, QList<Focus::ConnectionId>{kAda});
    QVERIFY(m_f->signIn(kBob) != ada);
    QCOMPARE(failure(m_f->request(kAda, FocusFixture::signInDocument(QStringLiteral("Again")))),
        ErrorCode::NotAllowed);
}

void TestFocus::tellsWhoIsTooOld_data()
{
    QTest::addColumn<quint32>("protocol");
    QTest::addColumn<int>("update");
    QTest::newRow("older client") << kProtocolVersion - 1 << int(Failure::Update::Client);
    QTest::newRow("newer client") << kProtocolVersion + 1 << int(Failure::Update::Server);
}

void TestFocus::tellsWhoIsTooOld()
{
    QFETCH(quint32, protocol);
    QFETCH(int, update);
    SignIn document = FocusFixture::signInDocument(QStringLiteral("Ada"));
    document.protocol = protocol;
    const auto answer = response<Failure>(m_f->request(kAda, document));
    QVERIFY(answer);
    QCOMPARE(answer->code, ErrorCode::VersionMismatch);
    QCOMPARE(int(answer->update), update);
    QCOMPARE(answer->protocol, kProtocolVersion);
    QCOMPARE(m_f->wires.closed.at(kAda), Focus::CloseReason::Done);
    QVERIFY(m_f->request(kAda, FocusFixture::signInDocument(QStringLiteral("Ada"))).isEmpty());
}

void TestFocus::createsMeetings()
{
    m_f->signIn(kAda);
    const auto first
        = response<AddConferenceResponse>(m_f->request(kAda, AddConference{.subject = QStringLiteral("S")}));
    const auto second = response<AddConferenceResponse>(m_f->request(kAda, AddConference{}));
    QVERIFY(first && second);
    QVERIFY(first->meetingId.size() >= limits::kMeetingIdMin);
    QVERIFY(first->meetingId != second->meetingId);
    QCOMPARE(first->subject, QStringLiteral("S"));
    QVERIFY(first->link);
    QCOMPARE(first->link->host, QStringLiteral("h.example"));
    QCOMPARE(first->link->port, quint16(7443));
    QCOMPARE(first->link->meetingId, first->meetingId);
    QCOMPARE(first->link->certificateFingerprint, QByteArray(32, '\x5a'));
}

void TestFocus::limitsMeetings()
{
    const QString ada = m_f->meetingOf({kAda});
    QVERIFY(!m_f->createMeeting(kAda).isEmpty());
    QCOMPARE(failure(m_f->request(kAda, AddConference{})), ErrorCode::TooLarge); // two by one connection

    m_f->signIn(kBob);
    m_f->signIn(kCyd);
    const QString third = m_f->createMeeting(kBob);
    m_f->join(kBob, third);
    m_f->now += 1s;
    const QString fourth = m_f->createMeeting(kCyd); // a fourth of three: Ada's empty one goes
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(3));
    m_f->join(kCyd, fourth);
    QCOMPARE(failure(m_f->request(kCyd, AddConference{})), ErrorCode::TooLarge); // people are in all of them
    QVERIFY(only<ConferenceInfo>(m_f->request(kAda, GetConference{.meetingId = ada})));
}

void TestFocus::joins()
{
    const QString ada = m_f->signIn(kAda);
    const QString bob = m_f->signIn(kBob);
    const QString meeting = m_f->createMeeting(kAda);

    const auto first = m_f->join(kAda, meeting);
    QCOMPARE(first.size(), 2);
    QCOMPARE(std::get<AddUserResponse>(std::get<Response>(first[0]).body).role, Participant::Role::Presenter);
    const auto alone = std::get<ConferenceInfo>(first[1]);
    QCOMPARE(alone.state, ConferenceInfo::State::Full);
    QCOMPARE(alone.users.size(), 1);
    QCOMPARE(*alone.subject, QStringLiteral("Review"));

    const auto second = m_f->join(kBob, meeting);
    QCOMPARE(std::get<AddUserResponse>(std::get<Response>(second[0]).body).role, Participant::Role::Attendee);
    const auto full = std::get<ConferenceInfo>(second[1]);
    QCOMPARE(full.users.size(), 2);
    QCOMPARE(full.users[1].displayName, QStringLiteral("Person 2"));
    QCOMPARE(full.users[1].capabilities, QList<QByteArray>({"rdp-graphics", "direct"}));

    const auto partial = only<ConferenceInfo>(m_f->wires.take(kAda));
    QVERIFY(partial);
    QCOMPARE(partial->state, ConferenceInfo::State::Partial);
    QCOMPARE(partial->version, full.version);
    QCOMPARE(partial->version, alone.version + 1);
    QCOMPARE(partial->users, QList<Participant>{full.users[1]});
}

void TestFocus::refusesJoins()
{
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    QCOMPARE(failure(m_f->join(kAda, meeting)), ErrorCode::NotAllowed); // is in it
    constexpr Focus::ConnectionId kDan = 4;
    m_f->focus.opened(kDan, m_f->now);
    m_f->signIn(kDan);
    QCOMPARE(failure(m_f->join(kDan, meeting)), ErrorCode::TooLarge);
    QCOMPARE(failure(m_f->join(kDan, QStringLiteral("bWVldGluZy1vZi1leGFtcGxl"))), ErrorCode::NotFound);
    QCOMPARE(failure(m_f->request(kDan, AddUser{.meetingId = meeting, .user = m_f->entities[kAda]})),
        ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kAda).isEmpty()); // nobody else hears of it
}

void TestFocus::leaves()
{
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    const auto answer = m_f->request(kBob, DeleteUser{.meetingId = meeting, .user = m_f->entities[kBob]});
    QVERIFY(response<DeleteUserResponse>(answer));
    QCOMPARE(answer.size(), 1); // no roster for who left
    const auto partial = only<ConferenceInfo>(m_f->wires.take(kAda));
    QVERIFY(partial);
    QCOMPARE(partial->removed, QStringList{m_f->entities[kBob]});
    QVERIFY(partial->users.isEmpty());
    QVERIFY(only<ConferenceInfo>(m_f->wires.take(kCyd)));

    QCOMPARE(failure(m_f->request(kBob, DeleteUser{.meetingId = meeting, .user = m_f->entities[kBob]})),
        ErrorCode::NotAllowed);
    QVERIFY(only<ConferenceInfo>(m_f->join(kBob, meeting))); // and comes back
}

void TestFocus::closedConnectionLeaves()
{
    m_f->meetingOf({kAda, kBob});
    m_f->focus.closed(kBob, m_f->now);
    const auto partial = only<ConferenceInfo>(m_f->wires.take(kAda));
    QVERIFY(partial);
    QCOMPARE(partial->removed, QStringList{m_f->entities[kBob]});
    m_f->notify(kAda, m_f->entities[kBob], CallOffer{.sdp = "v=0"});
    const auto bye = only<CallDocument>(m_f->wires.take(kAda));
    QVERIFY(bye);
    QCOMPARE(std::get<CallBye>(bye->body).code, ErrorCode::Gone);
}

void TestFocus::rosterOnRequest()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    const auto answer = m_f->request(kBob, GetConference{.meetingId = meeting});
    QCOMPARE(answer.size(), 2);
    QVERIFY(std::holds_alternative<GetConferenceResponse>(std::get<Response>(answer[0]).body));
    QCOMPARE(std::get<ConferenceInfo>(answer[1]).state, ConferenceInfo::State::Full);
    m_f->signIn(kCyd);
    QCOMPARE(failure(m_f->request(kCyd, GetConference{.meetingId = meeting})), ErrorCode::NotAllowed);
}

void TestFocus::tracksThroughManyChanges()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    RosterTracker tracker;
    tracker.start(meeting);
    const auto apply = [&](const QList<Document>& documents) {
        for (const Document& document : documents) {
            if (const auto* update = std::get_if<ConferenceInfo>(&document))
                QCOMPARE(tracker.apply(*update), RosterTracker::Outcome::Applied);
        }
    };
    apply(m_f->request(kAda, GetConference{.meetingId = meeting}));
    m_f->signIn(kCyd);
    for (int round = 0; round < 5; ++round) {
        m_f->join(kCyd, meeting);
        m_f->request(kCyd, ModifyEndpointMedia{meeting, m_f->entities[kCyd], Participant::Sharing::Sharer});
        m_f->request(kBob,
            ModifyEndpointMedia{meeting, m_f->entities[kBob],
                round % 2 ? Participant::Sharing::Viewer : Participant::Sharing::None});
        m_f->request(kCyd, DeleteUser{.meetingId = meeting, .user = m_f->entities[kCyd]});
        m_f->now += 10s;
    }
    apply(m_f->wires.take(kAda));
    const auto full = only<ConferenceInfo>(m_f->request(kBob, GetConference{.meetingId = meeting}));
    QCOMPARE(tracker.roster().version, full->version);
    QCOMPARE(tracker.roster().participants, full->users);
}

void TestFocus::mediaState()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    const ModifyEndpointMedia share{meeting, m_f->entities[kAda], Participant::Sharing::Sharer};
    const auto answer = m_f->request(kAda, share);
    QVERIFY(response<ModifyEndpointMediaResponse>(answer));
    const auto partial = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(partial);
    QCOMPARE(partial->users.size(), 1);
    QCOMPARE(partial->users[0].entity, m_f->entities[kAda]);
    QCOMPARE(partial->users[0].sharing, Participant::Sharing::Sharer);

    QVERIFY(response<ModifyEndpointMediaResponse>(m_f->request(kAda, share)));
    QVERIFY(m_f->wires.take(kBob).isEmpty()); // nothing changed
}

void TestFocus::oneSharer()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    const ModifyEndpointMedia bobShares{meeting, m_f->entities[kBob], Participant::Sharing::Sharer};
    m_f->request(kAda, ModifyEndpointMedia{meeting, m_f->entities[kAda], Participant::Sharing::Sharer});
    m_f->wires.take(kBob);
    QCOMPARE(failure(m_f->request(kBob, bobShares)), ErrorCode::Busy);
    m_f->request(kAda, DeleteUser{.meetingId = meeting, .user = m_f->entities[kAda]});
    QVERIFY(response<ModifyEndpointMediaResponse>(m_f->request(kBob, bobShares)));
}

void TestFocus::rights()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    QCOMPARE(failure(m_f->request(kBob, DeleteUser{.meetingId = meeting, .user = m_f->entities[kAda]})),
        ErrorCode::NotAllowed);
    QCOMPARE(failure(m_f->request(
                 kBob, ModifyEndpointMedia{meeting, m_f->entities[kAda], Participant::Sharing::Sharer})),
        ErrorCode::NotAllowed);
    const QString other = m_f->createMeeting(kAda);
    QCOMPARE(failure(m_f->request(kAda, DeleteUser{.meetingId = other, .user = m_f->entities[kAda]})),
        ErrorCode::NotAllowed);
    QCOMPARE(failure(m_f->request(
                 kAda, ModifyEndpointMedia{other, m_f->entities[kAda], Participant::Sharing::Sharer})),
        ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
}

void TestFocus::forgetsEmptyMeetings()
{
    const QString meeting = m_f->meetingOf({kAda});
    m_f->now += 1h;
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(1)); // somebody is in it
    m_f->focus.closed(kAda, m_f->now);
    m_f->now += testLimits().emptyMeeting - 1ms;
    m_f->focus.removeExpired(m_f->now);
    m_f->signIn(kBob);
    QVERIFY(only<ConferenceInfo>(m_f->join(kBob, meeting)));
    m_f->request(kBob, DeleteUser{.meetingId = meeting, .user = m_f->entities[kBob]});
    m_f->now += testLimits().emptyMeeting;
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(failure(m_f->join(kBob, meeting)), ErrorCode::NotFound);
}

QTEST_APPLESS_MAIN(TestFocus)
#include "tst_focus.moc"
