#include "core/graphics/remotefx_transform.h"

#include <algorithm>

// The transform of one level makes of a square of 2n x 2n values four of n x n: first each row is split into
// a low and a high half, then each column of both. The spec's order is columns first; the two differ by
// rounding in the last bit of the fraction. Rows come with their even and odd values apart, so every loop
// below runs over neighbours, and every intermediate value fits 16 bits: the compiler turns them into vectors
// of eight.

namespace sightline {

namespace {

std::int16_t narrow(int value)
{
    return static_cast<std::int16_t>(value);
}

/// What remains of `odd` between two even neighbours.
std::int16_t high(std::int16_t odd, std::int16_t before, std::int16_t after)
{
    const std::int16_t mean = narrow(narrow(before + after) >> 1);
    return narrow(narrow(odd - mean) >> 1);
}

/// `even`, smoothed by the high values beside it.
std::int16_t low(std::int16_t even, std::int16_t before, std::int16_t after)
{
    return narrow(even + narrow(narrow(before + after) >> 1));
}

template <std::size_t N>
void splitRow(const std::int16_t* __restrict even, const std::int16_t* __restrict odd,
    std::int16_t* __restrict lows, std::int16_t* __restrict highs)
{
    for (std::size_t i = 0; i < N - 1; ++i)
        highs[i] = high(odd[i], even[i], even[i + 1]);
    highs[N - 1] = high(odd[N - 1], even[N - 1], even[N - 1]);
    lows[0] = low(even[0], highs[0], highs[0]);
    for (std::size_t i = 1; i < N; ++i)
        lows[i] = low(even[i], highs[i - 1], highs[i]);
}

/// Splits the columns of 2N rows of N values.
template <std::size_t N>
void splitColumns(
    const std::int16_t* __restrict rows, std::int16_t* __restrict lows, std::int16_t* __restrict highs)
{
    for (std::size_t row = 0; row < N; ++row) {
        const std::int16_t* even = rows + 2 * row * N;
        const std::int16_t* odd = even + N;
        const std::int16_t* next = row + 1 < N ? odd + N : even;
        std::int16_t* highRow = highs + row * N;
        const std::int16_t* highBefore = row > 0 ? highRow - N : highRow;
        std::int16_t* lowRow = lows + row * N;
        for (std::size_t i = 0; i < N; ++i)
            highRow[i] = high(odd[i], even[i], next[i]);
        for (std::size_t i = 0; i < N; ++i)
            lowRow[i] = low(even[i], highBefore[i], highRow[i]);
    }
}

template <std::size_t N>
void separateEvenAndOdd(const std::int16_t* __restrict square, std::int16_t* __restrict out)
{
    for (std::size_t row = 0; row < 2 * N; ++row, square += 2 * N, out += 2 * N) {
        for (std::size_t i = 0; i < N; ++i) {
            out[i] = square[2 * i];
            out[N + i] = square[2 * i + 1];
        }
    }
}

/// From a plane of 2N x 2N to the three bands at `bands` and the smooth rest, N x N, at `rest`.
template <std::size_t N>
void transformLevel(
    const std::int16_t* __restrict plane, std::int16_t* __restrict bands, std::int16_t* __restrict rest)
{
    alignas(64) std::array<std::int16_t, 2 * N * N> lows;
    alignas(64) std::array<std::int16_t, 2 * N * N> highs;
    for (std::size_t row = 0; row < 2 * N; ++row) {
        const std::int16_t* even = plane + row * 2 * N;
        splitRow<N>(even, even + N, lows.data() + row * N, highs.data() + row * N);
    }
    std::int16_t* hl = bands;
    std::int16_t* lh = bands + N * N;
    std::int16_t* hh = bands + 2 * N * N;
    splitColumns<N>(lows.data(), rest, lh);
    splitColumns<N>(highs.data(), hl, hh);
}

void quantise(std::int16_t* values, std::size_t count, int quantiser)
{
    // 5 bits are the fraction that the colour conversion added.
    const int shift = quantiser - 6 + 5;
    const auto half = narrow(1 << (shift - 1));
    for (std::size_t i = 0; i < count; ++i)
        values[i] = narrow(narrow(values[i] + half) >> shift);
}

} // namespace

RemoteFxQuantisers remoteFxQuantisers(int level)
{
    RemoteFxQuantisers quantisers{6, 6, 6, 6, 7, 7, 8, 8, 8, 9};
    std::for_each(quantisers.begin() + 1, quantisers.end(),
        [level](std::uint8_t& q) { q = static_cast<std::uint8_t>(std::clamp(q + level, 6, 15)); });
    quantisers[0] = static_cast<std::uint8_t>(std::clamp(level, 6, 15));
    return quantisers;
}

void transformRemoteFx(RemoteFxPlane& plane, RemoteFxCoefficients& coefficients)
{
    std::int16_t* bands = coefficients.values.data();
    alignas(64) std::array<std::int16_t, 32 * 32> rest;
    alignas(64) std::array<std::int16_t, 32 * 32> separated;
    transformLevel<32>(plane.values.data(), bands, rest.data());
    separateEvenAndOdd<16>(rest.data(), separated.data());
    transformLevel<16>(separated.data(), bands + 3072, rest.data());
    separateEvenAndOdd<8>(rest.data(), separated.data());
    transformLevel<8>(separated.data(), bands + 3840, bands + 4032);
}

void quantiseRemoteFx(const RemoteFxQuantisers& q, RemoteFxCoefficients& coefficients)
{
    std::int16_t* values = coefficients.values.data();
    quantise(values, 1024, q[8]);
    quantise(values + 1024, 1024, q[7]);
    quantise(values + 2048, 1024, q[9]);
    quantise(values + 3072, 256, q[5]);
    quantise(values + 3328, 256, q[4]);
    quantise(values + 3584, 256, q[6]);
    quantise(values + 3840, 64, q[2]);
    quantise(values + 3904, 64, q[1]);
    quantise(values + 3968, 64, q[3]);
    std::int16_t* smooth = values + 4032;
    quantise(smooth, 64, q[0]);
    for (std::size_t i = 63; i > 0; --i)
        smooth[i] = narrow(smooth[i] - smooth[i - 1]);
}

} // namespace sightline
