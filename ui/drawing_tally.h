#pragma once

#include "core/graphics/drawn_area.h"

#include <array>
#include <cstddef>
#include <deque>
#include <vector>

namespace sightline {

/// The frames of the last second: what drew them, how much that was, and how long decoding took. Pure; time
/// is the caller's.
class DrawingTally {
public:
    static constexpr std::size_t kKinds = 7;

    struct Kind {
        int areas = 0;
        std::size_t octets = 0;
    };
    struct Summary {
        std::array<Kind, kKinds> kinds{}; ///< by DrawnArea::Kind
        Duration slowest{}; ///< to decode, of all frames
    };

    void add(DrawnFrame frame, TimePoint now);
    /// Drops what is older than a second. True when there was something.
    bool expire(TimePoint now);
    bool isEmpty() const { return m_frames.empty(); }

    Summary summary() const;
    /// What was drawn since `since`, the oldest first.
    std::vector<DrawnArea> areasSince(TimePoint since) const;

private:
    struct Entry {
        TimePoint at{};
        DrawnFrame frame;
    };
    std::deque<Entry> m_frames;
};

} // namespace sightline
