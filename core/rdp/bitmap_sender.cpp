#include "core/rdp/bitmap_sender.h"

#include <freerdp/codec/color.h>
#include <freerdp/freerdp.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

#include <algorithm>

namespace sightline {

namespace {

constexpr auto kTile = static_cast<UINT32>(ClassicPicture::kTile);
constexpr std::uint32_t kTrueColor = 32;

} // namespace

BitmapSender::BitmapSender()
    : m_planar(
        freerdp_bitmap_planar_context_new(PLANAR_FORMAT_HEADER_NA | PLANAR_FORMAT_HEADER_RLE, kTile, kTile))
    , m_interleaved(bitmap_interleaved_context_new(TRUE))
    , m_octets(std::size_t{kTile} * kTile * 4 * 2)
{
}

bool BitmapSender::compressPlanar(const ClassicPicture::Tile& tile)
{
    m_size = static_cast<UINT32>(m_octets.size());
    return m_planar
        && freerdp_bitmap_compress_planar(m_planar.get(), reinterpret_cast<const BYTE*>(tile.pixels.data()),
            PIXEL_FORMAT_BGRX32, static_cast<UINT32>(tile.stride), static_cast<UINT32>(tile.rect.height),
            static_cast<UINT32>(tile.stride) * 4, m_octets.data(), &m_size);
}

bool BitmapSender::compressInterleaved(const ClassicPicture::Tile& tile, std::uint32_t depth)
{
    m_size = static_cast<UINT32>(m_octets.size());
    return m_interleaved
        && interleaved_compress(m_interleaved.get(), m_octets.data(), &m_size,
            static_cast<UINT32>(tile.stride), static_cast<UINT32>(tile.rect.height),
            reinterpret_cast<const BYTE*>(tile.pixels.data()), PIXEL_FORMAT_BGRX32,
            static_cast<UINT32>(tile.stride) * 4, 0, 0, nullptr, depth);
}

bool BitmapSender::send(rdp_context* context, const ClassicPicture::Tile& tile)
{
    const std::uint32_t depth = freerdp_settings_get_uint32(context->settings, FreeRDP_ColorDepth);
    const bool isCompressed = depth >= kTrueColor ? compressPlanar(tile) : compressInterleaved(tile, depth);
    if (!isCompressed)
        return false;
    BITMAP_DATA bitmap{};
    bitmap.destLeft = static_cast<UINT32>(tile.rect.x);
    bitmap.destTop = static_cast<UINT32>(tile.rect.y);
    bitmap.destRight = static_cast<UINT32>(tile.rect.right() - 1);
    bitmap.destBottom = static_cast<UINT32>(tile.rect.bottom() - 1);
    bitmap.width = static_cast<UINT32>(tile.stride);
    bitmap.height = static_cast<UINT32>(tile.rect.height);
    bitmap.bitsPerPixel = depth;
    bitmap.compressed = TRUE;
    bitmap.bitmapDataStream = m_octets.data();
    bitmap.bitmapLength = m_size;
    bitmap.cbCompFirstRowSize = 0;
    bitmap.cbCompMainBodySize = m_size;
    bitmap.cbScanWidth = static_cast<UINT32>(tile.stride) * ((depth + 7) / 8);
    bitmap.cbUncompressedSize = bitmap.cbScanWidth * bitmap.height;
    BITMAP_UPDATE update{};
    update.number = 1;
    update.rectangles = &bitmap;
    return context->update->BitmapUpdate(context, &update) != FALSE;
}

} // namespace sightline
