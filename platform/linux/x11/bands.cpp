#include "platform/linux/x11/bands.h"

namespace sightline {

Rects bandsOf(const Rects& rects, const Rect& area, int maxGap)
{
    Rects bands;
    for (const Rect& rect : rects) {
        const Rect part = intersected(rect, area);
        if (!part.isEmpty())
            bands.push_back({area.x, part.y, area.width, part.height});
    }
    std::sort(bands.begin(), bands.end(), [](const Rect& a, const Rect& b) { return a.y < b.y; });

    Rects merged;
    for (const Rect& band : bands) {
        if (!merged.empty() && band.y - merged.back().bottom() < maxGap)
            merged.back() = united(merged.back(), band);
        else
            merged.push_back(band);
    }
    return merged;
}

} // namespace sightline
