#pragma once

#include "core/graphics/gfx_sink.h"

#include <cstdint>
#include <span>
#include <utility>

namespace sightline {

/// Hands the drawing commands of one frame to a sink. The frame begins with the first of them, so a frame
/// without any is never sent; finish() ends it.
class FrameWriter {
public:
    FrameWriter(GfxSink& sink, std::uint16_t surface, std::uint32_t frame)
        : m_sink(sink)
        , m_surface(surface)
        , m_frame(frame)
    {
    }

    void fill(std::uint32_t color, Rects rects) { draw(SolidFill{m_surface, color, std::move(rects)}); }
    void copy(const Rect& source, Point to) { draw(SurfaceToSurface{m_surface, m_surface, source, {to}}); }
    void tile(TileCodec codec, const Rect& rect, std::span<const std::uint8_t> payload)
    {
        tileOf(m_surface, codec, rect, payload);
    }
    void tileOf(
        std::uint16_t surface, TileCodec codec, const Rect& rect, std::span<const std::uint8_t> payload)
    {
        m_bytes += payload.size();
        draw(TileData{surface, codec, rect, std::make_shared<const Bytes>(payload.begin(), payload.end())});
    }
    void keep(std::uint64_t key, std::uint16_t slot, const Rect& source)
    {
        draw(SurfaceToCache{m_surface, key, slot, source});
    }
    void evict(std::uint16_t slot) { draw(EvictCacheEntry{slot}); }
    void cached(std::uint16_t slot, Point to) { draw(CacheToSurface{slot, m_surface, {to}}); }
    void finish()
    {
        if (!m_isEmpty)
            m_sink.accept(EndFrame{m_frame});
    }

    bool isEmpty() const { return m_isEmpty; }
    std::size_t bytes() const { return m_bytes; }

private:
    void draw(GfxCommand command)
    {
        if (std::exchange(m_isEmpty, false))
            m_sink.accept(StartFrame{m_frame});
        m_sink.accept(std::move(command));
    }

    GfxSink& m_sink;
    std::uint16_t m_surface;
    std::uint32_t m_frame;
    bool m_isEmpty = true;
    std::size_t m_bytes = 0;
};

} // namespace sightline
