#pragma once

#include "ui/view_geometry.h"

#include <QMargins>
#include <QRect>

namespace sightline {

/// What a window that shows a remote desktop has to go by. In the window system's units.
struct WindowRoom {
    QRect screen; ///< the part of it that windows may use
    QMargins frame; ///< what a window manager puts around; zero without one
    QSize chrome; ///< what the window itself needs besides the picture
};

/// Where to put the window (without its frame) at first. It shows `picture` at 1:1 when the screen has the
/// room; else it takes the shape of the picture as far as the screen goes (Fit), or what there is (OneToOne).
/// A window that nearly fills the screen goes into its corner; a smaller one stays where it is, as far as
/// that is on the screen: `current` is its position.
QRect placedWindow(const WindowRoom& room, QSize picture, ViewScale scale, QPoint current);

} // namespace sightline
