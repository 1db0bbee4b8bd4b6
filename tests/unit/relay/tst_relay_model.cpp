#include "tests/support/relay/relay_model.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;

/// Random sharers, stalls, joins and abilities: in the end every viewer's screen equals the relay's.
class TestRelayModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsEqual_data();
    void endsEqual();
    void everythingHappens();
};

void TestRelayModel::endsEqual_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 60; ++seed)
        QTest::addRow("%d", seed) << seed;
}

void TestRelayModel::endsEqual()
{
    QFETCH(int, seed);
    pictures::Random random(static_cast<std::uint64_t>(seed));
    RelayModel model([&random] { return random.below(256); });
    for (int i = 0; i < 1500; ++i)
        model.step();
    QCOMPARE(QString::fromStdString(model.settle()), QString());
}

/// The tests above would prove little if viewers never missed anything.
void TestRelayModel::everythingHappens()
{
    RelayStatistics sum;
    std::size_t keys = 0;
    for (int seed = 100; seed < 110; ++seed) {
        pictures::Random random(static_cast<std::uint64_t>(seed));
        RelayModel model([&random] { return random.below(256); });
        for (int i = 0; i < 1500; ++i)
            model.step();
        const RelayStatistics one = model.relay().statistics();
        sum.framesIn += one.framesIn;
        sum.framesMissed += one.framesMissed;
        sum.bytesRelayed += one.bytesRelayed;
        sum.bytesRepaired += one.bytesRepaired;
        sum.repairsShared += one.repairsShared;
        keys += model.refreshes();
    }
    QVERIFY2(sum.framesMissed > 100, qPrintable(QString::number(sum.framesMissed)));
    QVERIFY2(sum.bytesRelayed > 100'000, qPrintable(QString::number(sum.bytesRelayed)));
    QVERIFY2(sum.bytesRepaired > 100'000, qPrintable(QString::number(sum.bytesRepaired)));
    QVERIFY2(sum.repairsShared > 10, qPrintable(QString::number(sum.repairsShared)));
    QVERIFY2(keys > 3, qPrintable(QString::number(keys)));
}

QTEST_APPLESS_MAIN(TestRelayModel)
#include "tst_relay_model.moc"
