#pragma once

#include "core/graphics/gfx_screen.h"
#include "core/relay/classic_leg.h"
#include "core/relay/relay_lanes.h"
#include "core/relay/relay_leg.h"
#include "core/relay/relay_output.h"
#include "core/relay/relay_scene.h"
#include "core/relay/relay_source.h"
#include "core/relay/relay_statistics.h"
#include "core/relay/repair_bank.h"
#include "core/relay/repairer.h"
#include "core/relay/source_acks.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace sightline {

/// What a Relay does, on the calling thread, with the time as an argument.
///
/// Each command of the sharer's is executed on the relay's own screen first, so nonsense reaches no viewer. A
/// frame is passed on when it has ended, or when it is large; who gets it is decided for the whole frame.
/// Viewers that do not get it, and new ones, are repaired from the screen by work().
class GfxRelay {
public:
    using ViewerId = std::uint64_t;

    GfxRelay();

    /// Commands of a new source follow, beginning with ResetGraphics; the former one's are over. What viewers
    /// show stays until its first frame has ended.
    void beginSource(RelaySourceHandlers handlers, TimePoint now);
    void endSource(TimePoint now);
    /// When it makes no sense, the source is told and ended.
    void accept(const GfxCommand& command, TimePoint now);

    void refuseSource(const Error& why, TimePoint now);

    void addViewer(ViewerId id, const RelayViewer& viewer, std::shared_ptr<RelayOutput> output);
    void removeViewer(ViewerId id);
    void restartViewer(ViewerId id, const RelayViewer* viewer);
    void acknowledged(ViewerId id, std::uint32_t frame, TimePoint now);

    /// A few milliseconds of repairs. False: there is nothing to do until something happens, or dueAt().
    bool work(TimePoint now);
    TimePoint dueAt(TimePoint now) const;

    const GfxScreen& screen() const { return *m_screen; }
    const ViewerLedger* ledger(ViewerId id) const; ///< null: there is none
    RelayStatistics statistics() const;

private:
    Result<void> execute(const GfxCommand& command, TimePoint now);
    void swapScreens();
    void dispatch(TimePoint now);
    void beginBatch(TimePoint now);
    void pass(const GfxCommand& command, TimePoint now);
    void endFrame(const EndFrame& end, TimePoint now);
    void askForKeys(TimePoint now);
    void tellSource(TimePoint now);
    bool paintClassic();

    std::unique_ptr<GfxScreen> m_screen; ///< as `m_scene` says, and what is held back
    std::unique_ptr<GfxScreen> m_next; ///< while a first frame comes in
    RelayScene m_scene;
    RepairBank m_bank;
    RelayLanes m_lanes;
    Repairer m_repairer;
    std::map<ViewerId, std::unique_ptr<RelayLeg>> m_legs;
    std::map<ViewerId, ClassicLeg> m_classics;
    ViewerId m_lastServed = 0;

    RelaySourceHandlers m_handlers;
    bool m_hasSource = false;
    SourceAcks m_acks;
    std::vector<GfxCommand> m_held; ///< not passed on yet
    std::size_t m_heldOctets = 0;
    TimePoint m_heldSince{};
    bool m_isInFrame = false; ///< of the sharer's, whose start was passed on
    std::uint32_t m_sourceFrame = 0; ///< the last one that began
    std::uint32_t m_frames = 0; ///< of ours, for all viewers together
    TimePoint m_lastRefresh{};

    RelayStatistics m_counters;
};

} // namespace sightline
