#pragma once

#include "core/graphics/remotefx_color.h"

#include <array>
#include <cstdint>

namespace sightline {

/// The coefficients of one component in the order in which they are coded (MS-RDPRFX 3.1.8.1.5): HL1 LH1 HH1
/// (32x32 each), HL2 LH2 HH2 (16x16), HL3 LH3 HH3 LL3 (8x8).
struct RemoteFxCoefficients {
    alignas(64) std::array<std::int16_t, kRemoteFxTile * kRemoteFxTile> values;
};

/// Quantisers of the bands in the order of TS_RFX_CODEC_QUANT (MS-RDPRFX 2.2.2.1.5): LL3 LH3 HL3 HH3 LH2 HL2
/// HH2 LH1 HL1 HH1. From 6 (best) to 15; each step halves the precision.
using RemoteFxQuantisers = std::array<std::uint8_t, 10>;

/// 0 is the best quality; each level above it halves the precision of all but the coarsest band, and from
/// level 7 on of that one too.
RemoteFxQuantisers remoteFxQuantisers(int level);

/// The wavelet transform in three levels, lifting 5/3 (MS-RDPRFX 3.1.8.1.4). Overwrites `plane`.
void transformRemoteFx(RemoteFxPlane& plane, RemoteFxCoefficients& coefficients);

/// Quantises, and makes differences of LL3 (MS-RDPRFX 3.1.8.1.5, 3.1.8.1.6).
void quantiseRemoteFx(const RemoteFxQuantisers& quantisers, RemoteFxCoefficients& coefficients);

} // namespace sightline
