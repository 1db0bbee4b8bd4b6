#pragma once

#include "core/graphics/geometry.h"

#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// What the root window would show where windows cover it. Nobody can ask the server for a window's
/// background, so a window of our own lets it be painted: with the parent's background, redirected so that it
/// never comes to the screen, deaf to the pointer, and below all others. It is made when it is first needed.
class X11RootBackground {
public:
    explicit X11RootBackground(X11Connection& connection);
    ~X11RootBackground();
    X11RootBackground(const X11RootBackground&) = delete;
    X11RootBackground& operator=(const X11RootBackground&) = delete;

    /// Asks for this part of the root, as 32-bit pixels; the answer is whoever's holds the cookie.
    xcb_get_image_cookie_t request(const Rect& part);

    /// XCB_NONE before the first request.
    xcb_window_t window() const { return m_window; }

private:
    void createWindow();

    X11Connection& m_connection;
    xcb_window_t m_window = XCB_NONE;
};

} // namespace sightline
