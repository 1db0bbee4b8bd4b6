#include "screen_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <freerdp/codec/color.h>
#include <freerdp/codec/h264.h>
#include <freerdp/codec/planar.h>
#include <freerdp/codec/region.h>
#include <freerdp/codec/rfx.h>
#include <freerdp/settings_types.h>

namespace sightline {

namespace {

struct PlanarDeleter {
    void operator()(BITMAP_PLANAR_CONTEXT* context) const { freerdp_bitmap_planar_context_free(context); }
};
struct H264Deleter {
    void operator()(H264_CONTEXT* context) const { h264_context_free(context); }
};
struct RfxDeleter {
    void operator()(RFX_CONTEXT* context) const { rfx_context_free(context); }
};

} // namespace

class ScreenModel::Private {
public:
    void apply(const ResetGraphics& reset);
    void apply(const CreateSurface& create);
    void apply(const DeleteSurface& deletion);
    void apply(const MapSurfaceToOutput& map);
    void apply(const StartFrame& start);
    void apply(const EndFrame& end);
    void apply(const TileData& tile);
    void apply(const SolidFill& fill);
    void apply(const SurfaceToSurface& copy);
    void apply(const SurfaceToCache& keep);
    void apply(const CacheToSurface& draw);
    void apply(const EvictCacheEntry& evict);

    void drawing(std::uint16_t id, const Rect& rect);
    void planar(const TileData& tile);
    void remoteFx(const TileData& tile);
    void avc420(const TileData& tile);
    void show(const Rect& rect);
    void fail(const QString& what)
    {
        if (fault.isEmpty())
            fault = what;
    }

    std::unique_ptr<BITMAP_PLANAR_CONTEXT, PlanarDeleter> planarContext;
    std::unique_ptr<RFX_CONTEXT, RfxDeleter> rfx{rfx_context_new_ex(FALSE, THREADING_FLAGS_DISABLE_THREADS)};
    std::unique_ptr<H264_CONTEXT, H264Deleter> film;
    std::map<std::uint16_t, Picture> cache;
    Picture screen; ///< the output
    Picture main; ///< what the main surface holds: not what shows below a film
    Rect filmArea;
    QString fault;
    int surface = -1;
    int filmSurface = -1;
    int hits = 0;
    int filmFrames = 0;
    std::int64_t frame = -1; ///< that is open
    int frames = 0;
    int commands = 0;
    int copies = 0;
    std::size_t bytes = 0;
};

void ScreenModel::Private::apply(const ResetGraphics& reset)
{
    // Nobody may count on what a new surface shows.
    screen = Picture(reset.size.width, reset.size.height, 0xFF123456);
    main = screen;
    surface = -1;
    filmSurface = -1;
    cache.clear();
    const auto width = static_cast<UINT32>(reset.size.width);
    const auto height = static_cast<UINT32>(reset.size.height);
    planarContext.reset(freerdp_bitmap_planar_context_new(0, width, height));
    rfx_context_reset(rfx.get(), width, height);
    rfx_context_set_pixel_format(rfx.get(), PIXEL_FORMAT_BGRX32);
}

void ScreenModel::Private::apply(const CreateSurface& create)
{
    if (surface < 0) {
        surface = create.surface;
        if (create.size != Size{screen.width(), screen.height()})
            fail(QStringLiteral("the surface has another size than the output"));
        return;
    }
    if (filmSurface >= 0 || create.surface == surface)
        fail(QStringLiteral("one surface too many"));
    filmSurface = create.surface;
    filmArea = {0, 0, create.size.width, create.size.height};
    film.reset(h264_context_new(FALSE));
    if (!film
        || !h264_context_reset(
            film.get(), static_cast<UINT32>(create.size.width), static_cast<UINT32>(create.size.height)))
        fail(QStringLiteral("FreeRDP refuses the size of the film"));
}

void ScreenModel::Private::apply(const DeleteSurface& deletion)
{
    if (deletion.surface != filmSurface)
        fail(QStringLiteral("another surface than the film's is deleted"));
    filmSurface = -1;
    film.reset();
}

void ScreenModel::Private::apply(const MapSurfaceToOutput& map)
{
    if (map.surface == surface && map.origin == Point{})
        return;
    filmArea.x = map.origin.x;
    filmArea.y = map.origin.y;
    if (map.surface != filmSurface || !screen.rect().contains(filmArea))
        fail(QStringLiteral("the mapping is wrong"));
}

void ScreenModel::Private::apply(const StartFrame& start)
{
    if (frame >= 0)
        fail(QStringLiteral("frames nest"));
    frame = start.frame;
    commands = 0;
    copies = 0;
    bytes = 0;
}

void ScreenModel::Private::apply(const EndFrame& end)
{
    if (frame != end.frame)
        fail(QStringLiteral("another frame ends than began"));
    if (commands == 0)
        fail(QStringLiteral("the frame is empty"));
    frame = -1;
    ++frames;
}

void ScreenModel::Private::drawing(std::uint16_t id, const Rect& rect)
{
    if (frame < 0)
        fail(QStringLiteral("drawn outside of a frame"));
    if (id != surface)
        fail(QStringLiteral("drawn on an unknown surface"));
    if (filmSurface >= 0 && !intersected(rect, filmArea).isEmpty())
        fail(QStringLiteral("drawn below the film"));
    if (rect.isEmpty() || !screen.rect().contains(rect))
        fail(QStringLiteral("drawn outside of the surface"));
}

void ScreenModel::Private::apply(const TileData& tile)
{
    ++commands;
    bytes += tile.payload->size();
    if (tile.surface == filmSurface && tile.codec == TileCodec::Avc420)
        return avc420(tile);
    drawing(tile.surface, tile.rect);
    if (!fault.isEmpty())
        return;
    if (tile.codec == TileCodec::Planar)
        planar(tile);
    else if (tile.codec == TileCodec::RemoteFx)
        remoteFx(tile);
    else
        fail(QStringLiteral("unexpected codec"));
    show(tile.rect);
}

/// What was drawn on the main surface shows on the output.
void ScreenModel::Private::show(const Rect& rect)
{
    for (int y = rect.y; fault.isEmpty() && y < rect.bottom(); ++y)
        std::copy_n(main.row(y) + rect.x, rect.width, screen.row(y) + rect.x);
}

void ScreenModel::Private::avc420(const TileData& tile)
{
    constexpr std::size_t kHeader = 14; // of one region
    ++filmFrames;
    if (frame < 0 || tile.rect != Rect{0, 0, filmArea.width, filmArea.height}
        || tile.payload->size() <= kHeader || tile.payload->at(0) != 1)
        return fail(QStringLiteral("a malformed picture of the film"));
    const RECTANGLE_16 region{
        0, 0, static_cast<UINT16>(filmArea.width), static_cast<UINT16>(filmArea.height)};
    Picture picture(filmArea.width, filmArea.height);
    const std::uint8_t* unit = tile.payload->data() + kHeader;
    if (avc420_decompress(film.get(), unit, static_cast<UINT32>(tile.payload->size() - kHeader),
            reinterpret_cast<BYTE*>(picture.row(0)), PIXEL_FORMAT_BGRX32,
            static_cast<UINT32>(filmArea.width) * 4, static_cast<UINT32>(filmArea.width),
            static_cast<UINT32>(filmArea.height), &region, 1)
        < 0)
        return fail(QStringLiteral("FreeRDP refuses the film"));
    for (int y = 0; y < filmArea.height; ++y)
        std::copy_n(picture.row(y), filmArea.width, screen.row(filmArea.y + y) + filmArea.x);
}

void ScreenModel::Private::planar(const TileData& tile)
{
    const auto width = static_cast<UINT32>(tile.rect.width);
    const auto height = static_cast<UINT32>(tile.rect.height);
    if (!planar_decompress(planarContext.get(), tile.payload->data(),
            static_cast<UINT32>(tile.payload->size()), width, height, reinterpret_cast<BYTE*>(main.row(0)),
            PIXEL_FORMAT_BGRX32, static_cast<UINT32>(main.width()) * 4, static_cast<UINT32>(tile.rect.x),
            static_cast<UINT32>(tile.rect.y), width, height, FALSE))
        fail(QStringLiteral("FreeRDP refuses the planar data"));
}

void ScreenModel::Private::remoteFx(const TileData& tile)
{
    REGION16 invalid;
    region16_init(&invalid);
    if (!rfx_process_message(rfx.get(), tile.payload->data(), static_cast<UINT32>(tile.payload->size()),
            static_cast<UINT32>(tile.rect.x), static_cast<UINT32>(tile.rect.y),
            reinterpret_cast<BYTE*>(main.row(0)), PIXEL_FORMAT_BGRX32, static_cast<UINT32>(main.width()) * 4,
            static_cast<UINT32>(main.height()), &invalid))
        fail(QStringLiteral("FreeRDP refuses the RemoteFX data"));
    const RECTANGLE_16* extents = region16_extents(&invalid);
    const Rect drawn{
        extents->left, extents->top, extents->right - extents->left, extents->bottom - extents->top};
    if (drawn.isEmpty() || !tile.rect.contains(drawn))
        fail(QStringLiteral("RemoteFX draws outside of its rectangle"));
    region16_uninit(&invalid);
}

void ScreenModel::Private::apply(const SolidFill& fill)
{
    ++commands;
    if (fill.rects.empty() || fill.rects.size() > 0xFFFF)
        fail(QStringLiteral("a fill of no or too many rectangles"));
    for (const Rect& rect : fill.rects) {
        drawing(fill.surface, rect);
        if (!fault.isEmpty())
            return;
        for (int y = rect.y; y < rect.bottom(); ++y)
            std::fill_n(main.row(y) + rect.x, rect.width, fill.color);
        show(rect);
    }
}

void ScreenModel::Private::apply(const SurfaceToSurface& copy)
{
    ++commands;
    ++copies;
    drawing(copy.from, copy.source);
    for (const Point& to : copy.destinations) {
        drawing(copy.to, {to.x, to.y, copy.source.width, copy.source.height});
        if (!fault.isEmpty())
            return;
        auto* pixels = reinterpret_cast<BYTE*>(main.row(0));
        const auto stride = static_cast<UINT32>(main.width()) * 4;
        if (!freerdp_image_copy(pixels, PIXEL_FORMAT_BGRX32, stride, static_cast<UINT32>(to.x),
                static_cast<UINT32>(to.y), static_cast<UINT32>(copy.source.width),
                static_cast<UINT32>(copy.source.height), pixels, PIXEL_FORMAT_BGRX32, stride,
                static_cast<UINT32>(copy.source.x), static_cast<UINT32>(copy.source.y), nullptr,
                FREERDP_FLIP_NONE))
            fail(QStringLiteral("FreeRDP refuses the copy"));
        show({to.x, to.y, copy.source.width, copy.source.height});
    }
}

void ScreenModel::Private::apply(const SurfaceToCache& keep)
{
    ++commands;
    drawing(keep.surface, keep.source);
    if (!fault.isEmpty())
        return;
    Picture picture(keep.source.width, keep.source.height);
    for (int y = 0; y < picture.height(); ++y)
        std::copy_n(main.row(keep.source.y + y) + keep.source.x, picture.width(), picture.row(y));
    if (keep.slot == 0 || !cache.emplace(keep.slot, std::move(picture)).second)
        fail(QStringLiteral("kept in a slot that is not free"));
}

void ScreenModel::Private::apply(const CacheToSurface& draw)
{
    ++commands;
    const auto found = cache.find(draw.slot);
    if (found == cache.end())
        return fail(QStringLiteral("drawn from an empty slot"));
    const Picture& picture = found->second;
    for (const Point& to : draw.destinations) {
        const Rect rect{to.x, to.y, picture.width(), picture.height()};
        drawing(draw.surface, rect);
        if (!fault.isEmpty())
            return;
        for (int y = 0; y < rect.height; ++y)
            std::copy_n(picture.row(y), rect.width, main.row(to.y + y) + to.x);
        show(rect);
        ++hits;
    }
}

void ScreenModel::Private::apply(const EvictCacheEntry& evict)
{
    ++commands;
    if (cache.erase(evict.slot) != 1)
        fail(QStringLiteral("evicted from an empty slot"));
}

ScreenModel::ScreenModel()
    : m_d(std::make_unique<Private>())
{
}

ScreenModel::~ScreenModel() = default;

void ScreenModel::accept(GfxCommand command)
{
    std::visit([this](const auto& c) { m_d->apply(c); }, command);
}

const Picture& ScreenModel::screen() const
{
    return m_d->screen;
}

const QString& ScreenModel::fault() const
{
    return m_d->fault;
}

int ScreenModel::frames() const
{
    return m_d->frames;
}

int ScreenModel::commands() const
{
    return m_d->commands;
}

std::size_t ScreenModel::bytes() const
{
    return m_d->bytes;
}

int ScreenModel::copies() const
{
    return m_d->copies;
}

int ScreenModel::cacheHits() const
{
    return m_d->hits;
}

std::size_t ScreenModel::cachedTiles() const
{
    return m_d->cache.size();
}

int ScreenModel::filmFrames() const
{
    return m_d->filmFrames;
}

Rect ScreenModel::filmArea() const
{
    return m_d->filmSurface >= 0 ? m_d->filmArea : Rect{};
}

long differingPixels(const PictureView& a, const PictureView& b)
{
    long count = 0;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x)
            count += ((a.row(y)[x] ^ b.row(y)[x]) & kColorMask) != 0 ? 1 : 0;
    return count;
}

double psnr(const PictureView& a, const PictureView& b)
{
    double squares = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            for (int shift = 0; shift < 24; shift += 8) {
                const auto from = static_cast<int>(a.row(y)[x] >> shift & 0xFF);
                const auto to = static_cast<int>(b.row(y)[x] >> shift & 0xFF);
                squares += (from - to) * (from - to);
            }
        }
    }
    const double mean = squares / (3.0 * a.width * a.height);
    return mean > 0 ? 10 * std::log10(255 * 255 / mean) : 99;
}

} // namespace sightline
