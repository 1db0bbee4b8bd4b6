#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

/// Codes coefficients as RLGR3 (MS-RDPRFX 3.1.8.1.7): adaptive run lengths of zeros, and Golomb-Rice codes of
/// what is between them. Keeps its memory.
class RlgrEncoder {
public:
    /// Valid until the next call.
    std::span<const std::uint8_t> encode(std::span<const std::int16_t> coefficients);

private:
    std::vector<std::uint8_t> m_encoded;
};

} // namespace sightline
