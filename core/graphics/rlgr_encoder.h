#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

/// Appends `coefficients` to `out`, coded as RLGR3 (MS-RDPRFX 3.1.8.1.7): adaptive run lengths of zeros, and
/// Golomb-Rice codes of what is between them.
void encodeRlgr3(std::span<const std::int16_t> coefficients, std::vector<std::uint8_t>& out);

} // namespace sightline
