#pragma once

#include "core/base/result.h"
#include "core/graphics/geometry.h"

#include <memory>
#include <xcb/damage.h>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// Collects, inside the X server, where a window has been drawn to.
///
/// Report level NonEmpty: the server sends one event for the first drawing after take(), keeps the rest in a
/// region, and take() empties and fetches it in one round trip. With raw rectangles an xterm that prints
/// without end sends 26 000 events a second, which cost this process 7 % of a core; this way it is 0.4 %, and
/// the server's cost is the same. A bounding box would make a clock and a text cursor in opposite corners the
/// whole screen.
class X11Damage {
public:
    /// Of `window`: the root for the whole screen. The connection must offer DAMAGE and XFIXES, and outlive
    /// this.
    static Result<std::unique_ptr<X11Damage>> create(X11Connection& connection, xcb_window_t window);
    ~X11Damage();
    X11Damage(const X11Damage&) = delete;
    X11Damage& operator=(const X11Damage&) = delete;

    xcb_window_t window() const { return m_window; }

    /// True when the event, a DamageNotify, tells of drawing here that the last take() did not return.
    bool isNew(const xcb_generic_event_t& event) const;

    /// Where the window was drawn to since the last call, in its coordinates; no two rectangles overlap.
    Result<Rects> take();

private:
    X11Damage(
        X11Connection& connection, xcb_window_t window, xcb_damage_damage_t damage, std::uint32_t region);

    X11Connection& m_connection;
    xcb_window_t m_window;
    xcb_damage_damage_t m_damage;
    std::uint32_t m_region;
    std::uint32_t m_takenAt = 0; ///< sequence number of the last subtraction
};

} // namespace sightline
