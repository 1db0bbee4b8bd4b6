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

Rects without(const Rects& rects, const Rect& hole)
{
    Rects pieces;
    const auto add = [&pieces](int left, int top, int right, int bottom) {
        if (left < right && top < bottom)
            pieces.push_back({left, top, right - left, bottom - top});
    };
    for (const Rect& rect : rects) {
        const Rect common = intersected(rect, hole);
        if (common.isEmpty()) {
            pieces.push_back(rect);
            continue;
        }
        add(rect.x, rect.y, rect.right(), common.y);
        add(rect.x, common.y, common.x, common.bottom());
        add(common.right(), common.y, rect.right(), common.bottom());
        add(rect.x, common.bottom(), rect.right(), rect.bottom());
    }
    return pieces;
}

} // namespace sightline
