#pragma once

#include "core/graphics/gfx_command.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sightline {

/// Makes graphics commands, most of which make sense, of octets.
class GfxCommandsOf {
public:
    explicit GfxCommandsOf(ByteView octets)
        : m_octets(octets)
    {
    }

    bool isAtEnd() const { return m_octets.empty(); }
    int octet()
    {
        if (m_octets.empty())
            return 0;
        const int value = m_octets[0];
        m_octets = m_octets.subspan(1);
        return value;
    }

    GfxCommand next()
    {
        const int kind = octet();
        switch (kind % 16) {
        case 0:
            return ResetGraphics{{1 + octet() * 2, 1 + octet() * 2}};
        case 1:
            return CreateSurface{surface(), {1 + octet(), 1 + octet()}};
        case 2:
            return DeleteSurface{surface()};
        case 3:
            return MapSurfaceToOutput{surface(), point()};
        case 4:
        case 5:
            return StartFrame{static_cast<std::uint32_t>(octet() % 4)};
        case 6:
            return EndFrame{static_cast<std::uint32_t>(octet() % 4)};
        case 7:
        case 8:
            return tile();
        case 9:
            return SurfaceToSurface{surface(), surface(), rect(), {point(), point()}};
        case 10:
            return SurfaceToCache{surface(), 0, slot(), rect()};
        case 11:
            return CacheToSurface{slot(), surface(), {point()}};
        case 12:
            return EvictCacheEntry{slot()};
        default:
            return SolidFill{surface(), static_cast<std::uint32_t>(octet() * 0x010203), {rect(), rect()}};
        }
    }

private:
    std::uint16_t surface() { return static_cast<std::uint16_t>(octet() % 4); }
    std::uint16_t slot() { return static_cast<std::uint16_t>(octet() % 8); }
    Point point() { return {octet(), octet()}; }
    Rect rect() { return {octet(), octet(), octet(), octet()}; }

    GfxCommand tile()
    {
        constexpr std::array kCodecs{
            TileCodec::Uncompressed, TileCodec::RemoteFx, TileCodec::Planar, TileCodec::Avc420};
        const TileCodec codec = kCodecs[static_cast<std::size_t>(octet()) % kCodecs.size()];
        const std::uint16_t to = surface();
        const Rect area = rect();
        const std::size_t size = std::min(m_octets.size(), static_cast<std::size_t>(octet() * 4));
        const ByteView payload = m_octets.first(std::min(size, m_octets.size()));
        m_octets = m_octets.subspan(payload.size());
        return TileData{to, codec, area, std::make_shared<const Bytes>(payload.begin(), payload.end())};
    }

    ByteView m_octets;
};

} // namespace sightline
