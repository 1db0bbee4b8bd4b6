#pragma once

#include "core/graphics/input_event.h"

#include <cstdint>
#include <set>

namespace sightline {

/// Which keys and buttons are down after the events that went by. Pure.
class HeldInput {
public:
    void note(const InputEvent& event);
    void clear() { m_held.clear(); }
    bool isEmpty() const { return m_held.empty(); }

private:
    std::set<std::uint32_t> m_held; ///< kind, prefix and code of each
};

} // namespace sightline
