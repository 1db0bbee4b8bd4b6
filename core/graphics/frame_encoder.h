#pragma once

#include "core/graphics/frame_plan.h"
#include "core/graphics/gfx_sink.h"
#include "core/graphics/picture.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/reference_picture.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/scroll_detector.h"
#include "core/graphics/tile_diff.h"

#include <cstdint>

namespace sightline {

class FrameWriter;

/// Turns pictures of a screen into graphics commands for one viewer, and knows at any time what that viewer's
/// screen looks like: the reference picture, and where it is only lossily so.
///
/// Inside one frame: tiles equal to the reference are dropped, scrolled areas become surface copies, tiles of
/// one colour fills, the others planar (lossless) or RemoteFX. Pure computation on the calling thread.
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
    void reset(Size size, const Rects& monitors = {});

    /// Sends frame number `frame` so that the viewer's screen becomes `screen`, looking only at `damage`
    /// (clipped to the screen). `screen` has the size given to reset(). With a `byteBudget` other than 0 the
    /// frame ends soon after that many octets; each such frame is complete in itself.
    Outcome encode(
        const PictureView& screen, const Rects& damage, std::uint32_t frame, std::size_t byteBudget = 0);

    /// True while some of the viewer's screen is only lossily right.
    bool hasLossyTiles() const { return m_reference.hasLossy(); }
    /// Sends, losslessly, about `byteBudget` octets (0: everything) of what was sent lossily, newest first.
    /// `screen` as in encode(), and equal to the last one encoded; what has changed since is found by the
    /// next encode() whose damage covers it.
    Outcome refine(const PictureView& screen, std::uint32_t frame, std::size_t byteBudget);

private:
    bool fits(const PictureView& screen) const;
    bool sendMoves(FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes);
    void sendFills(FrameWriter& writer, const PictureView& screen, const std::vector<FramePlan::Fill>& fills);
    void sendLossless(FrameWriter& writer, const PictureView& screen, const Rects& rects,
        std::size_t byteBudget, Rects& remaining);
    void sendLossy(FrameWriter& writer, const PictureView& screen, const Rects& rects, std::size_t byteBudget,
        Rects& remaining);
    void sendPlanar(FrameWriter& writer, const PictureView& screen, const Rect& rect);

    GfxSink& m_sink;
    Options m_options;
    ReferencePicture m_reference;
    TileDiff m_diff;
    ScrollDetector m_scroll;
    Rects m_touched; ///< what changed, or may have changed by a move
    FramePlanner m_planner;
    PlanarEncoder m_planar;
    RemoteFxEncoder m_remoteFx;
};

} // namespace sightline
