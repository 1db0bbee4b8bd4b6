#include "core/signaling/presence_tracker.h"
#include "tests/unit/conference/focus_fixture.h"

using namespace sightline;
using namespace std::chrono_literals;

namespace {

const QString kId = QStringLiteral("i-1");

/// The only invitation document among these, when it has such a body.
template <typename Body> std::optional<Body> invitation(const QList<Document>& documents)
{
    const auto found = only<InvitationDocument>(documents);
    if (!found || !std::holds_alternative<Body>(found->body))
        return {};
    return std::get<Body>(found->body);
}

} // namespace

/// The focus's people: who sees whom, and invitations between them.
class TestFocusPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(); }

    void showsThoseWhoWantIt();
    void tracksChanges();
    void showsNobodyWhereItIsSwitchedOff();
    void limitsChanges();
    void passesInvitationsOn();
    void declines();
    void takesBack();
    void endsInvitationsInTime();
    void endsInvitationsOfThoseWhoGo();
    void refusesInvitations_data();
    void refusesInvitations();
    void limitsInvitations();
    void ignoresForeignAnswers();

private:
    QList<Document> see(Focus::ConnectionId connection) { return m_f->request(connection, SetPresence{}); }
    void invitationFrom(Focus::ConnectionId connection, const QString& to, InvitationDocument::Body body,
        const QString& id = kId)
    {
        const InvitationDocument document{QStringLiteral("urn:sightline:user:forged"), to, id, body};
        m_f->focus.received(connection, serialize(document), m_f->now);
    }
    /// Ada and Bob see each other, and there is a meeting.
    QString together()
    {
        m_f->signIn(kAda);
        m_f->signIn(kBob);
        see(kAda);
        see(kBob);
        const QString meeting = m_f->createMeeting(kAda);
        m_f->wires.take(kAda);
        m_f->wires.take(kBob);
        return meeting;
    }
    QString ada() { return m_f->entities[kAda]; }
    QString bob() { return m_f->entities[kBob]; }

    std::unique_ptr<FocusFixture> m_f;
};

void TestFocusPeople::showsThoseWhoWantIt()
{
    for (const auto connection : {kAda, kBob, kCyd})
        m_f->signIn(connection);
    const auto alone = only<PresenceInfo>(see(kAda));
    QVERIFY(alone);
    QCOMPARE(alone->people.size(), 1);
    const auto both = only<PresenceInfo>(see(kBob));
    QVERIFY(both);
    QCOMPARE(both->people.size(), 2);
    QCOMPARE(both->people[0].displayName, QStringLiteral("Person 1"));
    const auto partial = only<PresenceInfo>(m_f->wires.take(kAda));
    QVERIFY(partial);
    QCOMPARE(partial->state, PresenceInfo::State::Partial);
    QCOMPARE(partial->version, alone->version + 1);
    QCOMPARE(partial->people, QList<Person>{both->people[1]});
    // Cyd did not ask, sees nobody and is seen by nobody.
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
    QCOMPARE(failure(m_f->request(kCyd, GetPresence{})), ErrorCode::NotAllowed);
}

void TestFocusPeople::tracksChanges()
{
    PresenceTracker tracker;
    const auto apply = [&](const QList<Document>& documents) {
        for (const Document& document : documents) {
            if (const auto* info = std::get_if<PresenceInfo>(&document))
                QCOMPARE(tracker.apply(*info), PresenceTracker::Outcome::Applied);
        }
    };
    for (const auto connection : {kAda, kBob, kCyd})
        m_f->signIn(connection);
    apply(see(kAda));
    see(kBob);
    see(kCyd);
    m_f->request(kBob, SetPresence{Person::Availability::InMeeting});
    m_f->request(kBob, SetPresence{Person::Availability::InMeeting}); // says nothing new
    m_f->focus.closed(kCyd, m_f->now);
    apply(m_f->wires.take(kAda));
    QCOMPARE(tracker.people().persons.size(), 2);
    QCOMPARE(tracker.people().persons[1].availability, Person::Availability::InMeeting);
    const auto full = only<PresenceInfo>(m_f->request(kAda, GetPresence{}));
    QVERIFY(full);
    QVERIFY(full->people == tracker.people().persons);
    QCOMPARE(full->version, tracker.people().version);
}

void TestFocusPeople::showsNobodyWhereItIsSwitchedOff()
{
    Wires wires;
    Focus::Settings settings;
    settings.hasPresence = false;
    settings.baseUrl = QUrl(QStringLiteral("https://h.example"));
    Focus focus{wires, settings};
    focus.opened(kAda, m_f->now);
    focus.received(
        kAda, serialize(Request{1, FocusFixture::signInDocument(QStringLiteral("Ada"))}), m_f->now);
    wires.take(kAda);
    focus.received(kAda, serialize(Request{2, SetPresence{}}), m_f->now);
    QCOMPARE(failure(wires.take(kAda)), ErrorCode::NotAllowed);
    focus.received(kAda, serialize(Request{3, AddConference{}}), m_f->now);
    QVERIFY(response<AddConferenceResponse>(wires.take(kAda))); // everything else works
}

void TestFocusPeople::limitsChanges()
{
    m_f->signIn(kAda);
    see(kAda);
    const auto change = [this](int i) {
        const auto value = i % 2 == 0 ? Person::Availability::InMeeting : Person::Availability::Available;
        return m_f->request(kAda, SetPresence{value});
    };
    int taken = 0;
    while (failure(change(taken)) == ErrorCode::Cancelled)
        ++taken;
    QCOMPARE(taken, 19); // and the first one
    QCOMPARE(failure(change(0)), ErrorCode::TooOften);
    m_f->now += 2s;
    QCOMPARE(failure(change(taken)), ErrorCode::Cancelled);
}

void TestFocusPeople::passesInvitationsOn()
{
    const QString meeting = together();
    invitationFrom(kAda, bob(), Invite{meeting, QStringLiteral("Forged"), QStringLiteral("Forged"), {}});
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    const auto documents = m_f->wires.take(kBob);
    const auto invite = invitation<Invite>(documents);
    QVERIFY(invite);
    QCOMPARE(only<InvitationDocument>(documents)->from, ada());
    QCOMPARE(invite->meetingId, meeting);
    QCOMPARE(invite->senderName, QStringLiteral("Person 1"));
    QCOMPARE(invite->subject, QStringLiteral("Review"));
    QVERIFY(invite->link);
    QCOMPARE(invite->link->host, QStringLiteral("h.example"));
    QCOMPARE(invite->link->meetingId, meeting);
    QVERIFY(m_f->focus.hasInvitations());

    invitationFrom(kBob, ada(), InviteAccept{QStringLiteral("b2")});
    const auto accept = m_f->wires.take(kAda);
    QCOMPARE(only<InvitationDocument>(accept)->from, bob());
    QCOMPARE(invitation<InviteAccept>(accept)->participant, QStringLiteral("b2"));
    QVERIFY(!m_f->focus.hasInvitations());
    // Once is enough.
    invitationFrom(kBob, ada(), InviteAccept{QStringLiteral("b2")});
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    QCOMPARE(invitation<InviteCancel>(m_f->wires.take(kBob))->code, ErrorCode::Gone);
}

void TestFocusPeople::declines()
{
    const QString meeting = together();
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}});
    invitationFrom(kBob, ada(), InviteDecline{ErrorCode::Declined, QStringLiteral("busy")});
    const auto decline = invitation<InviteDecline>(m_f->wires.take(kAda));
    QVERIFY(decline);
    QCOMPARE(decline->code, ErrorCode::Declined);
    QCOMPARE(decline->text, QStringLiteral("busy"));
    m_f->wires.take(kBob);
    invitationFrom(kBob, ada(), InviteDecline{});
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    QVERIFY(m_f->wires.take(kBob).isEmpty());
}

void TestFocusPeople::takesBack()
{
    const QString meeting = together();
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}});
    m_f->wires.take(kBob);
    invitationFrom(kAda, bob(), InviteCancel{});
    QCOMPARE(invitation<InviteCancel>(m_f->wires.take(kBob))->code, ErrorCode::Cancelled);
    invitationFrom(kAda, bob(), InviteCancel{});
    QVERIFY(m_f->wires.take(kBob).isEmpty());
}

void TestFocusPeople::endsInvitationsInTime()
{
    const QString meeting = together();
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}});
    m_f->wires.take(kBob);
    m_f->focus.expireInvitations(m_f->now + 59s);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->focus.expireInvitations(m_f->now + 60s);
    QCOMPARE(invitation<InviteCancel>(m_f->wires.take(kBob))->code, ErrorCode::Timeout);
    QCOMPARE(invitation<InviteDecline>(m_f->wires.take(kAda))->code, ErrorCode::Timeout);
    QVERIFY(!m_f->focus.hasInvitations());
}

void TestFocusPeople::endsInvitationsOfThoseWhoGo()
{
    const QString meeting = together();
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}});
    m_f->wires.take(kAda);
    m_f->focus.closed(kBob, m_f->now);
    QCOMPARE(invitation<InviteDecline>(m_f->wires.take(kAda))->code, ErrorCode::Gone);
    QVERIFY(!m_f->focus.hasInvitations());
}

void TestFocusPeople::refusesInvitations_data()
{
    QTest::addColumn<QString>("to"); // empty: Bob
    QTest::addColumn<bool>("isMeeting");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("nobody") << QStringLiteral("urn:sightline:user:nobody") << true << ErrorCode::Gone;
    QTest::newRow("oneself") << QStringLiteral("me") << true << ErrorCode::Gone;
    QTest::newRow("somebody who is not seen") << QStringLiteral("cyd") << true << ErrorCode::Gone;
    QTest::newRow("no such meeting") << QString() << false << ErrorCode::NotFound;
}

void TestFocusPeople::refusesInvitations()
{
    QFETCH(QString, to);
    QFETCH(bool, isMeeting);
    QFETCH(ErrorCode, code);
    const QString meeting = together();
    m_f->signIn(kCyd);
    if (to == QStringLiteral("me"))
        to = ada();
    else if (to == QStringLiteral("cyd"))
        to = m_f->entities[kCyd];
    else if (to.isEmpty())
        to = bob();
    invitationFrom(kAda, to, Invite{isMeeting ? meeting : QString(22, u'x'), {}, {}, {}});
    const auto documents = m_f->wires.take(kAda);
    QCOMPARE(invitation<InviteDecline>(documents)->code, code);
    QCOMPARE(only<InvitationDocument>(documents)->from, to);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->wires.take(kCyd);
    // And who is not seen invites nobody.
    invitationFrom(kCyd, bob(), Invite{meeting, {}, {}, {}});
    QCOMPARE(invitation<InviteDecline>(m_f->wires.take(kCyd))->code, ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
}

void TestFocusPeople::limitsInvitations()
{
    const QString meeting = together();
    auto inviteNext = [&, i = 0]() mutable {
        invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}}, QStringLiteral("i%1").arg(++i));
        const auto decline = invitation<InviteDecline>(m_f->wires.take(kAda));
        return decline ? decline->code : ErrorCode::Cancelled;
    };
    for (int i = 0; i < limits::kInvitationsPerConnection; ++i)
        QCOMPARE(inviteNext(), ErrorCode::Cancelled);
    QCOMPARE(inviteNext(), ErrorCode::TooLarge); // so many are open
    invitationFrom(kBob, ada(), InviteDecline{}, QStringLiteral("i1"));
    m_f->wires.take(kAda);
    QCOMPARE(inviteNext(), ErrorCode::TooOften);
    m_f->now += 10s;
    QCOMPARE(inviteNext(), ErrorCode::Cancelled);
    invitationFrom(kBob, ada(), InviteDecline{}, QStringLiteral("i2"));
    m_f->wires.take(kAda);
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}}, QStringLiteral("i3"));
    QCOMPARE(invitation<InviteDecline>(m_f->wires.take(kAda))->code, ErrorCode::InvalidArgument);
}

void TestFocusPeople::ignoresForeignAnswers()
{
    const QString meeting = together();
    m_f->signIn(kCyd);
    see(kCyd);
    invitationFrom(kAda, bob(), Invite{meeting, {}, {}, {}});
    m_f->wires.take(kAda);
    m_f->wires.take(kBob);
    invitationFrom(kCyd, ada(), InviteAccept{QStringLiteral("c2")});
    invitationFrom(kCyd, bob(), InviteCancel{});
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    QVERIFY(m_f->focus.hasInvitations());
}

QTEST_APPLESS_MAIN(TestFocusPeople)
#include "tst_focus_people.moc"
