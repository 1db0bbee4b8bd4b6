#include "ui/window_placement.h"

#include <algorithm>

namespace sightline {
namespace {

// Less room than this on both sides together is not worth centring a window in.
constexpr int kNarrow = 160;

int placed(int current, int length, int start, int room)
{
    if (room - length < kNarrow)
        return start;
    return std::clamp(current, start, start + room - length);
}

} // namespace

QRect placedWindow(const WindowRoom& room, QSize picture, ViewScale scale, QPoint current)
{
    const QRect usable = room.screen.marginsRemoved(room.frame);
    const QSize pane = usable.size() - room.chrome;
    const bool fits = picture.width() <= pane.width() && picture.height() <= pane.height();
    if (!fits && scale == ViewScale::Fit)
        picture.scale(pane, Qt::KeepAspectRatio);
    const QSize size = (picture + room.chrome).boundedTo(usable.size());
    return {placed(current.x(), size.width(), usable.x(), usable.width()),
        placed(current.y(), size.height(), usable.y(), usable.height()), size.width(), size.height()};
}

} // namespace sightline
