#include "core/signaling/presence_tracker.h"

#include "core/signaling/limits.h"

#include <QTest>

using namespace sightline;

namespace {

Person person(const char* entity, Person::Availability availability = Person::Availability::Available)
{
    return {QString::fromLatin1(entity), QStringLiteral("x"), availability};
}

PresenceInfo full(quint32 version, const QList<Person>& people)
{
    return {PresenceInfo::State::Full, version, people, {}};
}

PresenceInfo partial(quint32 version, const QList<Person>& people, const QStringList& removed = {})
{
    return {PresenceInfo::State::Partial, version, people, removed};
}

} // namespace

class TestPresenceTracker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsChanges();
    void waitsForTheFullList();
    void noticesGaps();
    void wraps();
    void refusesTooMany();
};

void TestPresenceTracker::followsChanges()
{
    using Outcome = PresenceTracker::Outcome;
    const Person busy = person("a", Person::Availability::InMeeting);
    PresenceTracker tracker;
    QCOMPARE(tracker.apply(full(7, {person("a"), person("b")})), Outcome::Applied);
    QCOMPARE(tracker.apply(partial(8, {busy, person("c")}, {QStringLiteral("b")})), Outcome::Applied);
    QCOMPARE(tracker.people().persons, (QList<Person>{busy, person("c")}));
    QCOMPARE(tracker.apply(partial(8, {}, {QStringLiteral("c")})), Outcome::Ignored);
    QCOMPARE(tracker.people().version, 8u);
    QVERIFY(tracker.people().find(QStringLiteral("c")));
    QVERIFY(!tracker.people().find(QStringLiteral("b")));
}

void TestPresenceTracker::waitsForTheFullList()
{
    PresenceTracker tracker;
    QCOMPARE(tracker.apply(partial(1, {person("a")})), PresenceTracker::Outcome::Ignored);
    QVERIFY(!tracker.isComplete());
    QVERIFY(tracker.people().persons.isEmpty());
    (void)tracker.apply(full(1, {person("a")}));
    tracker.clear();
    QVERIFY(tracker.people().persons.isEmpty());
    QCOMPARE(tracker.apply(partial(2, {person("a")})), PresenceTracker::Outcome::Ignored);
}

void TestPresenceTracker::noticesGaps()
{
    using Outcome = PresenceTracker::Outcome;
    PresenceTracker tracker;
    (void)tracker.apply(full(1, {person("a")}));
    QCOMPARE(tracker.apply(partial(3, {person("b")})), Outcome::Gap);
    QCOMPARE(tracker.apply(partial(4, {person("c")})), Outcome::Ignored);
    QCOMPARE(tracker.people().persons.size(), 1);
    QCOMPARE(tracker.apply(full(4, {})), Outcome::Applied);
    QVERIFY(tracker.isComplete());
    QVERIFY(tracker.people().persons.isEmpty());
}

void TestPresenceTracker::wraps()
{
    PresenceTracker tracker;
    (void)tracker.apply(full(0xFFFFFFFF, {}));
    QCOMPARE(tracker.apply(partial(0, {person("a")})), PresenceTracker::Outcome::Applied);
}

void TestPresenceTracker::refusesTooMany()
{
    QList<Person> crowd;
    for (int i = 0; i < limits::kPeople; ++i)
        crowd.append(person(QByteArray::number(i).constData()));
    PresenceTracker tracker;
    (void)tracker.apply(full(1, crowd));
    QCOMPARE(tracker.apply(partial(2, {person("one-more")})), PresenceTracker::Outcome::Gap);
    QCOMPARE(tracker.people().persons.size(), crowd.size());
}

QTEST_APPLESS_MAIN(TestPresenceTracker)
#include "tst_presence_tracker.moc"
