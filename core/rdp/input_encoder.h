#pragma once

#include "core/graphics/input_event.h"
#include "core/rdp/rdp_input.h"

#include <optional>
#include <vector>

namespace sightline {

/// Makes RDP's input events of ours, in their order. Pure; one per leg, because a wheel event has no position
/// of its own on the wire: the pointer is moved there before it.
class InputEncoder {
public:
    /// Nothing for what RDP cannot say (a scan code outside of 1 to 127, a unit 0, a wheel that did not
    /// turn).
    std::vector<RdpInput> encode(const InputEvent& event);

private:
    void add(const PointerMove& move);
    void add(const PointerButton& button);
    void add(const PointerWheel& wheel);
    void add(const ScancodeKey& key);
    void add(const UnicodeKey& key);
    void add(const LockKeys& locks);
    RdpInput at(RdpInput::Kind kind, std::uint32_t flags, Point position);

    std::vector<RdpInput> m_out;
    std::optional<Point> m_position; ///< that the host knows
};

} // namespace sightline
