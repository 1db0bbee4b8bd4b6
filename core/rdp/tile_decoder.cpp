#include "core/rdp/tile_decoder.h"

#include <freerdp/codec/color.h>
#include <freerdp/settings_types.h>

#include <cstring>

namespace sightline {

namespace {

constexpr std::size_t kPixel = 4;

std::uint8_t* pixelAt(gdiGfxSurface& surface, std::size_t x, std::size_t y)
{
    return surface.data + y * surface.scanline + x * kPixel;
}

void copyRows(gdiGfxSurface& surface, std::size_t x, std::size_t y, const std::uint8_t* from,
    std::size_t stride, std::size_t width, std::size_t height)
{
    for (std::size_t row = 0; row < height; ++row)
        std::memcpy(pixelAt(surface, x, y + row), from + row * stride, width * kPixel);
}

void invalidate(gdiGfxSurface& surface, UINT32 left, UINT32 top, UINT32 right, UINT32 bottom)
{
    const RECTANGLE_16 rect{static_cast<UINT16>(left), static_cast<UINT16>(top), static_cast<UINT16>(right),
        static_cast<UINT16>(bottom)};
    region16_union_rect(&surface.invalidRegion, &surface.invalidRegion, &rect);
}

bool isInside(const RDPGFX_SURFACE_COMMAND& command, const gdiGfxSurface& surface)
{
    return command.left < command.right && command.top < command.bottom && command.right <= surface.width
        && command.bottom <= surface.height && command.right <= UINT16_MAX && command.bottom <= UINT16_MAX
        && command.width == command.right - command.left && command.height == command.bottom - command.top;
}

} // namespace

TileDecoder::TileDecoder()
    : m_planar(freerdp_bitmap_planar_context_new(0, m_largestPlanar.width, m_largestPlanar.height))
    , m_remoteFx(rfx_context_new_ex(FALSE, THREADING_FLAGS_DISABLE_THREADS))
{
    if (m_remoteFx)
        rfx_context_set_pixel_format(m_remoteFx.get(), PIXEL_FORMAT_BGRX32);
}

bool TileDecoder::decode(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface)
{
    if (surface.format != PIXEL_FORMAT_BGRX32 || !isInside(command, surface) || command.length == 0)
        return false;
    switch (command.codecId) {
    case RDPGFX_CODECID_UNCOMPRESSED:
        return decodeUncompressed(command, surface);
    case RDPGFX_CODECID_PLANAR:
        return decodePlanar(command, surface);
    case RDPGFX_CODECID_CAVIDEO:
        return decodeRemoteFx(command, surface);
    case RDPGFX_CODECID_AVC420:
        return decodeAvc420(command, surface);
    default:
        return false;
    }
}

bool TileDecoder::decodeUncompressed(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface)
{
    const std::size_t stride = command.width * kPixel;
    if (command.length < stride * command.height)
        return false;
    copyRows(surface, command.left, command.top, command.data, stride, command.width, command.height);
    invalidate(surface, command.left, command.top, command.right, command.bottom);
    return true;
}

bool TileDecoder::decodePlanar(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface)
{
    // Tiles with colour loss or subsampling go through the decoder's own buffers, whose size it does not
    // check.
    constexpr BYTE kColorLossOrSubsampling = 0x0F; // MS-RDPEGDI 2.2.2.5.1: CLL (3 bits), CS (1 bit)
    if (!m_planar || (command.data[0] & kColorLossOrSubsampling) != 0)
        return false;
    if (!makeRoomForPlanar(command.width, command.height))
        return false;
    if (!planar_decompress(m_planar.get(), command.data, command.length, command.width, command.height,
            surface.data, surface.format, surface.scanline, command.left, command.top, command.width,
            command.height, FALSE))
        return false;
    invalidate(surface, command.left, command.top, command.right, command.bottom);
    return true;
}

bool TileDecoder::makeRoomForPlanar(std::uint32_t width, std::uint32_t height)
{
    // FreeRDP's newer versions refuse what is larger than its buffers, although lossless tiles do not use
    // them.
    if (width <= m_largestPlanar.width && height <= m_largestPlanar.height)
        return true;
    m_largestPlanar = {std::max(width, m_largestPlanar.width), std::max(height, m_largestPlanar.height)};
    return freerdp_bitmap_planar_context_reset(m_planar.get(), m_largestPlanar.width, m_largestPlanar.height)
        != FALSE;
}

bool TileDecoder::decodeRemoteFx(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface)
{
    // Not straight to its place: FreeRDP asserts that rectangles of the message, moved there, fit into 16
    // bits, and clips them to the surface instead of the command.
    const std::size_t stride = command.width * kPixel;
    m_tile.resize(static_cast<std::size_t>(command.width) * command.height);
    auto* pixels = reinterpret_cast<std::uint8_t*>(m_tile.data());
    REGION16 drawn;
    region16_init(&drawn);
    const bool isDecoded = m_remoteFx
        && rfx_process_message(m_remoteFx.get(), command.data, command.length, 0, 0, pixels,
            PIXEL_FORMAT_BGRX32, static_cast<UINT32>(stride), command.height, &drawn);
    UINT32 count = 0;
    const RECTANGLE_16* rects = isDecoded ? region16_rects(&drawn, &count) : nullptr;
    for (UINT32 i = 0; i < count; ++i) {
        const RECTANGLE_16& r = rects[i];
        const UINT32 left = command.left + r.left;
        const UINT32 top = command.top + r.top;
        const std::size_t width = r.right - r.left;
        const std::size_t height = r.bottom - r.top;
        copyRows(surface, left, top, pixels + r.top * stride + r.left * kPixel, stride, width, height);
        invalidate(surface, left, top, command.left + r.right, command.top + r.bottom);
    }
    region16_uninit(&drawn);
    return isDecoded;
}

/// The regions are of the surface, and of the picture (MS-RDPEGFX 2.2.4.4.1).
bool TileDecoder::decodeAvc420(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface)
{
    const auto* stream = static_cast<const RDPGFX_AVC420_BITMAP_STREAM*>(command.extra);
    H264Decoder* const film = stream && stream->data ? filmOf(surface) : nullptr;
    if (!film)
        return false;
    const Result<YuvView> picture = film->decode({stream->data, stream->length});
    if (!picture)
        return false;
    for (UINT32 i = 0; i < stream->meta.numRegionRects; ++i) {
        const RECTANGLE_16& r = stream->meta.regionRects[i];
        if (r.left >= r.right || r.top >= r.bottom || r.right > picture->width || r.bottom > picture->height)
            return false;
        const int left = r.left - r.left % 2;
        drawYuv(*picture, {left, r.top, r.right - left, r.bottom - r.top},
            reinterpret_cast<std::uint32_t*>(surface.data),
            static_cast<std::ptrdiff_t>(surface.scanline / kPixel));
        invalidate(surface, static_cast<UINT32>(left), r.top, r.right, r.bottom);
    }
    return true;
}

H264Decoder* TileDecoder::filmOf(const gdiGfxSurface& surface)
{
    std::unique_ptr<H264Decoder>& film = m_films[surface.surfaceId];
    if (!film) {
        // FreeRDP rounds width and height up to whole macroblocks.
        auto created = H264Decoder::create(
            {static_cast<int>(surface.mappedWidth), static_cast<int>(surface.mappedHeight)});
        if (!created)
            return nullptr;
        film = std::move(created).value();
    }
    return film.get();
}

} // namespace sightline
