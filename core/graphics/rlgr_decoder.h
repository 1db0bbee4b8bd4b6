#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

enum class RlgrMode { Rlgr1, Rlgr3 };

/// Decodes what MS-RDPRFX 3.1.8.1.7 calls RLGR1 and RLGR3. Every sequence of octets stands for some
/// coefficients: what is missing at the end is zero, what is too much is left. Keeps its memory. Portable,
/// pure.
class RlgrDecoder {
public:
    void decode(ByteView octets, RlgrMode mode, std::span<std::int16_t> coefficients);

private:
    std::vector<std::uint8_t> m_octets; ///< with room behind them for reads of whole words
};

} // namespace sightline
