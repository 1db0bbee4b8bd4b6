#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/graphics/h264_encoder.h"
#include "core/graphics/picture.h"

#include <memory>

namespace sightline {

/// The one area of a screen that goes as AVC420 on a surface of its own, while a film plays there.
class VideoSurface {
public:
    VideoSurface();
    ~VideoSurface();

    /// False when there is no encoder, and then never again.
    bool start(const Rect& area, TimePoint now);
    void stop();

    bool isActive() const { return m_encoder != nullptr; }
    const Rect& area() const { return m_area; } ///< of the screen; empty when not active

    /// The payload of a TileData of the whole surface (MS-RDPEGFX 2.2.4.4): `screen` there, of which
    /// `changed` is what differs from the last picture, perhaps nothing. Valid until the next call; empty
    /// when the encoder failed. `pathRate` is what the path carries, in octets a second (0: unknown).
    ByteView encode(const PictureView& screen, const Rect& changed, TimePoint now, double pathRate);

    /// The next picture is one that needs none before it.
    void wantKey() { m_isKeyWanted = true; }
    bool isKeyWanted() const { return m_isKeyWanted; }

    /// When the film will count as over if nothing changes any more.
    TimePoint restsAt() const;
    /// A smaller part than the area is what has moved for a while.
    bool isTooLarge() const;

private:
    void noteChange(const Rect& changed, TimePoint now);

    bool m_isUnavailable = false;
    bool m_isKeyWanted = false;
    Rect m_area;
    std::unique_ptr<H264Encoder> m_encoder;
    Bytes m_payload;
    TimePoint m_lastChange{};
    Rect m_recent; ///< what changed since m_recentSince
    Rect m_earlier; ///< what changed in the period before that
    TimePoint m_recentSince{};
};

} // namespace sightline
