#include "platform/linux/x11/rect_subtract.h"

namespace sightline {

namespace {

void addUnlessEmpty(Rects& rects, const Rect& rect)
{
    if (!rect.isEmpty())
        rects.push_back(rect);
}

} // namespace

Rects subtracted(const Rects& rects, const Rect& hole)
{
    Rects rest;
    for (const Rect& rect : rects) {
        const Rect cut = intersected(rect, hole);
        if (cut.isEmpty()) {
            addUnlessEmpty(rest, rect);
            continue;
        }
        addUnlessEmpty(rest, {rect.x, rect.y, rect.width, cut.y - rect.y});
        addUnlessEmpty(rest, {rect.x, cut.y, cut.x - rect.x, cut.height});
        addUnlessEmpty(rest, {cut.right(), cut.y, rect.right() - cut.right(), cut.height});
        addUnlessEmpty(rest, {rect.x, cut.bottom(), rect.width, rect.bottom() - cut.bottom()});
    }
    return rest;
}

Rects clipped(const Rects& rects, const Rect& area)
{
    Rects inside;
    for (const Rect& rect : rects)
        addUnlessEmpty(inside, intersected(rect, area));
    return inside;
}

} // namespace sightline
