#include "core/graphics/gfx_surface.h"

#include "core/graphics/avc420_stream.h"

#include <algorithm>
#include <cstring>

namespace sightline {

namespace {

// More than this become one rectangle around them.
constexpr std::size_t kMostChanges = 512;

Error refused(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

bool overlap(const PictureView& a, const PictureView& b)
{
    return a.pixels < b.row(b.height - 1) + b.width && b.pixels < a.row(a.height - 1) + a.width;
}

Picture copyOf(const PictureView& picture)
{
    Picture copy(picture.width, picture.height);
    for (int y = 0; y < picture.height; ++y)
        std::copy_n(picture.row(y), picture.width, copy.row(y));
    return copy;
}

} // namespace

GfxSurface::GfxSurface(Size size)
    : m_pixels(size.width, size.height)
{
}

void GfxSurface::map(Point origin)
{
    // What was drawn before shows when it is drawn again, as with other viewers.
    m_changes.clear();
    m_origin = origin;
}

bool GfxSurface::fits(const Rect& rect) const
{
    // Not right() and bottom(), which overflow for absurd numbers.
    return !rect.isEmpty() && rect.x >= 0 && rect.y >= 0 && rect.width <= m_pixels.width()
        && rect.height <= m_pixels.height() && rect.x <= m_pixels.width() - rect.width
        && rect.y <= m_pixels.height() - rect.height;
}

void GfxSurface::note(const Rect& area)
{
    if (m_changes.size() >= kMostChanges) {
        Rect all;
        for (const Rect& change : m_changes)
            all = united(all, change);
        m_changes = {all};
    }
    m_changes.push_back(area);
}

Rects GfxSurface::takeChanges()
{
    return std::exchange(m_changes, {});
}

bool GfxSurface::fill(const SolidFill& fill)
{
    if (fill.rects.empty()
        || !std::ranges::all_of(fill.rects, [this](const Rect& rect) { return fits(rect); }))
        return false;
    for (const Rect& rect : fill.rects) {
        for (int y = rect.y; y < rect.bottom(); ++y)
            std::fill_n(m_pixels.row(y) + rect.x, rect.width, fill.color & kColorMask);
        note(rect);
    }
    return true;
}

bool GfxSurface::draw(const PictureView& picture, const std::vector<Point>& destinations)
{
    const auto isInside = [&](const Point& at) { return fits({at.x, at.y, picture.width, picture.height}); };
    if (destinations.empty() || !std::ranges::all_of(destinations, isInside))
        return false;
    const PictureView own = view();
    if (destinations.size() == 1 || !overlap(picture, own)) {
        for (const Point& at : destinations)
            put(picture, at);
        return true;
    }
    const Picture copy = copyOf(picture); // a destination may lie on the source
    for (const Point& at : destinations)
        put(copy.view(), at);
    return true;
}

/// Rows in an order in which none is overwritten before it is read.
void GfxSurface::put(const PictureView& picture, Point at)
{
    const auto octets = static_cast<std::size_t>(picture.width) * sizeof(std::uint32_t);
    const bool isUpwards = m_pixels.row(at.y) + at.x <= picture.pixels;
    for (int i = 0; i < picture.height; ++i) {
        const int y = isUpwards ? i : picture.height - 1 - i;
        std::memmove(m_pixels.row(at.y + y) + at.x, picture.row(y), octets);
    }
    note({at.x, at.y, picture.width, picture.height});
}

Result<void> GfxSurface::decode(const TileData& tile, TileDecoders& decoders)
{
    if (!fits(tile.rect) || !tile.payload || tile.payload->empty())
        return refused("a tile outside of its surface, or without data");
    const Rect& rect = tile.rect;
    std::uint32_t* const to = m_pixels.row(rect.y) + rect.x;
    const std::ptrdiff_t stride = m_pixels.width();
    switch (tile.codec) {
    case TileCodec::Uncompressed:
        return decodePixels(tile);
    case TileCodec::Planar:
        note(rect);
        return decoders.planar.decode(*tile.payload, rect.width, rect.height, to, stride);
    case TileCodec::RemoteFx: {
        const Result<Rects> drawn
            = decoders.remoteFx.decode(*tile.payload, {rect.width, rect.height}, to, stride);
        if (!drawn)
            return drawn.error();
        for (const Rect& area : *drawn)
            note({rect.x + area.x, rect.y + area.y, area.width, area.height});
        return {};
    }
    case TileCodec::Avc420:
        return decodeFilm(tile);
    }
    return refused("a tile of an unknown codec");
}

Result<void> GfxSurface::decodePixels(const TileData& tile)
{
    const Rect& rect = tile.rect;
    const auto row = static_cast<std::size_t>(rect.width) * sizeof(std::uint32_t);
    if (tile.payload->size() != row * static_cast<std::size_t>(rect.height))
        return refused("an uncompressed tile of another size");
    const std::uint8_t* from = tile.payload->data();
    for (int y = rect.y; y < rect.bottom(); ++y, from += row)
        std::memcpy(m_pixels.row(y) + rect.x, from, row);
    note(rect);
    return {};
}

/// The areas are of the surface, and of the picture (MS-RDPEGFX 2.2.4.4.1).
Result<void> GfxSurface::decodeFilm(const TileData& tile)
{
    const Result<Avc420Stream> stream = parseAvc420(*tile.payload);
    if (!stream)
        return stream.error();
    if (m_pixels.width() % 2 != 0 || m_pixels.height() % 2 != 0
        || !std::ranges::all_of(stream->areas, [this](const Rect& area) { return fits(area); }))
        return refused("a film outside of its surface");
    if (!m_film) {
        Result<std::unique_ptr<H264Decoder>> created = H264Decoder::create(size());
        if (!created)
            return created.error();
        m_film = std::move(created).value();
    }
    const Result<YuvView> picture = m_film->decode(stream->accessUnit);
    if (!picture)
        return picture.error();
    for (const Rect& area : stream->areas) {
        const int left = area.x - area.x % 2;
        const Rect even{left, area.y, area.right() - left, area.height};
        drawYuv(*picture, even, m_pixels.row(0), m_pixels.width());
        note(even);
    }
    return {};
}

} // namespace sightline
