#pragma once

#include "core/graphics/input_event.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace sightline {

/// Input on its way to a connection that may be slow. Moves that follow each other become the last of them,
/// turns of the same wheel their sum; a press and its release never become one, and neither is left out.
///
/// Bounded: when it is full, moves make room, and after them a new press is refused together with its
/// release, so that nothing stays pressed on the other side. Not thread-safe.
class InputQueue {
public:
    explicit InputQueue(std::size_t capacity = 1024)
        : m_capacity(capacity)
    {
    }

    void push(const InputEvent& event);
    std::optional<InputEvent> take();
    bool isEmpty() const { return m_events.empty(); }
    std::uint64_t refused() const { return m_refusedCount; }

private:
    bool mergeWithLast(const InputEvent& event);
    bool makeRoom();
    bool mayEnter(const InputEvent& event);

    std::size_t m_capacity;
    std::deque<InputEvent> m_events;
    std::vector<InputEvent> m_held; ///< presses that were taken, and their releases not yet
    std::uint64_t m_refusedCount = 0;
};

} // namespace sightline
