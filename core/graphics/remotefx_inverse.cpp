#include "core/graphics/remotefx_inverse.h"

#include <algorithm>
#include <cstring>

// Widths are what other decoders have: 16 bits for every intermediate value, wrapping around for what no
// encoder makes, so that one and the same picture comes out.

namespace sightline {

namespace {

std::int16_t narrow(int value)
{
    return static_cast<std::int16_t>(value);
}

void scale(std::int16_t* values, std::size_t count, int quantiser)
{
    for (std::size_t i = 0; i < count; ++i)
        values[i] = narrow(static_cast<int>(static_cast<unsigned>(values[i]) << (quantiser - 1)));
}

std::int16_t evenOf(std::int16_t low, std::int16_t before, std::int16_t after)
{
    return narrow(low - narrow(narrow(before + after + 1) >> 1));
}

std::int16_t oddOf(std::int16_t high, std::int16_t before, std::int16_t after)
{
    return narrow(narrow(2 * high) + narrow(narrow(before + after) >> 1));
}

template <std::size_t N>
void joinRow(
    const std::int16_t* __restrict lows, const std::int16_t* __restrict highs, std::int16_t* __restrict out)
{
    std::array<std::int16_t, N + 1> even;
    even[0] = evenOf(lows[0], highs[0], highs[0]);
    for (std::size_t i = 1; i < N; ++i)
        even[i] = evenOf(lows[i], highs[i - 1], highs[i]);
    even[N] = even[N - 1];
    for (std::size_t i = 0; i < N; ++i) {
        out[2 * i] = even[i];
        out[2 * i + 1] = oddOf(highs[i], even[i], even[i + 1]);
    }
}

/// Joins N low and N high rows, each of 2N values.
template <std::size_t N>
void joinColumns(
    const std::int16_t* __restrict lows, const std::int16_t* __restrict highs, std::int16_t* __restrict out)
{
    constexpr std::size_t kRow = 2 * N;
    for (std::size_t row = 0; row < N; ++row) {
        const std::int16_t* low = lows + row * kRow;
        const std::int16_t* high = highs + row * kRow;
        const std::int16_t* before = row > 0 ? high - kRow : high;
        std::int16_t* even = out + 2 * row * kRow;
        for (std::size_t i = 0; i < kRow; ++i)
            even[i] = evenOf(low[i], before[i], high[i]);
    }
    for (std::size_t row = 0; row < N; ++row) {
        const std::int16_t* high = highs + row * kRow;
        const std::int16_t* even = out + 2 * row * kRow;
        const std::int16_t* next = row + 1 < N ? even + 2 * kRow : even;
        std::int16_t* odd = out + (2 * row + 1) * kRow;
        for (std::size_t i = 0; i < kRow; ++i)
            odd[i] = oddOf(high[i], even[i], next[i]);
    }
}

/// From the bands HL, LH, HH and LL at `bands`, N x N each, to 2N x 2N values at `out`, which may be there.
template <std::size_t N> void joinLevel(const std::int16_t* bands, std::int16_t* out)
{
    alignas(64) std::array<std::int16_t, 2 * N * N> lows;
    alignas(64) std::array<std::int16_t, 2 * N * N> highs;
    for (std::size_t row = 0; row < N; ++row) {
        joinRow<N>(bands + 3 * N * N + row * N, bands + row * N, lows.data() + row * 2 * N);
        joinRow<N>(bands + N * N + row * N, bands + 2 * N * N + row * N, highs.data() + row * 2 * N);
    }
    joinColumns<N>(lows.data(), highs.data(), out);
}

std::uint32_t channel(int value)
{
    return static_cast<std::uint32_t>(std::clamp(value >> 3, 0, 255));
}

/// The upper half of a product, as the multiplication of vectors gives it.
int product(int a, int b)
{
    return a * b >> 16;
}

} // namespace

void dequantiseRemoteFx(const RemoteFxQuantisers& q, RemoteFxCoefficients& coefficients)
{
    std::int16_t* values = coefficients.values.data();
    std::int16_t* smooth = values + 4032;
    for (std::size_t i = 1; i < 64; ++i)
        smooth[i] = narrow(smooth[i] + smooth[i - 1]);
    scale(values, 1024, q[8]);
    scale(values + 1024, 1024, q[7]);
    scale(values + 2048, 1024, q[9]);
    scale(values + 3072, 256, q[5]);
    scale(values + 3328, 256, q[4]);
    scale(values + 3584, 256, q[6]);
    scale(values + 3840, 64, q[2]);
    scale(values + 3904, 64, q[1]);
    scale(values + 3968, 64, q[3]);
    scale(smooth, 64, q[0]);
}

void inverseTransformRemoteFx(RemoteFxCoefficients& coefficients, RemoteFxValues& values)
{
    std::int16_t* bands = coefficients.values.data();
    joinLevel<8>(bands + 3840, bands + 3840);
    joinLevel<16>(bands + 3072, bands + 3072);
    joinLevel<32>(bands, values.values.data());
}

void fromRemoteFxValues(const std::array<RemoteFxValues, 3>& components, std::uint32_t* pixels)
{
    constexpr int kRedOfCr = 22986; // 1.403 in 14 bits of fraction
    constexpr int kGreenOfCb = -5636; // 0.344
    constexpr int kGreenOfCr = -11698; // 0.714
    constexpr int kBlueOfCb = 28999; // 1.770
    const std::int16_t* luma = components[0].values.data();
    const std::int16_t* blue = components[1].values.data();
    const std::int16_t* red = components[2].values.data();
    for (std::size_t i = 0; i < components[0].values.size(); ++i) {
        const int y = narrow(luma[i] + 4096) >> 2;
        const int cb = blue[i];
        const int cr = red[i];
        pixels[i] = channel(y + product(cr, kRedOfCr)) << 16
            | channel(y + product(cb, kGreenOfCb) + product(cr, kGreenOfCr)) << 8
            | channel(y + product(cb, kBlueOfCb));
    }
}

} // namespace sightline
