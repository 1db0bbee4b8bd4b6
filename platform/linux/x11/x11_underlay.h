#pragma once

#include "core/base/clock.h"
#include "core/graphics/picture.h"
#include "platform/linux/x11/x11_damage.h"
#include "platform/linux/x11/x11_root_background.h"
#include "platform/linux/x11/x11_window_stack.h"

#include <memory>
#include <vector>

namespace sightline {

class X11Image;
struct X11Layer;

/// What the screen would show without some windows ("excluded"), for the rectangles that they cover.
///
/// The root window's pixels contain every window, so what is below is put together from the windows' own
/// pixels. Those exist while the Composite extension redirects the windows: this object asks for that as long
/// as it lives, with automatic updates, so that the screen looks the same; below a compositing manager, which
/// redirects them itself, it changes nothing. What was put together is kept, and put together anew where
/// DAMAGE of a window below tells of drawing, and where windows came, went or moved.
///
/// Where nobody knows what is below, it is black: without Composite or DAMAGE; and for the moment until a
/// window that was covered before it had pixels of its own has painted itself. Never what must not be seen.
///
/// The price, of one window of 400x36 pixels left out of 1280x1024 (Xvfb): a change of the whole screen takes
/// 1.6 times as long from the drawing to the end of the grab (1.1 and 1.8 ms), twice as long in the grab
/// alone; a line of text 0.1 ms more.
class X11Underlay {
public:
    explicit X11Underlay(X11Connection& connection);
    ~X11Underlay();
    X11Underlay(const X11Underlay&) = delete;
    X11Underlay& operator=(const X11Underlay&) = delete;

    /// Children of the root window; those that do not exist (any more) cover nothing.
    void setExcluded(std::vector<xcb_window_t> windows);
    /// Only this part of the root window matters.
    void setArea(const Rect& area);

    /// True when refresh() has something to do.
    bool onEvent(const xcb_generic_event_t& event);
    /// refresh() has something to do then, event or not.
    TimePoint nextLook() const;
    /// True when the excluded windows may cover other pixels than refresh() knows.
    bool isOutOfDate() const { return m_isCoverStale; }

    /// Brings everything up to date; returns where it differs now. `rootDamage`: where the screen was drawn
    /// to. All in root window coordinates.
    Result<Rects> refresh(const Rects& rootDamage);
    /// What of these is not covered, in root window coordinates.
    Rects outside(Rects rects) const;
    void paintInto(X11Image& image, Point origin) const;

private:
    /// Where an excluded window is, and what is below.
    struct Cover {
        Rect rect;
        Picture pixels;
        bool showsBackground = false; ///< of the root, somewhere
    };
    /// A window with pixels below (or above) an excluded one.
    struct Neighbour {
        xcb_window_t id = 0;
        Size size;
        Rects shape; ///< relative to the root
        std::unique_ptr<X11Damage> damage;
        bool isDamaged = false;
        Rects unpainted; ///< relative to the window's corner: pixels there may be the excluded window's
        TimePoint unpaintedUntil; ///< then it is what it is
    };
    bool isExcluded(xcb_window_t window) const;
    bool onStackEvent(const xcb_generic_event_t& event);
    void updateCovers(Rects& dirty);
    void addBackgrounds(const Rects& rootDamage, Rects& dirty);
    Result<void> updateNeighbours();
    Result<Neighbour> makeNeighbour(const StackedWindow& window);
    void noteUnpainted(Neighbour& neighbour, const StackedWindow& window);
    void redirect();
    Result<void> takeDamage(Rects& dirty);
    Result<void> compose(Cover& cover, const Rect& part);
    void addLayers(std::vector<X11Layer>& layers, const StackedWindow& window, const Neighbour& neighbour,
        const Rect& shape, Rects& rest);
    const Neighbour* neighbour(xcb_window_t id) const;
    Result<void> fetchShapes();

    X11Connection& m_connection;
    X11WindowStack m_stack;
    X11RootBackground m_background;
    std::vector<xcb_window_t> m_excluded;
    Rect m_area;
    std::vector<Cover> m_covers;
    std::vector<Neighbour> m_neighbours;
    std::vector<xcb_window_t> m_newlyMapped;
    const bool m_canRedirect;
    bool m_isRedirected = false;
    bool m_hasCompositor = false;
    bool m_isStackStale = true;
    bool m_isCoverStale = true;
    bool m_isBackgroundStale = false;
};

} // namespace sightline
