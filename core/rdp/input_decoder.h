#pragma once

#include "core/graphics/input_event.h"
#include "core/rdp/rdp_input.h"

#include <cstdint>
#include <vector>

namespace sightline {

/// Makes our input events of what a viewer's RDP input PDUs say. Pure; one per leg. What makes no sense
/// (unknown or contradictory flags, a scan code that no keyboard has) yields nothing and is counted.
class InputDecoder {
public:
    std::vector<InputEvent> decode(const RdpInput& input);
    std::uint64_t rejected() const { return m_rejected; }

private:
    bool decodeMouse(const RdpInput& input);
    bool decodeWheel(std::uint32_t flags);
    bool decodeExtendedMouse(const RdpInput& input);
    bool decodeScancode(const RdpInput& input);
    bool decodeUnicode(const RdpInput& input);
    bool decodeSynchronize(const RdpInput& input);

    std::vector<InputEvent> m_out;
    std::uint64_t m_rejected = 0;
    Point m_position; ///< of the last event that has one
    bool m_expectsEndOfPause = false;
};

} // namespace sightline
