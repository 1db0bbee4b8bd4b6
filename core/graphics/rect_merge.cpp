#include "core/graphics/rect_merge.h"

namespace sightline {

namespace {

/// Rows of tiles have few rectangles in them, so looking at all that end where this one begins is cheap
/// enough.
bool joinBelow(Rects& merged, const Rect& rect)
{
    for (auto it = merged.rbegin(); it != merged.rend(); ++it) {
        if (it->x == rect.x && it->width == rect.width && it->bottom() == rect.y) {
            it->height += rect.height;
            return true;
        }
    }
    return false;
}

} // namespace

Rects mergeRects(const Rects& rects)
{
    Rects strips;
    for (const Rect& rect : rects) {
        Rect* last = strips.empty() ? nullptr : &strips.back();
        if (last && last->y == rect.y && last->height == rect.height && last->right() == rect.x)
            last->width += rect.width;
        else
            strips.push_back(rect);
    }
    Rects merged;
    for (const Rect& strip : strips) {
        if (!joinBelow(merged, strip))
            merged.push_back(strip);
    }
    return merged;
}

} // namespace sightline
