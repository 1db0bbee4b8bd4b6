#pragma once

#include "core/graphics/zgfx_encoder.h"
#include "core/rdp/gfx_batcher.h"
#include "core/rdp/gfx_message.h"

#include <memory>

namespace sightline {

/// Makes messages of batches: as hard as the path's rate is worth it. Pure.
class GfxCompressor {
public:
    /// For one channel: compression looks back at everything that it has seen.
    GfxCompressor();
    /// For many channels, when the encoder's scope is the segment: no message needs anything from another
    /// one. Several may share it.
    explicit GfxCompressor(std::shared_ptr<ZgfxEncoder> encoder);

    GfxMessage compress(const GfxBatch& batch);
    /// What comes next goes to another channel.
    void reset() { m_zgfx->reset(); }

    /// What the path carries, in octets a second; 0 when unknown. The slower, the more time it takes.
    void setPathRate(double octetsPerSecond) { m_pathRate = octetsPerSecond; }
    double pathRate() const { return m_pathRate; }
    /// Octets that came out for each octet of PDUs, lately.
    double ratio() const { return m_ratio; }

private:
    bool isSlow() const;

    std::shared_ptr<ZgfxEncoder> m_zgfx;
    double m_pathRate = 0;
    double m_ratio = 1;
};

} // namespace sightline
