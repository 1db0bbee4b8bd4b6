#pragma once

#include "core/base/result.h"
#include "core/graphics/picture.h"

#include <vector>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// A piece of one window on its way from the server, to be drawn over what is below it.
struct X11Layer {
    xcb_get_image_cookie_t cookie{};
    Rect part; ///< in root window coordinates
    bool isBlended = false; ///< by its alpha, which is premultiplied
    Rects hidden; ///< shown black
};

/// Waits for the layers, the topmost first in `layers`, and draws them into `picture`, whose corner is
/// `origin` of the root window. A layer whose window is gone leaves what was there.
Result<void> drawLayers(
    X11Connection& connection, const std::vector<X11Layer>& layers, Picture& picture, Point origin);

} // namespace sightline
