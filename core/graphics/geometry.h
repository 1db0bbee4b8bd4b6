#pragma once

#include <algorithm>
#include <vector>

namespace sightline {

struct Point {
    int x = 0;
    int y = 0;
    bool operator==(const Point&) const = default;
};

struct Size {
    int width = 0;
    int height = 0;
    bool isEmpty() const { return width <= 0 || height <= 0; }
    bool operator==(const Size&) const = default;
};

/// A rectangle of pixels: `x`, `y` its first column and row, right() and bottom() one past its last.
struct Rect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    int right() const { return x + width; }
    int bottom() const { return y + height; }
    bool isEmpty() const { return width <= 0 || height <= 0; }
    long area() const { return isEmpty() ? 0 : static_cast<long>(width) * height; }
    bool contains(const Rect& other) const
    {
        return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
    }
    bool operator==(const Rect&) const = default;
};

inline Rect intersected(const Rect& a, const Rect& b)
{
    const int left = std::max(a.x, b.x);
    const int top = std::max(a.y, b.y);
    const Rect r{left, top, std::min(a.right(), b.right()) - left, std::min(a.bottom(), b.bottom()) - top};
    return r.isEmpty() ? Rect{} : r;
}

/// The smallest rectangle that holds both; an empty one adds nothing.
inline Rect united(const Rect& a, const Rect& b)
{
    if (a.isEmpty())
        return b;
    if (b.isEmpty())
        return a;
    const int left = std::min(a.x, b.x);
    const int top = std::min(a.y, b.y);
    return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

using Rects = std::vector<Rect>;

} // namespace sightline
