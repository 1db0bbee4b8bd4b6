#include "core/signaling/call_table.h"
#include "core/signaling/limits.h"

#include <QTest>

using namespace sightline;
using Origin = CallTable::Origin;
using Opened = CallTable::Opened;
using Role = SessionDescription::Role;
using Setup = SessionDescription::Setup;

namespace {

const QString kPeer = QStringLiteral("peer");
const QString kCall = QStringLiteral("c-1");

SessionDescription answer(Role role, Setup setup)
{
    SessionDescription description;
    description.role = role;
    description.setup = setup;
    return description;
}

} // namespace

class TestCallTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensOnce();
    void limitsCalls();
    void takesOneFittingAnswer();
    void refusesAnswerToTheirOffer();
    void reopensForARestart();
    void limitsCandidates();
    void closes();
};

void TestCallTable::opensOnce()
{
    CallTable calls;
    QVERIFY(calls.open(kPeer, kCall, Origin::Ours, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Known);
    QVERIFY(calls.open(QStringLiteral("other"), kCall, Origin::Theirs, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.contains(kPeer, kCall));
    QVERIFY(!calls.contains(kPeer, QStringLiteral("c-2")));
}

void TestCallTable::limitsCalls()
{
    CallTable calls;
    for (int i = 0; i < limits::kCallsPerConnection; ++i)
        QVERIFY(calls.open(kPeer, QString::number(i), Origin::Theirs, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Full);
    QVERIFY(calls.close(kPeer, QStringLiteral("0")));
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Yes);
}

void TestCallTable::takesOneFittingAnswer()
{
    CallTable calls;
    QVERIFY(!calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Active)));
    QVERIFY(calls.open(kPeer, kCall, Origin::Ours, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.awaitsAnswer(kPeer, kCall));
    QVERIFY(!calls.takeAnswer(kPeer, kCall, answer(Role::Sharer, Setup::Active)));
    QVERIFY(!calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::ActPass)));
    QVERIFY(calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Passive)));
    QVERIFY(!calls.awaitsAnswer(kPeer, kCall));
    QVERIFY(!calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Active)));
}

void TestCallTable::refusesAnswerToTheirOffer()
{
    CallTable calls;
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Yes);
    QVERIFY(!calls.awaitsAnswer(kPeer, kCall));
    QVERIFY(!calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Active)));
}

void TestCallTable::reopensForARestart()
{
    CallTable calls;
    QVERIFY(!calls.reopen(kPeer, kCall, Origin::Ours, Role::Sharer));
    QVERIFY(calls.open(kPeer, kCall, Origin::Ours, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Active)));
    // Only by who opened it, and as what it was.
    QVERIFY(!calls.reopen(kPeer, kCall, Origin::Theirs, Role::Sharer));
    QVERIFY(!calls.reopen(kPeer, kCall, Origin::Ours, Role::Viewer));
    QVERIFY(!calls.awaitsAnswer(kPeer, kCall));
    QVERIFY(calls.reopen(kPeer, kCall, Origin::Ours, Role::Sharer));
    QVERIFY(calls.takeAnswer(kPeer, kCall, answer(Role::Viewer, Setup::Active)));
}

void TestCallTable::limitsCandidates()
{
    CallTable calls;
    QCOMPARE(calls.takeCandidates(kPeer, kCall, 1), 0);
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Yes);
    QCOMPARE(calls.takeCandidates(kPeer, kCall, 60), 60);
    QCOMPARE(calls.takeCandidates(kPeer, kCall, 60), 40);
    QCOMPARE(calls.takeCandidates(kPeer, kCall, 60), 0);
}

void TestCallTable::closes()
{
    CallTable calls;
    QVERIFY(!calls.close(kPeer, kCall));
    QVERIFY(calls.open(kPeer, kCall, Origin::Theirs, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.open(kPeer, QStringLiteral("c-2"), Origin::Ours, Role::Sharer) == Opened::Yes);
    QVERIFY(calls.open(QStringLiteral("other"), kCall, Origin::Ours, Role::Sharer) == Opened::Yes);
    calls.closeAll(kPeer);
    QVERIFY(!calls.contains(kPeer, kCall));
    QVERIFY(!calls.contains(kPeer, QStringLiteral("c-2")));
    QVERIFY(calls.contains(QStringLiteral("other"), kCall));
    calls.clear();
    QVERIFY(!calls.contains(QStringLiteral("other"), kCall));
}

QTEST_APPLESS_MAIN(TestCallTable)
#include "tst_call_table.moc"
