#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/geometry.h"

#include <memory>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;
class X11Image;

/// One window whose content is captured, also where others cover it: the Composite extension gives it pixels
/// of its own for as long as this object lives.
///
/// What covered the window when that began is on those pixels too, until the program has painted; it is
/// hidden so long.
class X11WindowSource {
public:
    /// NoWindow: there is none; CaptureFailed: it has no pixels.
    static Result<std::unique_ptr<X11WindowSource>> create(X11Connection& connection, xcb_window_t window);
    ~X11WindowSource();
    X11WindowSource(const X11WindowSource&) = delete;
    X11WindowSource& operator=(const X11WindowSource&) = delete;

    xcb_window_t id() const { return m_window; }
    Size size() const { return m_size; } ///< without its border
    bool isVisible() const { return m_isVisible; } ///< false: it has no pixels now (minimised)

    /// True when place, size or visibility may have changed.
    bool onEvent(const xcb_generic_event_t& event);
    /// NoWindow: the window was closed.
    Result<void> refresh();
    /// Of its first pixel, in root window coordinates.
    Result<Point> position() const;

    void noteDrawn(const Rects& damage);
    /// Makes black what must not be seen. From `nextLook()` on it is all seen; what was black is to be read
    /// anew.
    void hideUnpainted(X11Image& image, TimePoint now);
    /// Then something that was hidden is shown as it is.
    TimePoint nextLook() const;

private:
    X11WindowSource(X11Connection& connection, xcb_window_t window, xcb_atom_t stateAtom);
    Result<void> checkPixels() const;
    Result<Rects> findCovered() const;
    Result<xcb_window_t> topLevel() const;

    X11Connection& m_connection;
    const xcb_window_t m_window;
    const xcb_atom_t m_stateAtom;
    Size m_size;
    bool m_isVisible = false;
    Rects m_unpainted;
    TimePoint m_unpaintedUntil{};
};

} // namespace sightline
