#pragma once

#include "core/graphics/h264_encoder.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/relay/gfx_relay.h"
#include "tests/support/relay/model_viewer.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace sightline {

/// A relay with a sharer that sends anything that makes sense, and viewers that come, go, stall and differ.
/// What happens is chosen by octets. After settle() everybody shows what the relay has.
class RelayModel {
public:
    /// `choose` gives the next octet.
    explicit RelayModel(std::function<int()> choose);

    void step();
    /// Everybody's path works again until nothing is left to be done. The first thing that is wrong; empty:
    /// nothing.
    std::string settle();

    const GfxRelay& relay() const { return m_relay; }
    std::size_t refreshes() const { return m_refreshes; }

private:
    struct Viewer {
        bool isClassic = false;
        std::shared_ptr<ModelViewer> model;
    };

    void happen();
    void draw();
    void addViewer();
    void attach();
    void startOver();
    void send(GfxCommand command);
    TileData tile(std::uint16_t surface, const Rect& rect);
    void film();
    void cacheAndCopy(std::uint16_t surface);
    void pass(Duration time);
    std::string fault() const;
    int below(int limit) { return m_choose() * limit / 256; }
    Rect rectIn(Size size);
    std::uint16_t someSurface();
    Picture some(int width, int height);

    std::function<int()> m_choose;
    GfxRelay m_relay;
    TimePoint m_now{std::chrono::hours(1)};
    std::map<GfxRelay::ViewerId, Viewer> m_viewers;
    GfxRelay::ViewerId m_lastViewer = 0;
    std::map<std::uint16_t, Size> m_surfaces;
    std::map<std::uint16_t, Size> m_slots;
    std::unique_ptr<H264Encoder> m_encoder; ///< of the film on surface kFilm, if there is one
    bool m_isKeyWanted = false;
    std::optional<std::uint32_t> m_frame;
    std::uint32_t m_frames = 0;
    std::size_t m_refreshes = 0;
    PlanarEncoder m_planar;
    RemoteFxEncoder m_remoteFx;
    std::string m_fault;
};

} // namespace sightline
