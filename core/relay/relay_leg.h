#pragma once

#include "core/base/clock.h"
#include "core/relay/relay_output.h"
#include "core/relay/viewer_ledger.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace sightline {

/// One viewer with a graphics channel: its ledger, what is under way to it, and how much more may be. Pure.
class RelayLeg {
public:
    using Message = std::shared_ptr<const GfxMessage>;

    /// A repair that is going out piece by piece.
    struct Pass {
        struct Step {
            std::uint16_t surface = 0;
            int tile = 0;
            std::uint32_t version = 0; ///< when it was planned
        };
        enum class Kind { Lossless, Fine, Coarse, Refine };
        Kind kind = Kind::Lossless;
        int level = 0; ///< of a coarse one
        std::vector<Step> steps; ///< the newest first
        std::size_t next = 0;
        std::size_t octetsLeft = SIZE_MAX; ///< it ends when they are spent
        TimePoint began{};
        bool isOver() const { return next >= steps.size(); }
    };

    RelayLeg(const RelayViewer& viewer, std::shared_ptr<RelayOutput> output);

    ViewerLedger& ledger() { return m_ledger; }
    const ViewerLedger& ledger() const { return m_ledger; }
    Pass& pass() { return m_pass; }
    const Pass& pass() const { return m_pass; }

    /// Octets a second, a cautious guess when the path has not told.
    double rate() const;
    bool isRateKnown() const { return m_output->pathRate() > 0; }
    /// Can the path take a frame of about so many octets without anything getting old?
    bool mayTakeFrame(std::size_t octets, TimePoint now) const;
    bool mayTakeRepair() const;
    /// The frame that goes to it now is too much for its path.
    bool isOverrun() const;

    /// It gets what the sharer sends now.
    bool isRelaying() const { return m_isRelaying; }
    void setRelaying(bool isIt) { m_isRelaying = isIt; }

    /// `isRelayed`: it is the sharer's; otherwise a repair.
    void beginFrame(std::uint32_t frame, bool isRelayed) { m_open = Sent{frame, 0, isRelayed}; }
    void send(const Message& message);
    void endFrame();
    bool isInFrame() const { return m_open.has_value(); }
    std::uint32_t openFrame() const { return m_open->frame; }

    /// The viewer has every frame up to this one; the last of the sharer's among them, if there is any.
    std::optional<std::uint32_t> acknowledged(std::uint32_t frame);
    /// Everything anew.
    void restart();
    void restart(const RelayViewer& viewer);

    /// What is stale is under other surfaces: it does not show, and is not repaired.
    bool isOnlyHiddenStale() const { return m_isOnlyHiddenStale; }
    void setOnlyHiddenStale(bool isIt) { m_isOnlyHiddenStale = isIt; }
    bool isInStep() const { return m_ledger.hasAnything() && (!m_ledger.isStale() || m_isOnlyHiddenStale); }

    /// When a key picture may be asked for this viewer again.
    bool mayAskForKey(TimePoint now) const { return now >= m_nextKey; }
    void askedForKey(TimePoint now);

private:
    struct Sent {
        std::uint32_t frame = 0;
        std::size_t octets = 0;
        bool isRelayed = false;
    };

    std::shared_ptr<RelayOutput> m_output;
    ViewerLedger m_ledger;
    std::deque<Sent> m_underWay; ///< frames not acknowledged
    std::size_t m_octetsUnderWay = 0;
    std::optional<Sent> m_open;
    bool m_isRelaying = false;
    Pass m_pass;
    bool m_isOnlyHiddenStale = false;
    TimePoint m_nextKey{};
    TimePoint m_lastKey{};
    Duration m_keyPause = std::chrono::seconds(1);
};

} // namespace sightline
