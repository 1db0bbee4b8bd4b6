#include "core/graphics/remotefx_encoder.h"

#include "core/graphics/rect_merge.h"

#include <cassert>

namespace sightline {

namespace {

// MS-RDPRFX 2.2.2.1.1, 2.2.2.3.3 and 2.2.2.3.4
enum BlockType : std::uint16_t {
    kSync = 0xCCC0,
    kCodecVersions = 0xCCC1,
    kChannels = 0xCCC2,
    kContext = 0xCCC3,
    kFrameBegin = 0xCCC4,
    kFrameEnd = 0xCCC5,
    kRegion = 0xCCC6,
    kExtension = 0xCCC7,
    kRegionSubtype = 0xCAC1,
    kTileSetSubtype = 0xCAC2,
    kTile = 0xCAC3,
};

constexpr std::uint32_t kMagic = 0xCACCACCA;
constexpr std::uint16_t kVersion = 0x0100;

// Image mode, colour conversion ICT, transform 5/3, entropy RLGR3, scalar quantisation: MS-RDPRFX 2.2.2.2.4;
// the tile set has the same ones, one bit higher, above its "last" bit (2.2.2.3.4).
constexpr std::uint16_t kProperties = 0x02 | 1 << 3 | 1 << 5 | 4 << 9 | 1 << 13;
constexpr std::uint16_t kTileSetProperties = 1 | (kProperties << 1 & 0xFFFF);

constexpr std::uint8_t kCodecId = 1;
constexpr std::uint8_t kChannelId = 0;
constexpr std::uint8_t kAllChannels = 0xFF;

constexpr std::size_t kTilePlace = 9; ///< where in TS_RFX_TILE its column and row are (2.2.2.3.4.1)

using Out = std::vector<std::uint8_t>;

void put8(Out& out, int value)
{
    out.push_back(static_cast<std::uint8_t>(value));
}

void put16(Out& out, int value)
{
    assert(value >= 0 && value <= 0xFFFF);
    put8(out, value & 0xFF);
    put8(out, value >> 8);
}

void put32(Out& out, std::uint32_t value)
{
    put16(out, static_cast<int>(value & 0xFFFF));
    put16(out, static_cast<int>(value >> 16));
}

void patch16(Out& out, std::size_t at, std::size_t value)
{
    assert(value <= 0xFFFF);
    out[at] = static_cast<std::uint8_t>(value);
    out[at + 1] = static_cast<std::uint8_t>(value >> 8);
}

void putBlock(Out& out, BlockType type, std::size_t length)
{
    put16(out, type);
    put32(out, static_cast<std::uint32_t>(length));
}

void putChannelBlock(Out& out, BlockType type, std::size_t length, std::uint8_t channel = kChannelId)
{
    putBlock(out, type, length);
    put8(out, kCodecId);
    put8(out, channel);
}

} // namespace

RemoteFxEncoder::RemoteFxEncoder(int quality)
    : m_quantisers(remoteFxQuantisers(quality))
{
}

void RemoteFxEncoder::begin(const Rect& bounds)
{
    assert(bounds.x % kRemoteFxTile == 0 && bounds.y % kRemoteFxTile == 0);
    m_bounds = bounds;
    m_areas.clear();
    m_tiles.clear();
    m_lastTile = 0;
}

void RemoteFxEncoder::add(const PictureView& screen, const Rect& area)
{
    assert(m_bounds.contains(area));
    m_areas.push_back(area);
    const Point tile{area.x / kRemoteFxTile, area.y / kRemoteFxTile};
    toRemoteFxPlanes(screen, area, {tile.x * kRemoteFxTile, tile.y * kRemoteFxTile}, m_planes);

    // TS_RFX_TILE (MS-RDPRFX 2.2.2.3.4.1); the lengths are known at the end.
    const std::size_t start = m_tiles.size();
    m_lastTile = start;
    putBlock(m_tiles, kTile, 0);
    for (int component = 0; component < 3; ++component)
        put8(m_tiles, 0); // index of the quantisers
    put16(m_tiles, tile.x - m_bounds.x / kRemoteFxTile);
    put16(m_tiles, tile.y - m_bounds.y / kRemoteFxTile);
    std::size_t lengthAt = m_tiles.size();
    m_tiles.resize(lengthAt + 6);
    for (RemoteFxPlane& plane : m_planes.components) {
        transformRemoteFx(plane, m_coefficients);
        quantiseRemoteFx(m_quantisers, m_coefficients);
        const auto coded = m_rlgr.encode(m_coefficients.values);
        m_tiles.insert(m_tiles.end(), coded.begin(), coded.end());
        patch16(m_tiles, lengthAt, coded.size());
        lengthAt += 2;
    }
    const std::size_t length = m_tiles.size() - start;
    patch16(m_tiles, start + 2, length & 0xFFFF);
    patch16(m_tiles, start + 4, length >> 16);
}

void RemoteFxEncoder::addEncoded(const Rect& area, std::span<const std::uint8_t> tile)
{
    assert(m_bounds.contains(area));
    m_areas.push_back(area);
    m_lastTile = m_tiles.size();
    m_tiles.insert(m_tiles.end(), tile.begin(), tile.end());
    patch16(
        m_tiles, m_lastTile + kTilePlace, static_cast<std::size_t>((area.x - m_bounds.x) / kRemoteFxTile));
    patch16(m_tiles, m_lastTile + kTilePlace + 2,
        static_cast<std::size_t>((area.y - m_bounds.y) / kRemoteFxTile));
}

std::span<const std::uint8_t> RemoteFxEncoder::finish()
{
    assert(!m_areas.empty());
    m_message.clear();
    writeHeaders();
    putChannelBlock(m_message, kFrameBegin, 14);
    put32(m_message, 0); // frame index, of no meaning in image mode
    put16(m_message, 1); // regions
    writeRegion();
    writeTileSet();
    putChannelBlock(m_message, kFrameEnd, 8);
    return m_message;
}

void RemoteFxEncoder::writeHeaders()
{
    putBlock(m_message, kSync, 12);
    put32(m_message, kMagic);
    put16(m_message, kVersion);
    putBlock(m_message, kCodecVersions, 10);
    put8(m_message, 1); // codecs
    put8(m_message, kCodecId);
    put16(m_message, kVersion);
    putBlock(m_message, kChannels, 12);
    put8(m_message, 1); // channels
    put8(m_message, kChannelId);
    put16(m_message, m_bounds.width);
    put16(m_message, m_bounds.height);
    putChannelBlock(m_message, kContext, 13, kAllChannels);
    put8(m_message, 0); // context id
    put16(m_message, kRemoteFxTile);
    put16(m_message, kProperties);
}

void RemoteFxEncoder::writeRegion()
{
    const Rects rects = mergeRects(m_areas);
    putChannelBlock(m_message, kRegion, 15 + 8 * rects.size());
    put8(m_message, 1); // the "last region" flag
    put16(m_message, static_cast<int>(rects.size()));
    for (const Rect& rect : rects) {
        put16(m_message, rect.x - m_bounds.x);
        put16(m_message, rect.y - m_bounds.y);
        put16(m_message, rect.width);
        put16(m_message, rect.height);
    }
    put16(m_message, kRegionSubtype);
    put16(m_message, 1); // tile sets
}

void RemoteFxEncoder::writeTileSet()
{
    putChannelBlock(m_message, kExtension, 22 + m_quantisers.size() / 2 + m_tiles.size());
    put16(m_message, kTileSetSubtype);
    put16(m_message, 0); // index
    put16(m_message, kTileSetProperties);
    put8(m_message, 1); // sets of quantisers
    put8(m_message, kRemoteFxTile);
    put16(m_message, static_cast<int>(m_areas.size()));
    put32(m_message, static_cast<std::uint32_t>(m_tiles.size()));
    for (std::size_t i = 0; i < m_quantisers.size(); i += 2)
        put8(m_message, m_quantisers[i] | m_quantisers[i + 1] << 4);
    m_message.insert(m_message.end(), m_tiles.begin(), m_tiles.end());
}

} // namespace sightline
