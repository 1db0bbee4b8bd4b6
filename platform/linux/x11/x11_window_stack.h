#pragma once

#include "core/base/result.h"
#include "core/graphics/geometry.h"

#include <vector>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// A child of the root window.
struct StackedWindow {
    xcb_window_t id = 0;
    Rect rect; ///< with its border, in root window coordinates
    int border = 0;
    int depth = 0;
    bool isMapped = false;
    bool hasPixels = true; ///< false: InputOnly
    bool isKnown = false; ///< depth and hasPixels were asked for
};

/// The children of the root window in their stacking order, kept up to date by the root's SubstructureNotify
/// events, which the owner selects and passes on. Asks the server only for what no event tells.
class X11WindowStack {
public:
    explicit X11WindowStack(X11Connection& connection);

    /// True when a window came, went, or is somewhere else.
    bool onEvent(const xcb_generic_event_t& event);
    /// Fetches what is not known yet.
    Result<void> update();

    /// From the lowest to the topmost.
    const std::vector<StackedWindow>& windows() const { return m_windows; }

private:
    using Iterator = std::vector<StackedWindow>::iterator;

    Iterator find(xcb_window_t id);
    bool onCreated(const xcb_create_notify_event_t& event);
    bool onConfigured(const xcb_configure_notify_event_t& event);
    bool onReparented(const xcb_reparent_notify_event_t& event);
    bool setMapped(xcb_window_t id, bool isMapped);
    bool remove(xcb_window_t id);
    Result<void> readOrder();
    Result<void> askAboutUnknown();

    X11Connection& m_connection;
    std::vector<StackedWindow> m_windows;
    bool m_isOrderKnown = false;
    bool m_hasUnknown = false;
};

} // namespace sightline
