#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// How a remote desktop is laid into a pane.
enum class ViewScale {
    Fit, ///< as large as the pane allows, all of it visible, in its own proportions
    OneToOne, ///< one remote pixel is one pixel of our screen; what does not fit is scrolled
};

/// Where the remote desktop's pixels are in the pane. All of it in physical pixels.
struct ViewGeometry {
    Size remote;
    Size pane;
    ViewScale scale = ViewScale::Fit;
    Point scroll; ///< OneToOne: the shown pixel in the pane's corner, along an axis that does not fit
    Rect part = {}; ///< of the remote desktop, in its pixels, which alone is shown; empty: all of it

    /// The part, or all, in remote coordinates.
    Rect shown() const;
    /// What is shown in pane coordinates; may reach out of the pane. Empty when there is nothing to show.
    Rect target() const;
    /// No remote pixel is stretched or shrunk.
    bool isExact() const;
    /// Every pixel of the pane that any pixel of `remotePart` shows in; not clipped to the
    /// pane.
    Rect toPane(const Rect& remotePart) const;
    /// The remote pixel in the middle of what this pixel of the pane shows; outside of the picture, the
    /// nearest one shown.
    Point toRemote(Point pane) const;
    /// How far there is to scroll along each axis.
    Point scrollRange() const;

    bool operator==(const ViewGeometry&) const = default;
};

} // namespace sightline
