#include "ui/view_geometry.h"

#include <cstdint>

namespace sightline {
namespace {

int scaledDown(int value, int to, int from)
{
    const std::int64_t product = static_cast<std::int64_t>(value) * to;
    const std::int64_t quotient = product / from;
    return static_cast<int>(product % from < 0 ? quotient - 1 : quotient);
}

int scaledUp(int value, int to, int from)
{
    return -scaledDown(-value, to, from);
}

// A pane can be rounded up to whole units of the window system, which is no reason to blur a picture.
constexpr int kRoundingOfPane = 2;

Size fitted(Size remote, Size pane)
{
    Size size = pane;
    const auto across = static_cast<std::int64_t>(pane.width) * remote.height;
    const auto down = static_cast<std::int64_t>(pane.height) * remote.width;
    if (across <= down)
        size.height = std::max(1, scaledDown(remote.height, pane.width, remote.width));
    else
        size.width = std::max(1, scaledDown(remote.width, pane.height, remote.height));
    const Size more{size.width - remote.width, size.height - remote.height};
    const bool isNearlyExact = more.width >= 0 && more.height >= 0 && more.width <= kRoundingOfPane
        && more.height <= kRoundingOfPane;
    return isNearlyExact ? remote : size;
}

} // namespace

Rect ViewGeometry::shown() const
{
    const Rect all{0, 0, remote.width, remote.height};
    return part.isEmpty() ? all : intersected(part, all);
}

Rect ViewGeometry::target() const
{
    const Rect from = shown();
    if (from.isEmpty() || pane.isEmpty())
        return {};
    const Size exact{from.width, from.height};
    const Size size = scale == ViewScale::Fit ? fitted(exact, pane) : exact;
    const auto start
        = [](int length, int room, int scrolled) { return length <= room ? (room - length) / 2 : -scrolled; };
    return {start(size.width, pane.width, scroll.x), start(size.height, pane.height, scroll.y), size.width,
        size.height};
}

bool ViewGeometry::isExact() const
{
    const Rect whole = target();
    const Rect from = shown();
    return whole.width == from.width && whole.height == from.height;
}

Rect ViewGeometry::toPane(const Rect& remotePart) const
{
    const Rect whole = target();
    const Rect all = shown();
    Rect from = part.isEmpty() ? remotePart : intersected(remotePart, all);
    if (whole.isEmpty() || from.isEmpty())
        return {};
    from = {from.x - all.x, from.y - all.y, from.width, from.height};
    // An enlarged pixel is blended into its neighbours.
    if (whole.width > all.width || whole.height > all.height)
        from = {from.x - 1, from.y - 1, from.width + 2, from.height + 2};
    const int left = scaledDown(from.x, whole.width, all.width);
    const int top = scaledDown(from.y, whole.height, all.height);
    const int right = scaledUp(from.right(), whole.width, all.width);
    const int bottom = scaledUp(from.bottom(), whole.height, all.height);
    return {whole.x + left, whole.y + top, right - left, bottom - top};
}

Point ViewGeometry::toRemote(Point inPane) const
{
    const Rect whole = target();
    const Rect all = shown();
    if (whole.isEmpty())
        return {};
    const auto along = [](int distance, int length, int shownLength) {
        // Of a pixel's middle, in halves: a shrunk picture has several pixels in each of the pane's.
        const std::int64_t halves = 2 * static_cast<std::int64_t>(distance) + 1;
        const std::int64_t far = halves * length / (2 * static_cast<std::int64_t>(shownLength));
        return static_cast<int>(std::clamp<std::int64_t>(halves < 0 ? 0 : far, 0, length - 1));
    };
    return {all.x + along(inPane.x - whole.x, all.width, whole.width),
        all.y + along(inPane.y - whole.y, all.height, whole.height)};
}

Point ViewGeometry::scrollRange() const
{
    if (scale == ViewScale::Fit)
        return {};
    const Rect from = shown();
    return {std::max(0, from.width - pane.width), std::max(0, from.height - pane.height)};
}

} // namespace sightline
