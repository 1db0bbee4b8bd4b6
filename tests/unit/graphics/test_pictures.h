#pragma once

#include "core/graphics/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

/// Pictures for tests and measurements: the same on every machine, and with the statistics of what they stand
/// for.
namespace sightline::pictures {

class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed * 2 + 1)
    {
    }
    std::uint32_t next()
    {
        m_state = m_state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>(m_state >> 33);
    }
    int below(int limit) { return static_cast<int>(next() % static_cast<std::uint32_t>(limit)); }

private:
    std::uint64_t m_state;
};

inline std::uint32_t rgb(int red, int green, int blue)
{
    const auto octet = [](int v) { return static_cast<std::uint32_t>(std::clamp(v, 0, 255)); };
    return octet(red) << 16 | octet(green) << 8 | octet(blue);
}

inline void fill(Picture& picture, const Rect& area, std::uint32_t color)
{
    const Rect inside = intersected(area, picture.rect());
    for (int y = inside.y; y < inside.bottom(); ++y)
        std::fill_n(picture.row(y) + inside.x, inside.width, color);
}

/// Copies `from` of `source` to `to`, clipped at both ends.
inline void blit(const Picture& source, Rect from, Picture& picture, Point to)
{
    from = intersected(from, source.rect());
    from.width = std::min(from.width, picture.width() - to.x);
    from.height = std::min(from.height, picture.height() - to.y);
    for (int y = 0; y < from.height; ++y)
        std::copy_n(source.row(from.y + y) + from.x, std::max(0, from.width), picture.row(to.y + y) + to.x);
}

/// Soft hills of three sizes in three colours, and grain as a camera has it.
inline Picture photo(int width, int height, std::uint64_t seed, int grain = 6)
{
    Picture picture(width, height);
    Random random(seed);
    constexpr int kSide = 33;
    std::array<std::array<float, kSide * kSide>, 9> hills{};
    for (auto& hill : hills)
        for (float& value : hill)
            value = static_cast<float>(random.below(256));
    const std::array<float, 3> sizes{211, 53, 13};
    const std::array<float, 3> weights{0.6F, 0.28F, 0.12F};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::array<float, 3> color{};
            for (std::size_t i = 0; i < 9; ++i) {
                const float px = static_cast<float>(x) / sizes[i / 3];
                const float py = static_cast<float>(y) / sizes[i / 3];
                const float fx = px - std::floor(px);
                const float fy = py - std::floor(py);
                const auto column = static_cast<std::size_t>(px) % (kSide - 1);
                const auto row = static_cast<std::size_t>(py) % (kSide - 1);
                const float* at = hills[i].data() + row * kSide + column;
                const float top = at[0] * (1 - fx) + at[1] * fx;
                const float bottom = at[kSide] * (1 - fx) + at[kSide + 1] * fx;
                color[i % 3] += weights[i / 3] * (top * (1 - fy) + bottom * fy);
            }
            const int noise = grain > 0 ? random.below(grain) + random.below(grain) - grain : 0;
            picture.row(y)[x] = rgb(static_cast<int>(color[0]) + noise, static_cast<int>(color[1]) + noise,
                static_cast<int>(color[2]) + noise);
        }
    }
    return picture;
}

inline Picture noise(int width, int height, std::uint64_t seed)
{
    Picture picture(width, height);
    Random random(seed);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            picture.row(y)[x] = random.next() & kColorMask;
    return picture;
}

/// Letters that nobody can read, but anti-aliased as letters are: strokes with soft edges, per colour when
/// `lcd`.
class Font {
public:
    static constexpr int kWidth = 9;
    static constexpr int kHeight = 15;
    static constexpr int kLetters = 64;

    Font()
        : m_cover(static_cast<std::size_t>(kLetters))
    {
        Random random(42);
        for (auto& letter : m_cover) {
            for (int stroke = 0; stroke < 3; ++stroke) {
                const bool upright = random.below(2) == 0;
                const int at = random.below(upright ? 18 : 10);
                for (int i = random.below(4); i < 11; ++i)
                    cover(letter, upright, at, i);
            }
        }
    }

    int at(int letter, int x, int y, int channel) const
    {
        const int sub = std::clamp(x * 3 + channel, 0, kWidth * 3 - 1);
        return m_cover[static_cast<std::size_t>(letter)][static_cast<std::size_t>(y * kWidth * 3 + sub)];
    }

private:
    using Letter = std::array<std::uint8_t, static_cast<std::size_t>(kWidth * 3 * kHeight)>;

    static void cover(Letter& letter, bool upright, int at, int along)
    {
        const auto set = [&letter](int x, int y, int value) {
            auto& octet = letter[static_cast<std::size_t>(y * kWidth * 3 + x)];
            octet = static_cast<std::uint8_t>(std::max<int>(octet, value));
        };
        if (upright) {
            constexpr std::array<int, 6> profile{70, 190, 255, 255, 190, 70};
            for (int i = 0; i < 6; ++i)
                set(at + i, 2 + along, profile[static_cast<std::size_t>(i)]);
        } else {
            for (int i = 0; i < 2; ++i)
                set(along * 2 + i, 2 + at, 230);
        }
    }

    std::vector<Letter> m_cover;
};

inline void text(Picture& picture, const Rect& area, std::uint64_t seed, bool lcd,
    std::uint32_t ink = 0x222222, std::uint32_t paper = 0xFFFFFF)
{
    static const Font font;
    fill(picture, area, paper);
    Random random(seed);
    for (int top = area.y + 4; top + Font::kHeight <= area.bottom(); top += 20) {
        const int end = area.right() - random.below(std::max(1, area.width / 4));
        for (int left = area.x + 6; left + Font::kWidth <= end; left += Font::kWidth) {
            const int letter = random.below(Font::kLetters + 14);
            if (letter >= Font::kLetters)
                continue;
            for (int y = 0; y < Font::kHeight; ++y) {
                for (int x = 0; x < Font::kWidth; ++x) {
                    std::uint32_t color = 0;
                    for (int channel = 0; channel < 3; ++channel) {
                        const int shift = 16 - 8 * channel;
                        const int cover = font.at(letter, x, y, lcd ? channel : 1);
                        const int from = static_cast<int>(paper >> shift & 0xFF);
                        const int to = static_cast<int>(ink >> shift & 0xFF);
                        color |= static_cast<std::uint32_t>(from + (to - from) * cover / 255) << shift;
                    }
                    picture.row(top + y)[left + x] = color;
                }
            }
        }
    }
}

/// A desktop: wallpaper, a panel with a gradient, windows of text.
inline Picture desktop(int width, int height, std::uint64_t seed)
{
    Picture picture = photo(width, height, seed);
    for (int y = 0; y < std::min(height, 32); ++y)
        fill(picture, {0, y, width, 1}, rgb(40 + y, 42 + y, 50 + y));
    text(picture, intersected({width / 12, height / 10, width / 2, height / 2}, picture.rect()), seed + 1,
        true);
    text(picture, intersected({width / 3, height / 2, width / 2, height * 2 / 5}, picture.rect()), seed + 2,
        false, 0xD0D0D0, 0x1E1E2E);
    return picture;
}

} // namespace sightline::pictures
