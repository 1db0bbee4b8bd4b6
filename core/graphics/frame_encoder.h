#pragma once

#include "core/graphics/drag_detector.h"
#include "core/graphics/frame_plan.h"
#include "core/graphics/gfx_sink.h"
#include "core/graphics/picture.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/reference_picture.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/scroll_detector.h"
#include "core/graphics/tile_cache.h"
#include "core/graphics/tile_diff.h"
#include "core/graphics/video_finder.h"
#include "core/graphics/video_surface.h"
#include "core/graphics/viewer_abilities.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

class FrameWriter;

/// What holds for one frame.
struct EncodeLimits {
    std::size_t byteBudget = 0; ///< see FrameEncoder::encode()
    double pathRate = 0; ///< octets a second that the path carries, 0: unknown
    TimePoint now{};
};

/// Turns pictures of a screen into graphics commands for one viewer, and knows at any time what that viewer's
/// screen looks like: the reference picture, where it is only lossily so, what is in the viewer's cache, and
/// where a film plays.
///
/// Inside one frame: tiles equal to the reference are dropped, scrolled areas become surface copies, tiles
/// that were on the screen before come from the cache, tiles of one colour become fills, the others planar
/// (lossless) or RemoteFX. A film goes as AVC420 on a surface of its own until it rests. Pure computation on
/// the calling thread.
class FrameEncoder {
public:
    struct Options {
        bool allowLossy = true; ///< false: only fills, copies and planar tiles
    };
    struct Outcome {
        std::size_t bytes = 0; ///< of payload handed to the sink
        int tiles = 0; ///< that were not equal to the reference
        bool isEmpty = true; ///< nothing had changed: no frame was sent
        /// What did not fit into the byte budget; add it to the damage of the next encode().
        Rects remaining;
    };

    FrameEncoder(GfxSink& sink, Options options);

    /// Starts over for a screen of this size (a new viewer, a new resolution, a refresh): sends
    /// ResetGraphics, one surface and its mapping, and forgets what the viewer has; the next encode() needs
    /// all of it as damage. `monitors` as in ResetGraphics.
    void reset(Size size, const ViewerAbilities& abilities = {}, const Rects& monitors = {});

    /// Sends frame number `frame` so that the viewer's screen becomes `screen`, looking only at `damage`
    /// (clipped to the screen). `screen` has the size given to reset(). With a `byteBudget` other than 0 the
    /// frame ends soon after that many octets; each such frame is complete in itself.
    Outcome encode(
        const PictureView& screen, const Rects& damage, std::uint32_t frame, const EncodeLimits& limits = {});

    /// True while some of the viewer's screen is only lossily right.
    bool hasLossyTiles() const { return m_reference.hasLossy() || m_video.isActive(); }
    /// When refine() has something to do, if nothing changes until then; TimePoint::max() when never.
    TimePoint refinementDue() const;
    /// Sends, losslessly, about `byteBudget` octets (0: everything) of what was sent lossily, newest first.
    /// `screen` as in encode(), and equal to the last one encoded; what has changed since is found by the
    /// next encode() whose damage covers it. A film that rests by then is over.
    Outcome refine(const PictureView& screen, std::uint32_t frame, const EncodeLimits& limits);

    /// The viewer lost what these areas show: their film goes on with a key picture, and the next encode(),
    /// of whose damage they must be part, sends the rest of them anew.
    void refresh(const Rects& areas);

    bool hasVideo() const { return m_video.isActive(); }

private:
    bool fits(const PictureView& screen) const;
    const Rects& sendVideo(
        FrameWriter& writer, const PictureView& screen, const Rects& damage, const EncodeLimits& limits);
    void findVideo(
        const PictureView& screen, std::span<const TileChange> changes, const EncodeLimits& limits);
    void endVideo();
    bool touchesVideo(std::span<const Move> moves) const;
    std::vector<Move> findMoves(const PictureView& screen, const std::vector<TileChange>& changes);
    std::span<const TileChange> explain(
        FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes);
    bool sendMoves(FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes);
    std::span<const TileChange> useCache(
        FrameWriter& writer, const PictureView& screen, std::span<const TileChange> changes);
    void keepInCache(FrameWriter& writer, const Rect& tile);
    void sendFills(FrameWriter& writer, const PictureView& screen, const std::vector<FramePlan::Fill>& fills);
    void sendLossless(FrameWriter& writer, const PictureView& screen, const Rects& rects,
        std::size_t byteBudget, Rects& remaining);
    void sendLossy(FrameWriter& writer, const PictureView& screen, const Rects& rects, std::size_t byteBudget,
        Rects& remaining);
    std::size_t sendLossyMessage(
        FrameWriter& writer, const PictureView& screen, std::span<const Rect> rects, std::size_t byteBudget);
    void sendPlanar(FrameWriter& writer, const PictureView& screen, const Rect& rect);

    GfxSink& m_sink;
    Options m_options;
    ReferencePicture m_reference;
    TileDiff m_diff;
    ScrollDetector m_scroll;
    DragDetector m_drag;
    Rects m_touched; ///< what changed, or may have changed by a move
    Rects m_outside; ///< of the film
    ViewerAbilities m_abilities;
    TileCache m_cache;
    std::uint64_t m_seed; ///< of the hashes in m_cache
    std::vector<TileChange> m_notCached;
    VideoFinder m_finder;
    VideoSurface m_video;
    TimePoint m_lastLossy{}; ///< when something was sent lossily
    FramePlanner m_planner;
    PlanarEncoder m_planar;
    RemoteFxEncoder m_remoteFx;
};

} // namespace sightline
