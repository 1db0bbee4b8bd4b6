#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

namespace sightline {

/// Says when the sharer hears that a frame of its has arrived: with the quickest viewer's acknowledgement, at
/// once when no viewer gets the frame, and after a while in any case, for the relay has it. Pure.
class SourceAcks {
public:
    /// A frame of the sharer's went out under another number to so many viewers.
    void sent(std::uint32_t source, std::uint32_t relayed, std::size_t viewers, TimePoint now);
    /// A viewer has every frame up to this one.
    void acknowledged(std::uint32_t relayed);
    /// The newest frame to acknowledge, if there is one that was not.
    std::optional<std::uint32_t> take(TimePoint now);
    void clear();

    bool isWaiting() const { return !m_frames.empty(); }

private:
    struct Frame {
        std::uint32_t source = 0;
        std::uint32_t relayed = 0;
        TimePoint at{};
    };

    std::deque<Frame> m_frames;
    std::optional<std::uint32_t> m_ready;
};

} // namespace sightline
