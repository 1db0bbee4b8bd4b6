#include "show.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <array>

using namespace sightline;

/// What the encoder knows beyond the last frame: windows that are dragged or come back, and films.
class TestFrameMemory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dragsByCopying_data();
    void dragsByCopying();
    void bringsWindowsBack_data();
    void bringsWindowsBack();
    void playsFilm();
    void sendsTilesWhereNoFilmIsUnderstood();
    void endsFilmThatIsScrolled();
    void startsOverInAFilm();
};

void TestFrameMemory::dragsByCopying_data()
{
    QTest::addColumn<Point>("step");
    for (const Point step : {Point{7, 5}, {-9, 3}, {2, -11}, {-1, -1}, {31, 24}})
        QTest::addRow("%d,%d", step.x, step.y) << step;
}

void TestFrameMemory::dragsByCopying()
{
    QFETCH(Point, step);
    const Picture ground = pictures::desktop(800, 600, 3);
    Picture window(400, 300, 0xF0F0F0);
    pictures::text(window, {4, 24, 392, 270}, 7, true);
    pictures::fill(window, {0, 0, 400, 20}, 0x3060A0);
    Show show(ground);
    Point at{200, 150};
    pictures::blit(window, window.rect(), show.screen(), at);
    show.encodeAll();
    show.refine();
    for (int i = 0; i < 4; ++i) {
        at = {at.x + step.x, at.y + step.y};
        show.screen() = ground;
        pictures::blit(window, window.rect(), show.screen(), at);
        show.encodeAll();
        QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
        QCOMPARE(show.model().copies(), 1);
        // What comes to light behind the window, and as much again around it.
        const long fresh = std::abs(step.x) * window.height() + std::abs(step.y) * window.width();
        QVERIFY2(show.model().bytes() < static_cast<std::size_t>(6 * fresh) + 3000,
            qPrintable(QStringLiteral("%1 octets").arg(show.model().bytes())));
        show.refine();
        QCOMPARE(show.wrongPixels(), 0L);
    }
}

void TestFrameMemory::bringsWindowsBack_data()
{
    QTest::addColumn<int>("slots_");
    QTest::addColumn<bool>("isEnough");
    QTest::newRow("all fit") << 4096 << true;
    QTest::newRow("a few fit") << 10 << false;
    QTest::newRow("no cache") << 0 << false;
}

void TestFrameMemory::bringsWindowsBack()
{
    QFETCH(int, slots_);
    QFETCH(bool, isEnough);
    std::array<Picture, 3> windows;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        windows[i] = Picture(700, 512, 0xFFFFFF);
        pictures::text(windows[i], windows[i].rect(), 10 + i, true);
    }
    Show show(windows[0], true, {.cacheSlots = slots_, .cacheBytes = 16 * 1024 * 1024});
    std::size_t first = 0;
    for (int round = 0; round < 9; ++round) {
        show.screen() = windows[static_cast<std::size_t>(round) % windows.size()];
        show.encodeAll();
        QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
        if (round == 0)
            first = show.model().bytes();
        if (round >= 3 && isEnough)
            QVERIFY(show.model().bytes() < first / 4); // the columns at the right edge are no whole tiles
        show.refine();
        QCOMPARE(show.wrongPixels(), 0L);
    }
    QCOMPARE(show.model().cacheHits() > 0, isEnough);
    QVERIFY(show.model().cachedTiles() <= static_cast<std::size_t>(slots_));
}

namespace {

constexpr ViewerAbilities kFilms{.avc420 = true};

/// Pictures of a film, one after the other, with the grain that tells it from a picture that is moved.
void showFilm(Show& show, const Rect& area, int pictures)
{
    static const Picture scenery = pictures::photo(900, 700, 4);
    pictures::Random random(9);
    for (int i = 0; i < pictures; ++i) {
        pictures::blit(
            scenery, {7 * i % 300, 5 * i % 200, area.width, area.height}, show.screen(), {area.x, area.y});
        for (int y = area.y; y < area.bottom(); ++y) {
            for (int x = area.x; x < area.right(); ++x)
                show.screen().row(y)[x] ^= random.next() & 0x030303;
        }
        show.encode({area});
    }
}

} // namespace

void TestFrameMemory::playsFilm()
{
    Show show(pictures::desktop(800, 600, 2), true, kFilms);
    show.encodeAll();
    show.refine();
    const Rect area{150, 101, 401, 301};
    showFilm(show, area, 40);
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
    QVERIFY(show.model().filmFrames() > 20);
    QVERIFY(show.model().filmArea().contains(area));
    QVERIFY(show.model().filmArea().area() < area.area() * 11 / 10);
    QVERIFY2(show.quality() > 35, qPrintable(QString::number(show.quality())));
    // Text beside it is exact at once.
    const Rect line{160, 500, 300, 40};
    pictures::text(show.screen(), line, 3, true);
    show.encode({line});
    QCOMPARE(differingPixels(show.model().screen().view().part(line), show.screen().view().part(line)), 0L);
    QVERIFY(show.encoder().hasVideo());
    // At rest all of it is.
    QVERIFY(show.encoder().refinementDue() < TimePoint::max());
    show.refine(20000);
    QVERIFY(!show.encoder().hasVideo());
    QCOMPARE(show.encoder().refinementDue(), TimePoint::max());
    QCOMPARE(show.wrongPixels(), 0L);
    // And it can go on.
    showFilm(show, area, 20);
    QVERIFY(show.encoder().hasVideo());
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
}

void TestFrameMemory::sendsTilesWhereNoFilmIsUnderstood()
{
    Show show(pictures::desktop(800, 600, 2));
    show.encodeAll();
    showFilm(show, {150, 100, 400, 300}, 40);
    QCOMPARE(show.model().filmFrames(), 0);
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameMemory::endsFilmThatIsScrolled()
{
    Picture page(800, 1200, 0xFFFFFF);
    pictures::text(page, page.rect(), 6, true);
    Show show(Picture(800, 600), true, kFilms);
    pictures::blit(page, {0, 0, 800, 600}, show.screen(), {0, 0});
    show.encodeAll();
    show.refine();
    showFilm(show, {150, 100, 400, 300}, 30);
    QVERIFY(show.encoder().hasVideo());
    const Picture before = show.screen();
    pictures::blit(before, {0, 60, 800, 540}, show.screen(), {0, 0});
    pictures::blit(page, {0, 600, 800, 60}, show.screen(), {0, 540});
    Rects unsent{show.screen().rect()};
    for (int i = 0; i < 4; ++i)
        unsent = show.encode(unsent).remaining;
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
}

void TestFrameMemory::startsOverInAFilm()
{
    Show show(pictures::desktop(800, 600, 2), true, kFilms);
    show.encodeAll();
    showFilm(show, {150, 100, 400, 300}, 30);
    QVERIFY(show.encoder().hasVideo());
    show.reset(pictures::desktop(640, 500, 3));
    QVERIFY(!show.encoder().hasVideo());
    show.encodeAll();
    showFilm(show, {100, 100, 300, 200}, 30);
    QVERIFY(show.encoder().hasVideo());
    show.refine();
    QCOMPARE(show.wrongPixels(), 0L);
    QVERIFY2(show.model().fault().isEmpty(), qPrintable(show.model().fault()));
}

QTEST_GUILESS_MAIN(TestFrameMemory)
#include "tst_frame_memory.moc"
