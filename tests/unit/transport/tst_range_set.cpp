#include "core/transport/range_set.h"

#include <QTest>

#include <random>
#include <set>

using namespace sightline;

namespace {

using Ranges = std::vector<RangeSet::Range>;

Ranges missing(const RangeSet& set, std::uint64_t begin, std::uint64_t end)
{
    Ranges result;
    set.forEachMissing(begin, end, [&](std::uint64_t from, std::uint64_t to) {
        result.push_back({from, to});
    });
    return result;
}

bool isWellFormed(const RangeSet& set)
{
    for (std::size_t i = 0; i < set.rangeCount(); ++i) {
        const auto& range = set.ranges()[i];
        if (range.begin >= range.end || (i > 0 && set.ranges()[i - 1].end >= range.begin))
            return false;
    }
    return true;
}

} // namespace

class TestRangeSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adds_data();
    void adds();
    void removes_data();
    void removes();
    void findsWhatIsMissing();
    void agreesWithASet();
};

void TestRangeSet::adds_data()
{
    QTest::addColumn<Ranges>("added");
    QTest::addColumn<Ranges>("expected");
    QTest::newRow("nothing") << Ranges{{5, 5}} << Ranges{};
    QTest::newRow("in order") << Ranges{{1, 2}, {2, 3}, {3, 9}} << Ranges{{1, 9}};
    QTest::newRow("a gap") << Ranges{{1, 2}, {3, 4}} << Ranges{{1, 2}, {3, 4}};
    QTest::newRow("fills the gap") << Ranges{{1, 2}, {3, 4}, {2, 3}} << Ranges{{1, 4}};
    QTest::newRow("before") << Ranges{{10, 12}, {1, 2}} << Ranges{{1, 2}, {10, 12}};
    QTest::newRow("touches from below") << Ranges{{10, 12}, {8, 10}} << Ranges{{8, 12}};
    QTest::newRow("swallows") << Ranges{{2, 3}, {5, 6}, {8, 9}, {1, 10}} << Ranges{{1, 10}};
    QTest::newRow("swallows some") << Ranges{{2, 3}, {5, 6}, {8, 9}, {3, 7}} << Ranges{{2, 7}, {8, 9}};
    QTest::newRow("inside") << Ranges{{2, 9}, {3, 4}} << Ranges{{2, 9}};
    QTest::newRow("up to the last number") << Ranges{{~0ull - 1, ~0ull}} << Ranges{{~0ull - 1, ~0ull}};
}

void TestRangeSet::adds()
{
    QFETCH(Ranges, added);
    QFETCH(Ranges, expected);
    RangeSet set;
    for (const auto& range : added)
        set.add(range.begin, range.end);
    QCOMPARE(set.ranges(), expected);
}

void TestRangeSet::removes_data()
{
    QTest::addColumn<RangeSet::Range>("removed");
    QTest::addColumn<Ranges>("expected");
    QTest::newRow("nothing") << RangeSet::Range{12, 12} << Ranges{{10, 20}, {30, 40}};
    QTest::newRow("before") << RangeSet::Range{1, 10} << Ranges{{10, 20}, {30, 40}};
    QTest::newRow("between") << RangeSet::Range{20, 30} << Ranges{{10, 20}, {30, 40}};
    QTest::newRow("behind") << RangeSet::Range{40, 99} << Ranges{{10, 20}, {30, 40}};
    QTest::newRow("splits") << RangeSet::Range{12, 15} << Ranges{{10, 12}, {15, 20}, {30, 40}};
    QTest::newRow("begin of one") << RangeSet::Range{5, 15} << Ranges{{15, 20}, {30, 40}};
    QTest::newRow("end of one") << RangeSet::Range{35, 50} << Ranges{{10, 20}, {30, 35}};
    QTest::newRow("parts of two") << RangeSet::Range{15, 35} << Ranges{{10, 15}, {35, 40}};
    QTest::newRow("one") << RangeSet::Range{10, 20} << Ranges{{30, 40}};
    QTest::newRow("all") << RangeSet::Range{0, 99} << Ranges{};
}

void TestRangeSet::removes()
{
    QFETCH(RangeSet::Range, removed);
    QFETCH(Ranges, expected);
    RangeSet set;
    set.add(10, 20);
    set.add(30, 40);
    set.remove(removed.begin, removed.end);
    QCOMPARE(set.ranges(), expected);
}

void TestRangeSet::findsWhatIsMissing()
{
    RangeSet set;
    QCOMPARE(missing(set, 3, 5), (Ranges{{3, 5}}));
    set.add(10, 20);
    set.add(30, 40);
    QCOMPARE(missing(set, 12, 18), Ranges{});
    QCOMPARE(missing(set, 0, 50), (Ranges{{0, 10}, {20, 30}, {40, 50}}));
    QCOMPARE(missing(set, 15, 35), (Ranges{{20, 30}}));
    QCOMPARE(missing(set, 20, 20), Ranges{});
    QVERIFY(set.contains(10));
    QVERIFY(!set.contains(20));
}

void TestRangeSet::agreesWithASet()
{
    std::mt19937 random(1);
    RangeSet set;
    std::set<std::uint64_t> model;
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t begin = random() % 200;
        const std::uint64_t end = begin + random() % 12;
        const bool isRemoval = random() % 3 == 0;
        for (auto value = begin; value < end; ++value)
            isRemoval ? void(model.erase(value)) : void(model.insert(value));
        isRemoval ? set.remove(begin, end) : set.add(begin, end);
        QVERIFY(isWellFormed(set));
        std::size_t count = 0;
        for (const auto& range : set.ranges())
            count += range.end - range.begin;
        QCOMPARE(count, model.size());
        const std::uint64_t probe = random() % 220;
        QCOMPARE(set.contains(probe), model.contains(probe));
    }
}

QTEST_GUILESS_MAIN(TestRangeSet)
#include "tst_range_set.moc"
