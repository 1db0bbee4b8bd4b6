#include "core/signaling/limits.h"
#include "core/signaling/roster_tracker.h"

#include <QTest>

using namespace sightline;
using Outcome = RosterTracker::Outcome;
using State = ConferenceInfo::State;

namespace {

const QString kMeeting = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");

Participant person(const char* name, Participant::Sharing sharing = Participant::Sharing::None)
{
    return {QString::fromLatin1(name), QString::fromLatin1(name).toUpper(), Participant::Role::Attendee,
        sharing, {}};
}

ConferenceInfo full(quint32 version, const QList<Participant>& users)
{
    return {State::Full, kMeeting, version, QStringLiteral("subject"), users, {}, MeetingState()};
}

ConferenceInfo partial(quint32 version, const QList<Participant>& users, const QStringList& removed = {})
{
    return {State::Partial, kMeeting, version, {}, users, removed};
}

QString names(const Roster& roster)
{
    QStringList all;
    for (const Participant& each : roster.participants)
        all += each.entity;
    return all.join(u' ');
}

} // namespace

class TestRosterTracker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsTheOrderOfJoining();
    void replacesByFull();
    void changesInPlace();
    void waitsForFull();
    void noticesGap();
    void ignoresOldOnes();
    void versionsWrap();
    void ignoresOtherMeetings();
    void ends();
    void isBounded();

private:
    RosterTracker m_tracker;
};

void TestRosterTracker::init()
{
    m_tracker = {};
    m_tracker.start(kMeeting);
}

void TestRosterTracker::keepsTheOrderOfJoining()
{
    QVERIFY(m_tracker.apply(full(5, {person("b"), person("a")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(6, {person("c")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(7, {person("d")}, {QStringLiteral("a"), QStringLiteral("nobody")}))
        == Outcome::Applied);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("b c d"));
    QCOMPARE(m_tracker.roster().version, 7u);
    QCOMPARE(m_tracker.roster().subject, QStringLiteral("subject"));
    QCOMPARE(m_tracker.roster().find(QStringLiteral("c"))->displayName, QStringLiteral("C"));
    QVERIFY(!m_tracker.roster().find(QStringLiteral("a")));
}

void TestRosterTracker::replacesByFull()
{
    QVERIFY(m_tracker.apply(full(5, {person("a"), person("b")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(full(2, {person("c")})) == Outcome::Applied);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("c"));
    QCOMPARE(m_tracker.roster().version, 2u);
}

void TestRosterTracker::changesInPlace()
{
    QVERIFY(m_tracker.apply(full(1, {person("a"), person("b")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(2, {person("a", Participant::Sharing::Sharer)})) == Outcome::Applied);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("a b"));
    QVERIFY(m_tracker.roster().find(QStringLiteral("a"))->sharing == Participant::Sharing::Sharer);
}

void TestRosterTracker::waitsForFull()
{
    QVERIFY(m_tracker.apply(partial(1, {person("a")})) == Outcome::Ignored);
    QVERIFY(!m_tracker.isComplete());
    QVERIFY(m_tracker.apply(full(1, {})) == Outcome::Applied);
    QVERIFY(m_tracker.isComplete());
}

void TestRosterTracker::noticesGap()
{
    QVERIFY(m_tracker.apply(full(1, {person("a")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(3, {person("c")})) == Outcome::Gap);
    QVERIFY(!m_tracker.isComplete());
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("a"));
    // One gap is reported once: what follows is ignored until the full roster comes.
    QVERIFY(m_tracker.apply(partial(4, {person("d")})) == Outcome::Ignored);
    QVERIFY(m_tracker.apply(partial(2, {person("b")})) == Outcome::Ignored);
    QVERIFY(m_tracker.apply(full(4, {person("a"), person("d")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(5, {}, {QStringLiteral("a")})) == Outcome::Applied);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("d"));
}

void TestRosterTracker::ignoresOldOnes()
{
    QVERIFY(m_tracker.apply(full(5, {person("a")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(5, {}, {QStringLiteral("a")})) == Outcome::Ignored);
    QVERIFY(m_tracker.apply(partial(4, {}, {QStringLiteral("a")})) == Outcome::Ignored);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("a"));
    QVERIFY(m_tracker.isComplete());
}

void TestRosterTracker::versionsWrap()
{
    QVERIFY(m_tracker.apply(full(0xFFFFFFFF, {person("a")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(0, {person("b")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(0xFFFFFFFF, {person("c")})) == Outcome::Ignored);
    QCOMPARE(names(m_tracker.roster()), QStringLiteral("a b"));
}

void TestRosterTracker::ignoresOtherMeetings()
{
    ConferenceInfo other = full(1, {person("a")});
    other.meetingId = QString(22, u'x');
    QVERIFY(m_tracker.apply(other) == Outcome::Ignored);
    m_tracker.start({});
    QVERIFY(m_tracker.apply(full(1, {person("a")})) == Outcome::Ignored);
}

void TestRosterTracker::ends()
{
    QVERIFY(m_tracker.apply(full(1, {person("a")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply({State::Deleted, kMeeting, 9, {}, {}, {}}) == Outcome::Ended);
    QVERIFY(m_tracker.roster() == Roster());
    QVERIFY(m_tracker.apply(full(10, {person("a")})) == Outcome::Ignored);
}

void TestRosterTracker::isBounded()
{
    QList<Participant> crowd;
    for (int i = 0; i < limits::kParticipants; ++i)
        crowd.append(person(QByteArray::number(i).constData()));
    QVERIFY(m_tracker.apply(full(1, crowd)) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(2, {person("x")}, {QStringLiteral("0")})) == Outcome::Applied);
    QVERIFY(m_tracker.apply(partial(3, {person("y")})) == Outcome::Gap);
    QCOMPARE(m_tracker.roster().participants.size(), limits::kParticipants);
}

QTEST_APPLESS_MAIN(TestRosterTracker)
#include "tst_roster_tracker.moc"
