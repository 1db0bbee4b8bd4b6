#include "tests/unit/conference/focus_fixture.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr Focus::ConnectionId kNew = 11;
constexpr Focus::ConnectionId kNewer = 12;

ServerLimits patientLimits()
{
    ServerLimits limits = testLimits();
    limits.absence = 30s;
    limits.connections = 2; // and as many absent ones
    return limits;
}

} // namespace

/// Participants whose connection broke, and who comes back with whose token.
class TestFocusAbsence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_f.emplace(patientLimits()); }

    void aShortAbsenceIsSeenByNobody();
    void callsWaitWithinBounds();
    void aLongAbsenceIsALeave();
    void whoLeftDoesNotComeBack();
    void aHalfOpenConnectionIsReplaced();
    void whatADyingConnectionSwallowedComesAgain();
    void whoIsAbsentIsNotSeen();
    void whatWasWrittenMeanwhileComesAfter();
    void tokensAreGoodOnce();
    void anAnswerThatGotLostDoesNoHarm();
    void strangersComeBackAsStrangers();
    void absentOnesAreLimited();

private:
    std::optional<SignInResponse> comeBack(
        Focus::ConnectionId connection, const QString& token, quint32 received = 0)
    {
        SignIn signIn = FocusFixture::signInDocument(QStringLiteral("Somebody else"));
        signIn.resume = token;
        signIn.received = received;
        m_f->focus.opened(connection, m_f->now);
        m_last = m_f->request(connection, signIn);
        return response<SignInResponse>(m_last);
    }
    QString tokenOf(Focus::ConnectionId connection)
    {
        const auto answer = response<SignInResponse>(
            m_f->request(connection, FocusFixture::signInDocument(QStringLiteral("Bob"))));
        m_f->entities[connection] = answer->entity;
        return answer->resume;
    }
    /// Ada's meeting, with Bob in it.
    QString meetingWithBob(QString& token)
    {
        const QString meeting = m_f->meetingOf({kAda});
        token = tokenOf(kBob);
        m_f->join(kBob, meeting);
        m_f->wires.take(kAda);
        return meeting;
    }

    std::optional<FocusFixture> m_f;
    QList<Document> m_last; ///< what came back with the last sign-in
};

void TestFocusAbsence::aShortAbsenceIsSeenByNobody()
{
    QString token;
    const QString meeting = meetingWithBob(token);
    QVERIFY(token.size() >= 22); // 128 bits
    m_f->focus.closed(kBob, m_f->now);
    m_f->notify(kAda, m_f->entities[kBob], CallOffer{.sdp = "v=0"});
    m_f->now += 29s;
    m_f->focus.removeExpired(m_f->now);
    const auto back = comeBack(kNew, token);
    QVERIFY(back && back->isResumed);
    QCOMPARE(back->entity, m_f->entities[kBob]);
    QVERIFY(!back->resume.isEmpty() && back->resume != token);
    const auto roster = only<ConferenceInfo>(m_last);
    QVERIFY(roster && roster->state == ConferenceInfo::State::Full);
    QCOMPARE(roster->users.size(), 2);
    QCOMPARE(roster->users.back().displayName, QStringLiteral("Bob"));
    QVERIFY(only<CallDocument>(m_last)); // Ada's offer has waited
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    // It is Bob in every respect.
    m_f->notify(kNew, m_f->entities[kAda], CallAnswer{.sdp = "v=0"});
    QCOMPARE(only<CallDocument>(m_f->wires.take(kAda))->from, back->entity);
    m_f->notify(kAda, back->entity, CallBye{});
    QVERIFY(only<CallDocument>(m_f->wires.take(kNew)));
    m_f->now += 60s;
    m_f->focus.removeExpired(m_f->now);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
}

void TestFocusAbsence::callsWaitWithinBounds()
{
    QString token;
    meetingWithBob(token);
    m_f->focus.closed(kBob, m_f->now);
    for (int i = 0; i < 40; ++i)
        m_f->notify(kAda, m_f->entities[kBob], CallOffer{.sdp = QByteArray(8000, 'x')});
    QVERIFY(comeBack(kNew, token));
    const auto calls = std::count_if(m_last.cbegin(), m_last.cend(),
        [](const Document& each) { return std::holds_alternative<CallDocument>(each); });
    QVERIFY(calls > 0 && calls < 9);
}

void TestFocusAbsence::aLongAbsenceIsALeave()
{
    QString token;
    const QString meeting = meetingWithBob(token);
    m_f->focus.closed(kBob, m_f->now);
    m_f->now += 30s;
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(only<ConferenceInfo>(m_f->wires.take(kAda))->removed, QStringList{m_f->entities[kBob]});
    const auto back = comeBack(kNew, token);
    QVERIFY(back && !back->isResumed);
    QVERIFY(back->entity != m_f->entities[kBob]);
    m_f->entities[kNew] = back->entity;
    QVERIFY(only<ConferenceInfo>(m_f->join(kNew, meeting)));
}

void TestFocusAbsence::whoLeftDoesNotComeBack()
{
    QString token;
    const QString meeting = meetingWithBob(token);
    m_f->request(kBob, DeleteUser{.meetingId = meeting, .user = m_f->entities[kBob]});
    m_f->focus.closed(kBob, m_f->now);
    QVERIFY(!comeBack(kNew, token)->isResumed);
}

void TestFocusAbsence::aHalfOpenConnectionIsReplaced()
{
    QString token;
    meetingWithBob(token);
    QVERIFY(comeBack(kNew, token)->isResumed);
    QVERIFY(m_f->wires.closed.contains(kBob));
    // What still comes by the old one is nobody's, and its end is no end of Bob.
    m_f->notify(kBob, m_f->entities[kAda], CallOffer{.sdp = "v=0"});
    m_f->focus.closed(kBob, m_f->now);
    m_f->now += 60s;
    m_f->focus.removeExpired(m_f->now);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
}

void TestFocusAbsence::whatADyingConnectionSwallowedComesAgain()
{
    const auto callIds = [this] {
        QStringList ids;
        for (const Document& each : std::as_const(m_last)) {
            if (const auto* call = std::get_if<CallDocument>(&each))
                ids.append(call->callId);
        }
        return ids;
    };
    QString token;
    meetingWithBob(token);
    const QString ada = m_f->entities[kAda];
    const QString bob = m_f->entities[kBob];
    for (const char* id : {"c1", "c2"})
        m_f->notify(kAda, bob, CallOffer{.sdp = "v=0"}, QString::fromLatin1(id));
    m_f->notify(kAda, bob, CallBye{}, QStringLiteral("c3"));
    m_f->notify(kBob, ada, CallAnswer{.sdp = "v=0"}, QStringLiteral("c1"));
    m_f->notify(kBob, QStringLiteral("urn:nobody"), CallOffer{.sdp = "v=0"}, QStringLiteral("c4")); // refused

    // One of the three had arrived; the refusal and all later ones had not.
    auto back = comeBack(kNew, token, 1);
    QVERIFY(back && back->isResumed);
    QCOMPARE(back->received, 2U);
    QCOMPARE(callIds(), (QStringList{QStringLiteral("c2"), QStringLiteral("c3"), QStringLiteral("c4")}));
    back = comeBack(kNewer, back->resume, 4);
    QCOMPARE(callIds(), QStringList());
    back = comeBack(kNew, back->resume, 4'000'000'000);
    QVERIFY(back && back->isResumed);
    QCOMPARE(callIds(), QStringList());
}

void TestFocusAbsence::whoIsAbsentIsNotSeen()
{
    QString token;
    meetingWithBob(token);
    const QString bob = m_f->entities[kBob];
    m_f->request(kAda, SetPresence{});
    m_f->request(kBob, SetPresence{});
    m_f->wires.take(kAda);
    m_f->focus.closed(kBob, m_f->now);
    QCOMPARE(only<PresenceInfo>(m_f->wires.take(kAda))->removed, QStringList{bob});

    // Back, and seen again when Bob says so; it is told to the one who is back with the full list.
    auto back = comeBack(kNew, token);
    QVERIFY(back->isResumed);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    const auto people = only<PresenceInfo>(m_f->request(kNew, SetPresence{}));
    QVERIFY(people && people->state == PresenceInfo::State::Full);
    QCOMPARE(people->people.size(), 2);
    QCOMPARE(only<PresenceInfo>(m_f->wires.take(kAda))->people.size(), 1);

    // The same where the break was not noticed: gone and seen again, never twice.
    QVERIFY(comeBack(kNewer, back->resume)->isResumed);
    QCOMPARE(only<PresenceInfo>(m_f->wires.take(kAda))->removed, QStringList{bob});
    QCOMPARE(only<PresenceInfo>(m_f->request(kNewer, SetPresence{}))->people.size(), 2);
    m_f->wires.take(kAda);

    // And who does not come back has gone already.
    m_f->focus.closed(kNewer, m_f->now);
    m_f->wires.take(kAda);
    m_f->now += 30s;
    m_f->focus.removeExpired(m_f->now);
    QVERIFY(!only<PresenceInfo>(m_f->wires.take(kAda)));
}

void TestFocusAbsence::whatWasWrittenMeanwhileComesAfter()
{
    QString token;
    const QString meeting = meetingWithBob(token);
    m_f->focus.closed(kBob, m_f->now);
    m_f->request(kAda, SendMessage{meeting, QStringLiteral("Are you there?")});
    QVERIFY(comeBack(kNew, token)->isResumed);
    const auto message = only<ChatMessage>(m_last);
    QVERIFY(message);
    QCOMPARE(message->text, QStringLiteral("Are you there?"));
}

void TestFocusAbsence::tokensAreGoodOnce()
{
    QString token;
    const QString meeting = meetingWithBob(token);
    m_f->focus.closed(kBob, m_f->now);
    QVERIFY(comeBack(kNew, token)->isResumed);
    m_f->request(kNew, GetConference{.meetingId = meeting}); // Bob has the new one
    const auto thief = comeBack(kNewer, token);
    QVERIFY(thief && !thief->isResumed);
    QVERIFY(thief->entity != m_f->entities[kBob]);
    QVERIFY(!m_f->wires.closed.contains(kNew));
}

void TestFocusAbsence::anAnswerThatGotLostDoesNoHarm()
{
    QString token;
    meetingWithBob(token);
    m_f->focus.closed(kBob, m_f->now);
    const auto lost = comeBack(kNew, token);
    m_f->focus.closed(kNew, m_f->now);
    const auto back = comeBack(kNewer, token);
    QVERIFY(back->isResumed);
    QVERIFY(!comeBack(13, lost->resume)->isResumed); // nobody has it
}

void TestFocusAbsence::strangersComeBackAsStrangers()
{
    const auto back = comeBack(kNew, QStringLiteral("made-up"));
    QVERIFY(back && !back->isResumed);
    // Another version is told so, token or not.
    QString token;
    meetingWithBob(token);
    SignIn other = FocusFixture::signInDocument(QStringLiteral("Bob"));
    other.protocol = 2;
    other.resume = token;
    m_f->focus.opened(kNewer, m_f->now);
    QCOMPARE(failure(m_f->request(kNewer, other)), ErrorCode::VersionMismatch);
    // Who is signed in does not become somebody else.
    SignIn again = FocusFixture::signInDocument(QStringLiteral("Ada"));
    again.resume = token;
    QCOMPARE(failure(m_f->request(kAda, again)), ErrorCode::NotAllowed);
}

void TestFocusAbsence::absentOnesAreLimited()
{
    const QString meeting = m_f->meetingOf({kAda, kBob, kCyd});
    m_f->focus.closed(kBob, m_f->now);
    m_f->focus.closed(kCyd, m_f->now);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    m_f->focus.opened(kNew, m_f->now);
    m_f->focus.closed(kAda, m_f->now); // one more than two: the first one leaves
    m_f->signIn(kNew);
    const auto roster = only<ConferenceInfo>(m_f->join(kNew, meeting));
    QVERIFY(roster);
    QCOMPARE(roster->users.size(), 3);
    QCOMPARE(roster->users.front().entity, m_f->entities[kAda]);
    QCOMPARE(roster->users.at(1).entity, m_f->entities[kCyd]);
}

QTEST_GUILESS_MAIN(TestFocusAbsence)
#include "tst_focus_absence.moc"
