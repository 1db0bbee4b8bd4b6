#pragma once

#include "core/graphics/remotefx_transform.h"

#include <array>
#include <cstdint>

namespace sightline {

/// The values of one component of a tile, row by row.
struct RemoteFxValues {
    alignas(64) std::array<std::int16_t, kRemoteFxTile * kRemoteFxTile> values;
};

/// Undoes the differences of LL3 and the quantisation (MS-RDPRFX 3.1.8.1.5, 3.1.8.1.6). Quantisers are 6
/// to 15.
void dequantiseRemoteFx(const RemoteFxQuantisers& quantisers, RemoteFxCoefficients& coefficients);

/// The inverse wavelet transform in three levels (MS-RDPRFX 3.1.8.1.4). Overwrites `coefficients`.
void inverseTransformRemoteFx(RemoteFxCoefficients& coefficients, RemoteFxValues& values);

/// From Y, Cb and Cr to 64x64 pixels (MS-RDPRFX 3.1.8.1.3).
void fromRemoteFxValues(const std::array<RemoteFxValues, 3>& components, std::uint32_t* pixels);

} // namespace sightline
