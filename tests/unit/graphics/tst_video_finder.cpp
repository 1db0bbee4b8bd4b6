#include "core/graphics/rect_merge.h"
#include "core/graphics/video_finder.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

class TestVideoFinder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void forgetsAfterPause();
    void takesTheLargest();
    void cutsOut();
};

namespace {

const TileGrid kGrid{{801, 601}};

/// So many frames in which all of `area` changes.
TimePoint play(VideoFinder& finder, const Rects& areas, int frames, Duration pause, bool looksLikePhoto,
    TimePoint now = TimePoint(1h))
{
    for (int i = 0; i < frames; ++i) {
        now += pause;
        std::vector<TileChange> changes;
        Rects photos;
        for (const Rect& area : areas) {
            kGrid.forEachTile(area, [&](int tile, const Rect& box) {
                changes.push_back({tile, box});
                if (looksLikePhoto)
                    photos.push_back(box);
            });
        }
        finder.note(changes, photos, now);
    }
    return now;
}

} // namespace

void TestVideoFinder::finds_data()
{
    QTest::addColumn<Rect>("area");
    QTest::addColumn<int>("frames");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<bool>("looksLikePhoto");
    QTest::addColumn<Rect>("found");
    const Rect film{101, 51, 400, 301};
    QTest::newRow("a film") << film << 10 << 33 << true << Rect{100, 50, 402, 302};
    QTest::newRow("at the edges") << Rect{0, 0, 801, 601} << 10 << 33 << true << Rect{0, 0, 800, 600};
    QTest::newRow("too short") << film << 5 << 33 << true << Rect{};
    QTest::newRow("too slow") << film << 20 << 120 << true << Rect{};
    QTest::newRow("text") << film << 20 << 33 << false << Rect{};
    QTest::newRow("too small") << Rect{10, 10, 100, 100} << 20 << 33 << true << Rect{};
}

void TestVideoFinder::finds()
{
    QFETCH(Rect, area);
    QFETCH(int, frames);
    QFETCH(int, milliseconds);
    QFETCH(bool, looksLikePhoto);
    QFETCH(Rect, found);
    VideoFinder finder;
    finder.reset(kGrid);
    const TimePoint now
        = play(finder, {area}, frames, std::chrono::milliseconds(milliseconds), looksLikePhoto);
    QCOMPARE(finder.find(now).value_or(Rect{}), found);
}

void TestVideoFinder::forgetsAfterPause()
{
    VideoFinder finder;
    finder.reset(kGrid);
    const Rect film{100, 50, 400, 300};
    const TimePoint now = play(finder, {film}, 10, 33ms, true);
    QVERIFY(finder.find(now + 50ms));
    QVERIFY(!finder.find(now + 150ms));
    const TimePoint later = play(finder, {film}, 3, 33ms, true, now + 500ms);
    QVERIFY(!finder.find(later));
    finder.reset(kGrid);
    QVERIFY(!finder.find(now));
}

void TestVideoFinder::takesTheLargest()
{
    VideoFinder finder;
    finder.reset(kGrid);
    const Rect small{0, 0, 192, 128};
    const Rect large{320, 192, 384, 320};
    const TimePoint now = play(finder, {small, large}, 10, 33ms, true);
    QCOMPARE(finder.find(now).value_or(Rect{}), large);
}

void TestVideoFinder::cutsOut()
{
    const Rect hole{100, 100, 50, 40};
    const Rects rects{{0, 0, 300, 300}, {110, 110, 10, 10}, {140, 90, 30, 20}, {400, 0, 5, 5}};
    std::vector<int> covered(500 * 300, 0);
    for (const Rect& piece : without(rects, hole)) {
        QVERIFY(!piece.isEmpty() && intersected(piece, hole).isEmpty());
        for (int y = piece.y; y < piece.bottom(); ++y)
            for (int x = piece.x; x < piece.right(); ++x)
                ++covered[static_cast<std::size_t>(y * 500 + x)];
    }
    for (const Rect& rect : rects) {
        for (int y = rect.y; y < rect.bottom(); ++y)
            for (int x = rect.x; x < rect.right(); ++x)
                if (!hole.contains({x, y, 1, 1}))
                    --covered[static_cast<std::size_t>(y * 500 + x)];
    }
    QVERIFY(std::all_of(covered.begin(), covered.end(), [](int one) { return one == 0; }));
}

QTEST_GUILESS_MAIN(TestVideoFinder)
#include "tst_video_finder.moc"
