#pragma once

#include "core/graphics/gfx_screen.h"
#include "core/relay/relay_leg.h"
#include "core/relay/repair_bank.h"

#include <cstdint>

namespace sightline {

/// Brings viewers' screens up to the relay's, a piece at a time. What is stale goes as one frame, as sharp as
/// the path carries it in well under a second: lossless on a quick path, photos as RemoteFX on others, and
/// coarse RemoteFX where even that would take too long, so that no picture is ever old. What was sent lossily
/// is made exact, the newest first, where the picture rests. Pure.
class Repairer {
public:
    explicit Repairer(RepairBank& bank)
        : m_bank(bank)
    {
    }

    /// Sends a piece of what the viewer lacks, if its path takes it: a few milliseconds of encoding at most.
    /// `scene` and `screen` belong together. False when there was nothing to do. `frames` counts.
    bool repair(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen, std::uint32_t& frames,
        TimePoint now);
    /// Ends the frame of a repair that is going out, if there is one; its rest stays due.
    void close(RelayLeg& leg);

    std::uint64_t bytesSent() const { return m_bytesSent; }

private:
    using Pass = RelayLeg::Pass;
    struct Costs {
        double lossless = 0;
        double fine = 0;
        double coarse = 0;
    };

    bool begin(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen, TimePoint now);
    Pass staleOf(const RelayLeg& leg, const RelayScene& scene) const;
    Pass lossyOf(const RelayLeg& leg, const RelayScene& scene, TimePoint now) const;
    void choose(Pass& pass, const RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen);
    void sendShared(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen);
    std::size_t sendTile(RelayLeg& leg, const RepairBank::Place& place, int tile);
    void sendCoarse(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen);
    void redrawAbove(RelayLeg& leg, const RelayScene& scene, std::uint16_t surface, int tile);
    void send(RelayLeg& leg, const RepairBank::Messages& messages);

    RepairBank& m_bank;
    std::uint64_t m_bytesSent = 0;
};

} // namespace sightline
