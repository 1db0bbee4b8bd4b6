#include "show.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;

/// A host's encoder and a viewer's decoders together: whatever happens on the screen, the viewer ends exact.
class TestFrameEncoder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsExact_data();
    void endsExact();
    void startsOverOnReset();
    void sendsNothingWhenNothingChanged();
    void looksOnlyAtDamage();
    void ignoresTheUnusedOctet();
    void clipsDamage();
    void keepsToTheByteBudget();
    void scrollsByCopying_data();
    void scrollsByCopying();
    void copiesKeepTheirMarks();
    void refinesTheNewestFirst();
    void fillsAreMerged();
};

namespace {

constexpr bool kLossless = false;

Rect someRect(pictures::Random& random, const Picture& picture)
{
    const int width = 1 + random.below(random.below(4) == 0 ? picture.width() : 90);
    const int height = 1 + random.below(random.below(4) == 0 ? picture.height() : 90);
    return intersected(
        {random.below(picture.width()), random.below(picture.height()), width, height}, picture.rect());
}

/// Moves what is inside `area` by `by` and puts noise or text where nothing came from.
void scroll(Picture& picture, const Rect& area, Point by, pictures::Random& random)
{
    const Picture before = picture;
    if (random.below(2) == 0)
        pictures::text(picture, area, random.next(), true);
    const Rect target = intersected(area, {area.x + by.x, area.y + by.y, area.width, area.height});
    if (!target.isEmpty())
        pictures::blit(before, {target.x - by.x, target.y - by.y, target.width, target.height}, picture,
            {target.x, target.y});
}

/// Something that happens on screens; where.
Rects happen(Picture& picture, pictures::Random& random)
{
    const Rect area = someRect(random, picture);
    switch (random.below(9)) {
    case 0:
        pictures::fill(picture, area, random.next() & kColorMask);
        return {area};
    case 1:
        pictures::text(picture, area, random.next(), random.below(2) == 0);
        return {area};
    case 2:
        pictures::blit(pictures::photo(area.width, area.height, random.next()),
            {0, 0, area.width, area.height}, picture, {area.x, area.y});
        return {area};
    case 3:
        pictures::blit(pictures::noise(area.width, area.height, random.next()),
            {0, 0, area.width, area.height}, picture, {area.x, area.y});
        return {area};
    case 4:
    case 5:
        scroll(picture, picture.rect(), {0, random.below(61) - 30}, random);
        return {picture.rect()};
    case 6:
        scroll(picture, area, {random.below(2) * (random.below(41) - 20), random.below(41) - 20}, random);
        return {area};
    case 7: // nothing at all, reported in overlapping pieces and beyond the edges
        return {area, area, {area.x - 500, area.y - 500, 700, 700}, {}, {0, 0, -3, 5}};
    default:
        picture.row(area.y)[area.x] ^= 1 + random.next() % 0xFFFFFF;
        return {{area.x, area.y, 1, 1}};
    }
}

} // namespace

void TestFrameEncoder::endsExact_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<bool>("allowLossy");
    QTest::addColumn<int>("cacheSlots");
    QTest::addColumn<int>("edits");
    const std::array<QSize, 8> sizes{
        QSize{1, 1}, {1, 200}, {200, 1}, {63, 65}, {64, 64}, {65, 63}, {320, 200}, {517, 389}};
    QTest::addRow("640x512 with a cache") << 640 << 512 << true << 4096 << 60;
    QTest::addRow("640x512 with a small cache") << 640 << 512 << true << 20 << 60;
    for (const QSize& size : sizes) {
        for (const bool allowLossy : {true, false}) {
            QTest::addRow("%dx%d %s", size.width(), size.height(), allowLossy ? "lossy" : "lossless")
                << size.width() << size.height() << allowLossy << 0 << 60;
        }
    }
}

void TestFrameEncoder::endsExact()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(bool, allowLossy);
    QFETCH(int, cacheSlots);
    QFETCH(int, edits);
    pictures::Random random(static_cast<std::uint64_t>(width * 7 + height));
    Show show(pictures::desktop(width, height, 1), allowLossy,
        {.avc420 = cacheSlots > 0, .cacheSlots = cacheSlots, .cacheBytes = 16 * 1024 * 1024});
    Rects unsent{show.screen().rect()};
    for (int i = 0; i < edits; ++i) {
        const std::size_t budget = random.below(3) == 0 ? 4000 : 0;
        const auto outcome = show.encode(unsent, budget);
        QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
        QVERIFY(outcome.isEmpty == (outcome.tiles == 0));
        unsent = outcome.remaining;
        if (random.below(4) == 0) {
            // At rest: everything that is still missing, then everything that is not exact.
            while (!unsent.empty())
                unsent = show.encode(unsent, 20000).remaining;
            QVERIFY2(show.quality() > 30, qPrintable(QString::number(show.quality())));
            show.refine(random.below(2) == 0 ? 0 : 5000);
            QCOMPARE(show.wrongPixels(), 0L);
        }
        const Rects damage = happen(show.screen(), random);
        unsent.insert(unsent.end(), damage.begin(), damage.end());
    }
    show.encode(unsent);
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
    QVERIFY(allowLossy || !show.encoder().hasLossyTiles());
}

void TestFrameEncoder::startsOverOnReset()
{
    Show show(pictures::desktop(200, 150, 1));
    show.encodeAll();
    for (const QSize size : {QSize(200, 150), QSize(333, 77), QSize(64, 64)}) {
        show.reset(pictures::desktop(size.width(), size.height(), 1));
        const auto outcome = show.encodeAll();
        QVERIFY(!outcome.isEmpty);
        show.refine();
        QCOMPARE(show.wrongPixels(), 0L);
        QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
    }
    // A picture of another size than was said is not sent.
    QVERIFY(show.encoder().encode(Picture(65, 64).view(), {{0, 0, 64, 64}}, 99).isEmpty);
}

void TestFrameEncoder::sendsNothingWhenNothingChanged()
{
    Show show(pictures::desktop(400, 300, 1));
    show.encodeAll();
    const int frames = show.model().frames();
    const auto outcome = show.encodeAll();
    QVERIFY(outcome.isEmpty);
    QCOMPARE(outcome.tiles, 0);
    QCOMPARE(outcome.bytes, std::size_t{0});
    QVERIFY(show.encode({}).isEmpty);
    QCOMPARE(show.model().frames(), frames);
    show.refine();
    QVERIFY(show.encoder().refine(show.screen().view(), 1000, {}).isEmpty);
}

void TestFrameEncoder::looksOnlyAtDamage()
{
    Show show(Picture(256, 128, 0x808080));
    show.encodeAll();
    show.screen().row(10)[10] = 1;
    show.screen().row(10)[200] = 2;
    show.encode({{0, 0, 64, 64}});
    QCOMPARE(show.wrongPixels(), 1L);
    show.encode({{200, 10, 1, 1}});
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameEncoder::ignoresTheUnusedOctet()
{
    Show show(pictures::desktop(200, 100, 1));
    show.encodeAll();
    pictures::Random random(1);
    for (int y = 0; y < 100; ++y)
        for (int x = 0; x < 200; ++x)
            show.screen().row(y)[x] |= random.next() << 24;
    QVERIFY(show.encodeAll().isEmpty);
    show.reset(show.screen());
    show.encodeAll();
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameEncoder::clipsDamage()
{
    Show show(pictures::desktop(130, 70, 1), kLossless);
    show.encode({{-1000, -1000, 5000, 5000}});
    QCOMPARE(show.wrongPixels(), 0L);
    show.screen().row(69)[129] ^= 0x00FF00;
    QVERIFY(show.encode({{130, 70, 10, 10}, {-5, -5, 5, 5}, {0, 0, 0, 0}, {5, 5, -2, 100}}).isEmpty);
    QVERIFY(!show.encode({{129, 69, 100000, 100000}}).isEmpty);
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameEncoder::keepsToTheByteBudget()
{
    Show show(pictures::noise(640, 512, 1), kLossless);
    constexpr std::size_t kBudget = 50000;
    Rects unsent{show.screen().rect()};
    int frames = 0;
    while (!unsent.empty() && frames < 1000) {
        const auto outcome = show.encode(unsent, kBudget);
        QVERIFY(!outcome.isEmpty);
        QVERIFY(outcome.bytes >= 1);
        // One strip of tiles may go over it.
        QVERIFY(outcome.bytes <= kBudget + 640 * 64 * 3 + 2);
        QCOMPARE(outcome.bytes, show.model().bytes());
        unsent = outcome.remaining;
        ++frames;
    }
    QVERIFY(frames > 1);
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameEncoder::scrollsByCopying_data()
{
    QTest::addColumn<Rect>("view");
    QTest::addColumn<Point>("step");
    const Rect whole{0, 0, 640, 480};
    const Rect window{131, 40, 437, 371};
    for (const Point step : {Point{0, 1}, {0, 7}, {0, -7}, {0, 150}, {13, 0}, {-40, 0}}) {
        QTest::addRow("everything by %d,%d", step.x, step.y) << whole << step;
        QTest::addRow("a window by %d,%d", step.x, step.y) << window << step;
    }
}

void TestFrameEncoder::scrollsByCopying()
{
    QFETCH(Rect, view);
    QFETCH(Point, step);
    static const Picture page = [] {
        Picture picture(1160, 1330);
        pictures::text(picture, picture.rect(), 5, true);
        pictures::blit(pictures::photo(200, 150, 1), {0, 0, 200, 150}, picture, {500, 500});
        return picture;
    }();
    Show show(pictures::desktop(640, 480, 1));
    Point at{400, 400};
    pictures::blit(page, {at.x, at.y, view.width, view.height}, show.screen(), {view.x, view.y});
    show.encodeAll();
    show.refine();
    const std::size_t first = show.model().bytes();
    for (int i = 0; i < 3; ++i) {
        at = {at.x + step.x, at.y + step.y};
        pictures::blit(page, {at.x, at.y, view.width, view.height}, show.screen(), {view.x, view.y});
        // Something unrelated happens in the same frame.
        pictures::fill(show.screen(), {view.x + 20, view.y + 100 + i, 2, 12}, 0xFF0000);
        show.encodeAll();
        QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
        QVERIFY(show.model().copies() >= 1);
        // What is new, and at most as much again around it.
        const long fresh = std::abs(step.x) * view.height + std::abs(step.y) * view.width;
        QVERIFY2(show.model().bytes() < static_cast<std::size_t>(6 * fresh) + 3000,
            qPrintable(QStringLiteral("%1 octets").arg(show.model().bytes())));
        show.refine();
        QCOMPARE(show.wrongPixels(), 0L);
    }
    QVERIFY(first > 0);
}

void TestFrameEncoder::copiesKeepTheirMarks()
{
    Show show(pictures::photo(512, 512, 1));
    show.encodeAll();
    QVERIFY(show.encoder().hasLossyTiles());
    // The lower half, lossy still, moves up; what comes after it is plain.
    const Picture before = show.screen();
    pictures::blit(before, {0, 200, 512, 312}, show.screen(), {0, 0});
    pictures::fill(show.screen(), {0, 312, 512, 200}, 0x204060);
    show.encodeAll();
    QVERIFY(show.model().copies() >= 1);
    QVERIFY(show.wrongPixels() > 0);
    QVERIFY(show.quality() > 35);
    show.refine(10000);
    QCOMPARE(show.wrongPixels(), 0L);
    QVERIFY(!show.encoder().hasLossyTiles());
}

void TestFrameEncoder::refinesTheNewestFirst()
{
    Show show(pictures::photo(256, 256, 1));
    show.encodeAll();
    const Rect newest{64, 128, 64, 64};
    pictures::blit(pictures::photo(64, 64, 9), {0, 0, 64, 64}, show.screen(), {newest.x, newest.y});
    show.encode({newest});
    QVERIFY(
        differingPixels(show.model().screen().view().part(newest), show.screen().view().part(newest)) > 0);
    const auto outcome = show.encoder().refine(show.screen().view(), 77, {.byteBudget = 1});
    QCOMPARE(outcome.tiles, 1);
    QVERIFY(outcome.bytes > 0);
    QCOMPARE(
        differingPixels(show.model().screen().view().part(newest), show.screen().view().part(newest)), 0L);
    QVERIFY(show.encoder().hasLossyTiles());
}

void TestFrameEncoder::fillsAreMerged()
{
    Show show(Picture(1000, 700, 0x123456));
    QCOMPARE(show.encodeAll().bytes, std::size_t{0});
    QCOMPARE(show.model().commands(), 1);
    QCOMPARE(show.wrongPixels(), 0L);
    pictures::fill(show.screen(), {0, 0, 1000, 350}, 0xFFFFFF);
    show.encodeAll();
    QVERIFY(show.model().commands() <= 3);
    QCOMPARE(show.wrongPixels(), 0L);
}

QTEST_GUILESS_MAIN(TestFrameEncoder)
#include "tst_frame_encoder.moc"
