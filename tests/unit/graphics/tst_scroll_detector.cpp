#include "core/graphics/scroll_detector.h"
#include "test_pictures.h"

#include <QTest>

using namespace sightline;

class TestScrollDetector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsMoves_data();
    void findsMoves();
    void toleratesLinesThatDiffer();
    void findsNothingWhereNothingMoved_data();
    void findsNothingWhereNothingMoved();
    void hashesTellLinesApart();
};

namespace {

constexpr int kWidth = 800;
constexpr int kHeight = 600;

const Picture& page()
{
    static const Picture picture = [] {
        Picture text(1420, 1320);
        pictures::text(text, text.rect(), 1, false);
        return text;
    }();
    return picture;
}

Picture withView(const Picture& page, const Rect& view, Point at)
{
    Picture screen(kWidth, kHeight, 0x404040);
    pictures::text(screen, {0, 0, 100, kHeight}, 9, false, 0xFFFFFF, 0x202020);
    pictures::blit(page, {at.x, at.y, view.width, view.height}, screen, {view.x, view.y});
    return screen;
}

std::vector<Move> movesBetween(const Picture& before, const Picture& now)
{
    ReferencePicture reference;
    reference.reset({before.width(), before.height()});
    reference.store(before.view(), before.rect());
    TileDiff diff;
    ScrollDetector detector;
    return detector.find(now.view(), reference, diff.find(now.view(), reference, Rects{now.rect()}));
}

/// How many pixels are wrong after the moves.
long wrongAfter(const std::vector<Move>& moves, const Picture& before, const Picture& now)
{
    Picture moved = before;
    for (const Move& move : moves)
        pictures::blit(before, move.source, moved, move.to);
    long wrong = 0;
    for (int y = 0; y < now.height(); ++y)
        for (int x = 0; x < now.width(); ++x)
            wrong += moved.row(y)[x] != now.row(y)[x] ? 1 : 0;
    return wrong;
}

} // namespace

void TestScrollDetector::findsMoves_data()
{
    QTest::addColumn<Rect>("view");
    QTest::addColumn<Point>("by");
    const Rect whole{0, 0, kWidth, kHeight};
    const Rect odd{117, 31, 601, 503};
    for (const Point by : {Point{0, 1}, {0, -1}, {0, 7}, {0, -54}, {0, 300}, {1, 0}, {-9, 0}, {200, 0}}) {
        QTest::addRow("all by %d,%d", by.x, by.y) << whole << by;
        QTest::addRow("a window by %d,%d", by.x, by.y) << odd << by;
    }
}

void TestScrollDetector::findsMoves()
{
    QFETCH(Rect, view);
    QFETCH(Point, by);
    const Picture& text = page();
    const Picture before = withView(text, view, {400, 400});
    const Picture now = withView(text, view, {400 + by.x, 400 + by.y});
    const std::vector<Move> moves = movesBetween(before, now);
    QVERIFY(!moves.empty());
    for (const Move& move : moves) {
        QVERIFY(before.rect().contains(move.source));
        QVERIFY(before.rect().contains(move.target()));
        QCOMPARE(move.to.x - move.source.x, -by.x);
        QCOMPARE(move.to.y - move.source.y, -by.y);
        // None reads what another wrote.
        for (const Move& other : moves)
            QVERIFY(move == other || intersected(move.source, other.target()).isEmpty());
    }
    // Little more remains than what came into view, and the seams.
    const long fresh = std::abs(by.x) * view.height + std::abs(by.y) * view.width;
    const long wrong = wrongAfter(moves, before, now);
    QVERIFY2(wrong <= fresh + 2000, qPrintable(QStringLiteral("%1 of %2").arg(wrong).arg(fresh)));
}

void TestScrollDetector::toleratesLinesThatDiffer()
{
    const Picture& text = page();
    const Rect view{0, 0, kWidth, kHeight};
    const Picture before = withView(text, view, {0, 0});
    Picture now = withView(text, view, {0, 20});
    // A caret, and a toolbar that stays where it is.
    pictures::fill(now, {300, 200, 2, 15}, 0xFF0000);
    pictures::blit(before, {0, 0, kWidth, 40}, now, {0, 0});
    const std::vector<Move> moves = movesBetween(before, now);
    QCOMPARE(moves.size(), std::size_t{1});
    QVERIFY(moves[0].target().height > 480);
    QVERIFY(wrongAfter(moves, before, now) < 25 * kWidth);
}

void TestScrollDetector::findsNothingWhereNothingMoved_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("still") << 0;
    QTest::newRow("another photo") << 1;
    QTest::newRow("noise") << 2;
    QTest::newRow("another page") << 3;
    QTest::newRow("one colour") << 4;
    QTest::newRow("a small change") << 5;
    QTest::newRow("stripes") << 6;
}

void TestScrollDetector::findsNothingWhereNothingMoved()
{
    QFETCH(int, kind);
    Picture before(kWidth, kHeight);
    pictures::text(before, before.rect(), 1, true);
    Picture now = before;
    if (kind == 1)
        now = pictures::photo(kWidth, kHeight, 2);
    else if (kind == 2)
        now = pictures::noise(kWidth, kHeight, 2);
    else if (kind == 3)
        pictures::text(now, now.rect(), 77, true);
    else if (kind == 4)
        pictures::fill(now, now.rect(), 0x808080);
    else if (kind == 5)
        pictures::text(now, {100, 100, 200, 60}, 77, true);
    else if (kind == 6)
        for (int y = 0; y < kHeight; y += 2)
            pictures::fill(now, {0, y, kWidth, 1}, 0xFF8000);
    const std::vector<Move> moves = movesBetween(before, now);
    // Pages of text may have blank lines in common; then copying is no loss at least.
    QVERIFY(moves.empty() || wrongAfter(moves, before, now) < wrongAfter({}, before, now));
    QVERIFY(moves.empty() || kind == 3);
}

void TestScrollDetector::hashesTellLinesApart()
{
    const Picture noise = pictures::noise(300, 64, 1);
    for (const Axis axis : {Axis::Rows, Axis::Columns}) {
        const Rect area{3, 1, 290, 60};
        std::vector<std::uint32_t> hashes;
        hashLines(axis, noise.view(), kColorMask, std::array{HashedArea{area, &hashes}});
        const int lines = axis == Axis::Rows ? area.height : area.width;
        QCOMPARE(hashes.size(), static_cast<std::size_t>(lines));
        std::vector<std::uint32_t> sorted = hashes;
        std::sort(sorted.begin(), sorted.end());
        QVERIFY(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
        // Every pixel counts, and the unused octet does not.
        for (const Point p : {Point{3, 1}, {150, 30}, {292, 60}}) {
            Picture other = noise;
            other.row(p.y)[p.x] ^= 0x55000000;
            std::vector<std::uint32_t> changed;
            hashLines(axis, other.view(), kColorMask, std::array{HashedArea{area, &changed}});
            QVERIFY(changed == hashes);
            other.row(p.y)[p.x] ^= 0x100;
            hashLines(axis, other.view(), kColorMask, std::array{HashedArea{area, &changed}});
            const int line = axis == Axis::Rows ? p.y - area.y : p.x - area.x;
            for (int i = 0; i < lines; ++i) {
                const auto at = static_cast<std::size_t>(i);
                QCOMPARE(changed[at] != hashes[at], i == line);
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestScrollDetector)
#include "tst_scroll_detector.moc"
