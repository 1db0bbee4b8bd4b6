#pragma once

#include "core/base/clock.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace sightline {

/// The time from sending frames to their acknowledgement: remembers the last frames and answers their median.
/// Numbers that were never sent, or too long ago, are ignored.
class FrameLatency {
public:
    void sent(std::uint32_t frame, TimePoint at);
    /// All frames up to this one.
    void acknowledged(std::uint32_t frame, TimePoint at);
    Duration median() const; ///< 0 before the first acknowledgement

private:
    struct Entry {
        std::uint32_t frame = 0;
        TimePoint at{};
        bool isOpen = false;
    };
    static constexpr std::size_t kKept = 64; ///< more than the pacer's window, and about a second of frames

    std::array<Entry, kKept> m_sent{};
    std::size_t m_nextSent = 0;
    std::array<Duration, kKept> m_samples{};
    std::size_t m_sampleCount = 0; ///< ever taken
};

} // namespace sightline
