#include "relay_show.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

/// A real encoder on one side, viewers on paths of all kinds on the other, in a time of their own.
class TestGfxRelay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quickViewersGetEveryFrame();
    void aLateJoinerIsSharpAtOnce_data();
    void aLateJoinerIsSharpAtOnce();
    void aSlowViewerIsNeverOld_data();
    void aSlowViewerIsNeverOld();
    void aStalledViewerCostsNothing();
    void acknowledgementsFollowTheQuickest();
    void aLateJoinerGetsTheFilm();
    void keepsThePictureUntilANewSourceShows();
    void refusesNonsense();
    void manyJoinersShareRepairs();
    void memoryIsBounded();
};

namespace {

/// Something small, and never the same.
void type(RelayShow& show, int n)
{
    const Rect letter{100 + n % 20 * 9, 100 + n / 20 % 4 * 20, 9, 20};
    pictures::fill(show.picture, letter, static_cast<std::uint32_t>(n * 7919 + 1) & kColorMask);
    show.frame({letter});
}

long differing(const PictureView& a, const PictureView& b)
{
    long count = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x)
            count += ((a.row(y)[x] ^ b.row(y)[x]) & kColorMask) != 0 ? 1 : 0;
    }
    return count;
}

// A tile carries the time as six black or white blocks in its first rows, which any codec keeps.
constexpr int kDigits = 6;
constexpr int kBlock = 8;

void stamp(Picture& picture, const Rect& tile, int time)
{
    for (int digit = 0; digit < kDigits; ++digit) {
        pictures::fill(picture, {tile.x + digit * kBlock, tile.y, kBlock, kBlock},
            (time >> digit & 1) != 0 ? 0xFFFFFF : 0);
    }
}

int timeIn(const PictureView& picture, const Rect& tile)
{
    int time = 0;
    for (int digit = 0; digit < kDigits; ++digit) {
        int sum = 0;
        for (int y = 2; y < 6; ++y) {
            for (int x = 2; x < 6; ++x)
                sum += static_cast<int>(picture.row(tile.y + y)[tile.x + digit * kBlock + x] >> 8 & 0xFF);
        }
        time |= (sum > 16 * 128 ? 1 : 0) << digit;
    }
    return time;
}

} // namespace

void TestGfxRelay::quickViewersGetEveryFrame()
{
    RelayShow show(pictures::desktop(640, 400, 1));
    for (int i = 0; i < 5; ++i)
        show.add(12.5e6);
    show.refine();
    const std::uint64_t repaired = show.relay.statistics().bytesRepaired;
    const std::uint64_t missed = show.relay.statistics().framesMissed;
    for (int i = 0; i < 60; ++i)
        type(show, i);
    show.refine();
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
    QCOMPARE(show.relay.statistics().framesMissed, missed);
    QCOMPARE(show.relay.statistics().bytesRepaired, repaired);
    QCOMPARE(show.relay.statistics().viewersInStep, 5);
    QCOMPARE(differing(show.relay.screen().output(), show.picture.view()), 0L);
    // Passed on once, and nobody got more than the others.
    for (const auto& [id, viewer] : show.viewers)
        QCOMPARE(viewer->bytes(), show.viewers.begin()->second->bytes());
}

void TestGfxRelay::aLateJoinerIsSharpAtOnce_data()
{
    QTest::addColumn<bool>("isText");
    QTest::newRow("text") << true;
    QTest::newRow("desktop with a photo") << false;
}

void TestGfxRelay::aLateJoinerIsSharpAtOnce()
{
    QFETCH(bool, isText);
    Picture start = pictures::desktop(1920, 1080, 3);
    if (isText)
        pictures::text(start, start.rect(), 5, true);
    RelayShow show(std::move(start));
    show.add(12.5e6);
    show.refine();
    show.pass(1s);
    ModelViewer& late = show.add(2.5e6); // 20 Mbit/s
    Duration waited{};
    for (; waited < 3s && late.frames() == 0; waited += RelayShow::kTick)
        show.pass(RelayShow::kTick);
    QVERIFY2(waited <= 500ms, qPrintable(QString::number(waited / 1ms)));
    // Text is exact at once, a photo looks like it.
    const Rect text{200, 150, 800, 400};
    QCOMPARE(differing(late.screen().output().part(text), show.picture.view().part(text)), 0L);
    show.pass(4s);
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
    QCOMPARE(differing(late.screen().output(), show.picture.view()), 0L);
}

void TestGfxRelay::aSlowViewerIsNeverOld_data()
{
    QTest::addColumn<Rect>("area");
    QTest::newRow("a window") << Rect{128, 128, 384, 256};
    QTest::newRow("everything") << Rect{0, 0, 1280, 704};
}

void TestGfxRelay::aSlowViewerIsNeverOld()
{
    QFETCH(Rect, area);
    RelayShow show(pictures::desktop(1280, 704, 3));
    show.add(12.5e6);
    show.refine();
    ModelViewer& slow = show.add(32'000); // 256 kbit/s
    show.pass(5s);
    const TileGrid grid{{1280, 704}};
    int oldest = 0;
    constexpr int kPeriod = 1 << kDigits;
    constexpr int kFrames = 120;
    for (int time = 0; time < kFrames; ++time) { // of 60 ms each
        pictures::text(show.picture, area, static_cast<std::uint64_t>(time), true);
        grid.forEachTile(area, [&](int, const Rect& tile) { stamp(show.picture, tile, time % kPeriod); });
        show.frame({area});
        show.pass(30ms);
        if (time < 40)
            continue;
        grid.forEachTile(area, [&](int, const Rect& tile) {
            const int shown = timeIn(slow.screen().output(), tile);
            oldest = std::max(oldest, (time % kPeriod - shown + kPeriod) % kPeriod);
        });
    }
    QVERIFY2(oldest * 60 <= 2000, qPrintable(QStringLiteral("%1 ms").arg(oldest * 60)));
    show.refine();
    show.pass(60s);
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
    QCOMPARE(differing(slow.screen().output(), show.picture.view()), 0L);
}

void TestGfxRelay::aStalledViewerCostsNothing()
{
    const auto framesOf = [](bool hasStalled) {
        RelayShow show(pictures::desktop(640, 400, 1));
        ModelViewer& quick = show.add(12.5e6);
        ModelViewer& other = show.add(hasStalled ? 32'000 : 12.5e6);
        show.refine();
        other.setStalled(hasStalled);
        const int before = quick.frames();
        for (int i = 0; i < 300; ++i)
            type(show, i);
        const int frames = quick.frames() - before;
        if (other.queuedBytes() > 64 * 1024)
            return -1;
        other.setStalled(false);
        show.refine();
        show.pass(10s);
        return show.wrong().empty() ? frames : -2;
    };
    const int alone = framesOf(false);
    QVERIFY(alone >= 290);
    QCOMPARE(framesOf(true), alone);
}

void TestGfxRelay::acknowledgementsFollowTheQuickest()
{
    // Nobody answers: the relay does. Then a stalled viewer beside a quick one holds up nothing.
    RelayShow show(pictures::desktop(320, 200, 1));
    ModelViewer& stalled = show.add(1e6);
    stalled.setStalled(true);
    for (int i = 0; i < 100; ++i)
        type(show, i);
    QVERIFY(show.frames > 30);
    show.add(12.5e6);
    show.pass(1s);
    const int before = show.frames;
    for (int i = 1000; i < 1100; ++i)
        type(show, i);
    QCOMPARE(show.frames - before, 100);
}

void TestGfxRelay::aLateJoinerGetsTheFilm()
{
    RelayShow show(pictures::desktop(640, 400, 1));
    ModelViewer& early = show.add(12.5e6);
    show.add(12.5e6, false); // decodes no film
    const auto play = [&](int n) {
        pictures::blit(pictures::photo(256, 256, static_cast<std::uint64_t>(n)), {0, 0, 256, 256},
            show.picture, {192, 64});
        show.frame({{192, 64, 256, 256}});
    };
    for (int i = 0; i < 40; ++i)
        play(i);
    QVERIFY(show.filmPictures > 20);
    ModelViewer& late = show.add(12.5e6);
    show.pass(200ms);
    for (int i = 40; i < 45; ++i)
        play(i);
    QVERIFY2(show.wrong().empty() || late.frames() > 0, "the film shows as tiles");
    for (int i = 45; i < 100; ++i)
        play(i);
    QVERIFY(show.refreshes >= 1 && show.refreshes <= 3);
    const int frames = late.frames();
    const int earlyFrames = early.frames();
    for (int i = 100; i < 130; ++i)
        play(i);
    QCOMPARE(late.frames() - frames, early.frames() - earlyFrames); // in step, without repairs
    show.pass(500ms);
    show.refine();
    show.pass(2s);
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
    for (const auto& [id, viewer] : show.viewers)
        QCOMPARE(differing(viewer->screen().output(), show.picture.view()), 0L);
}

void TestGfxRelay::keepsThePictureUntilANewSourceShows()
{
    RelayShow show(pictures::desktop(320, 200, 1));
    ModelViewer& viewer = show.add(12.5e6);
    show.refine();
    show.pass(1s);
    const Picture before = show.picture;
    show.relay.endSource(show.now);
    show.pass(1s);
    QCOMPARE(differing(viewer.screen().output(), before.view()), 0L);
    show.picture = pictures::desktop(400, 300, 2);
    show.attach(); // sends ResetGraphics and a surface, but no frame yet
    show.pass(1s);
    QCOMPARE(viewer.screen().output().rect(), before.rect());
    QCOMPARE(differing(viewer.screen().output(), before.view()), 0L);
    ModelViewer& late = show.add(12.5e6);
    show.pass(1s);
    QCOMPARE(differing(late.screen().output(), before.view()), 0L);
    show.refine();
    show.pass(1s);
    QCOMPARE(differing(viewer.screen().output(), show.picture.view()), 0L);
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
}

void TestGfxRelay::refusesNonsense()
{
    RelayShow show(pictures::desktop(320, 200, 1));
    ModelViewer& viewer = show.add(12.5e6);
    show.refine();
    show.pass(2s);
    const std::size_t bytes = viewer.bytes();
    show.relay.accept(StartFrame{77}, show.now);
    show.relay.accept(
        TileData{1, TileCodec::Planar, {0, 0, 64, 64}, std::make_shared<const Bytes>(Bytes{0x30, 0xFF})},
        show.now);
    QVERIFY(show.hasFailed);
    show.relay.accept(SolidFill{1, 0, {{0, 0, 64, 64}}}, show.now);
    show.pass(1s);
    QCOMPARE(QString::fromStdString(viewer.fault()), QString());
    QVERIFY(viewer.bytes() - bytes < 200); // an empty frame
    QVERIFY(!viewer.screen().isInsideFrame());
}

void TestGfxRelay::manyJoinersShareRepairs()
{
    RelayShow show(pictures::desktop(640, 400, 1));
    show.refine();
    show.add(12.5e6);
    show.pass(1s);
    const RelayStatistics one = show.relay.statistics();
    for (int i = 0; i < 20; ++i)
        show.add(12.5e6);
    show.pass(1s);
    const RelayStatistics all = show.relay.statistics();
    QCOMPARE(QString::fromStdString(show.wrong()), QString());
    QCOMPARE(all.repairsEncoded, one.repairsEncoded);
    QCOMPARE(all.viewersInStep, 21);
}

void TestGfxRelay::memoryIsBounded()
{
    RelayShow show(pictures::desktop(1280, 704, 1));
    for (int i = 0; i < 5; ++i)
        show.add(32'000).setStalled(i % 2 == 0);
    pictures::Random random(4);
    for (int i = 0; i < 200; ++i) {
        const Rect area{random.below(1000), random.below(500), 280, 200};
        pictures::text(show.picture, area, random.next(), true);
        show.frame({area});
    }
    const RelayStatistics statistics = show.relay.statistics();
    QVERIFY2(statistics.ledgerBytes / 5 < 64 * 1024, qPrintable(QString::number(statistics.ledgerBytes)));
    QVERIFY(statistics.bankBytes <= RepairBank::kMostBytes);
    for (const auto& [id, viewer] : show.viewers)
        QVERIFY(viewer->queuedBytes() < 64 * 1024);
}

QTEST_APPLESS_MAIN(TestGfxRelay)
#include "tst_gfx_relay.moc"
