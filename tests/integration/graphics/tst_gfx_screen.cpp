#include "core/graphics/avc420_stream.h"
#include "core/graphics/frame_encoder.h"
#include "core/graphics/gfx_screen.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/tile_grid.h"
#include "screen_model.h"
#include "tests/unit/graphics/test_pictures.h"

#include <freerdp/codec/color.h>
#include <freerdp/codec/rfx.h>
#include <freerdp/constants.h>
#include <freerdp/settings.h>
#include <winpr/stream.h>

#include <QTest>

#include <memory>

using namespace sightline;

/// Our own decoders and FreeRDP's show the same, to the bit.
class TestGfxScreen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsWhatFreeRdpShows_data();
    void showsWhatFreeRdpShows();
    void refreshesAreas();
    void tilesServeSeveralMessages();
    void decodesForeignRemoteFx_data();
    void decodesForeignRemoteFx();
};

namespace {

/// Both, side by side.
class Both : public GfxSink {
public:
    void accept(GfxCommand command) override
    {
        if (const Result<void> done = screen.execute(command); !done && fault.isEmpty())
            fault = done.error().toString();
        const bool isEnd = std::holds_alternative<EndFrame>(command);
        model.accept(std::move(command));
        if (!model.fault().isEmpty() && fault.isEmpty())
            fault = model.fault();
        if (isEnd && fault.isEmpty()) {
            // FreeRDP turns the colours of a film into pixels a little differently.
            const long wrong = differingPixels(model.screen().view(), screen.output());
            if (wrong > 0 && (model.filmFrames() == 0 || psnr(model.screen().view(), screen.output()) < 40))
                fault = QStringLiteral("%1 pixels differ in frame %2").arg(wrong).arg(model.frames());
        }
    }

    GfxScreen screen;
    ScreenModel model;
    QString fault;
};

void change(Picture& picture, pictures::Random& random)
{
    const Rect area = intersected({random.below(picture.width()), random.below(picture.height()),
                                      1 + random.below(300), 1 + random.below(300)},
        picture.rect());
    const auto put = [&](const Picture& what) {
        pictures::blit(what, {0, 0, area.width, area.height}, picture, {area.x, area.y});
    };
    switch (random.below(5)) {
    case 0:
        return pictures::fill(picture, area, random.next() & kColorMask);
    case 1:
        return pictures::text(picture, area, random.next(), true);
    case 2:
        return put(pictures::photo(area.width, area.height, random.next()));
    case 3:
        return put(pictures::noise(area.width, area.height, random.next()));
    default: {
        const Picture before = picture;
        const int by = random.below(40);
        pictures::blit(before, {0, by, picture.width(), picture.height() - by}, picture, {0, 0});
    }
    }
}

/// What FreeRDP's own encoder makes of a picture.
Bytes encodedByFreeRdp(const Picture& picture, RLGR_MODE mode)
{
    const auto width = static_cast<UINT16>(picture.width());
    const auto height = static_cast<UINT16>(picture.height());
    const std::unique_ptr<RFX_CONTEXT, void (*)(RFX_CONTEXT*)> context(
        rfx_context_new_ex(TRUE, THREADING_FLAGS_DISABLE_THREADS), rfx_context_free);
    const std::unique_ptr<wStream, void (*)(wStream*)> stream(
        Stream_New(nullptr, 1 << 20), [](wStream* s) { Stream_Free(s, TRUE); });
    rfx_context_set_mode(context.get(), mode);
    rfx_context_set_pixel_format(context.get(), PIXEL_FORMAT_BGRX32);
    const RFX_RECT all{0, 0, width, height};
    if (!rfx_context_reset(context.get(), width, height)
        || !rfx_compose_message(context.get(), stream.get(), &all, 1,
            reinterpret_cast<const BYTE*>(picture.row(0)), width, height, width * 4U))
        return {};
    return {Stream_Buffer(stream.get()), Stream_Buffer(stream.get()) + Stream_GetPosition(stream.get())};
}

} // namespace

void TestGfxScreen::showsWhatFreeRdpShows_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("film");
    QTest::newRow("one tile") << QSize(64, 64) << false;
    QTest::newRow("odd") << QSize(517, 389) << false;
    QTest::newRow("some tiles") << QSize(640, 512) << false;
    QTest::newRow("with a film") << QSize(640, 512) << true;
}

void TestGfxScreen::showsWhatFreeRdpShows()
{
    QFETCH(QSize, size);
    QFETCH(bool, film);
    pictures::Random random(static_cast<std::uint64_t>(size.width()));
    Picture picture = pictures::desktop(size.width(), size.height(), 5);
    Both both;
    FrameEncoder encoder(both, {});
    encoder.reset(
        {size.width(), size.height()}, {.avc420 = true, .cacheSlots = 200, .cacheBytes = 16 * 1024 * 1024});
    TimePoint now{std::chrono::hours(1)};
    bool hadFilm = false;
    for (std::uint32_t frame = 1; frame < 120 && both.fault.isEmpty(); frame += 2) {
        now += std::chrono::milliseconds(33);
        if (film && frame > 10 && frame < 100)
            pictures::blit(pictures::photo(256, 256, frame), {0, 0, 256, 256}, picture, {128, 128});
        else
            change(picture, random);
        encoder.encode(picture.view(), {picture.rect()}, frame, {.now = now});
        hadFilm = hadFilm || encoder.hasVideo();
        if (frame % 10 == 1)
            encoder.refine(picture.view(), frame + 1, {.byteBudget = 20000, .now = now});
    }
    QCOMPARE(both.fault, QString());
    QCOMPARE(hadFilm, film);
}

/// A viewer that has lost some areas asks for them, and those alone: their film goes on with a key picture.
void TestGfxScreen::refreshesAreas()
{
    class Counter : public GfxSink {
    public:
        void accept(GfxCommand command) override
        {
            const auto* tile = std::get_if<TileData>(&command);
            if (!tile)
                return;
            if (tile->codec != TileCodec::Avc420)
                return areas.push_back(tile->rect);
            ++pictures;
            const Result<Avc420Stream> stream = parseAvc420(*tile->payload);
            keys += stream && stream->isKey ? 1 : 0;
        }
        Rects areas;
        int pictures = 0;
        int keys = 0;
    };
    Counter counter;
    Picture picture = pictures::desktop(640, 512, 5);
    FrameEncoder encoder(counter, {});
    encoder.reset({640, 512}, {.avc420 = true});
    TimePoint now{std::chrono::hours(1)};
    std::uint32_t frame = 0;
    const auto play = [&] {
        now += std::chrono::milliseconds(33);
        pictures::blit(pictures::photo(256, 256, ++frame), {0, 0, 256, 256}, picture, {128, 128});
        encoder.encode(picture.view(), {picture.rect()}, frame, {.now = now});
    };
    for (int i = 0; i < 40; ++i)
        play();
    QVERIFY(counter.pictures > 20);
    QCOMPARE(counter.keys, 1);
    counter.areas.clear();
    encoder.refresh({{140, 140, 10, 10}});
    play();
    QCOMPARE(counter.keys, 2);
    QVERIFY(counter.areas.empty());
    encoder.refresh({{10, 450, 50, 20}}); // outside of the film
    play();
    play();
    QCOMPARE(counter.keys, 2);
    QCOMPARE(counter.areas.size(), std::size_t(1));
    QVERIFY((counter.areas[0].contains({10, 450, 50, 20})));
}

/// A tile that was encoded for one message is right in another one that begins elsewhere, at every level.
void TestGfxScreen::tilesServeSeveralMessages()
{
    const Picture picture = pictures::desktop(400, 300, 3);
    const TileGrid grid{{400, 300}};
    for (const int level : {0, 4, 8, 11}) {
        RemoteFxEncoder first(level);
        RemoteFxEncoder second(level);
        first.begin(picture.rect());
        second.begin({64, 64, 336, 236});
        for (int tile = 0; tile < grid.count(); ++tile) {
            if (grid.columnOf(tile) == 0 || grid.rowOf(tile) == 0)
                continue;
            first.add(picture.view(), grid.tile(tile));
            second.addEncoded(grid.tile(tile), first.lastTile());
        }
        const auto show = [](Both& both, RemoteFxEncoder& encoder, const Rect& place) {
            both.accept(ResetGraphics{{400, 300}});
            both.accept(CreateSurface{1, {400, 300}});
            both.accept(MapSurfaceToOutput{1, {}});
            both.accept(StartFrame{1});
            both.accept(SolidFill{1, 0x808080, {{0, 0, 400, 300}}});
            const auto octets = encoder.finish();
            both.accept(TileData{
                1, TileCodec::RemoteFx, place, std::make_shared<const Bytes>(octets.begin(), octets.end())});
            both.accept(EndFrame{1});
        };
        Both whole;
        Both part;
        show(whole, first, picture.rect());
        show(part, second, {64, 64, 336, 236});
        QCOMPARE(whole.fault, QString());
        QCOMPARE(part.fault, QString());
        QCOMPARE(differingPixels(whole.screen.output(), part.screen.output()), 0L);
        QVERIFY(differingPixels(whole.screen.output(), Picture(400, 300, 0x808080).view()) > 50'000);
    }
}

void TestGfxScreen::decodesForeignRemoteFx_data()
{
    QTest::addColumn<int>("mode");
    QTest::newRow("RLGR1") << int(RLGR1);
    QTest::newRow("RLGR3") << int(RLGR3);
}

void TestGfxScreen::decodesForeignRemoteFx()
{
    QFETCH(int, mode);
    Both both;
    both.accept(ResetGraphics{{320, 200}});
    both.accept(CreateSurface{1, {320, 200}});
    both.accept(MapSurfaceToOutput{1, {}});
    std::uint32_t frame = 0;
    for (const Picture& picture : {pictures::desktop(320, 200, 1), pictures::photo(320, 200, 2, 20),
             pictures::noise(320, 200, 3), Picture(320, 200, 0x123456)}) {
        both.accept(StartFrame{++frame});
        const Bytes octets = encodedByFreeRdp(picture, static_cast<RLGR_MODE>(mode));
        QVERIFY(!octets.empty());
        both.accept(TileData{1, TileCodec::RemoteFx, picture.rect(), std::make_shared<const Bytes>(octets)});
        both.accept(EndFrame{frame});
        QCOMPARE(both.fault, QString());
        QVERIFY(psnr(picture.view(), both.screen.output()) > 20);
    }
}

QTEST_APPLESS_MAIN(TestGfxScreen)
#include "tst_gfx_screen.moc"
