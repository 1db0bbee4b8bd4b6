#pragma once

#include "core/graphics/screen_capture.h"
#include "platform/linux/x11/x11_damage.h"
#include "platform/linux/x11/x11_image.h"
#include "platform/linux/x11/x11_underlay.h"
#include "platform/linux/x11/x11_window_source.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>
#include <xcb/xcb.h>

namespace sightline {

/// The pixels of what is captured, a part of the root window or one other window, kept up to date by reading
/// what was drawn to. Follows the X server's events, which the owner passes on.
class X11Pixels {
public:
    /// What an event told, or a reading found out on the way.
    struct News {
        bool pixels = false;
        bool layout = false; ///< the source may have another size, or be visible or hidden now
    };

    using DrainEvents = std::function<Result<void>()>;

    explicit X11Pixels(X11Connection& connection);

    /// See ScreenCapture for these three.
    Result<void> setArea(const Rect& area);
    Result<Rect> setWindow(xcb_window_t window);
    void setExcluded(std::vector<xcb_window_t> windows);

    bool hasSource() const { return m_image.has_value(); }
    bool isHidden() const { return m_window && !m_window->isVisible(); }
    bool hasEvents() const { return m_damage != nullptr; } ///< false: nobody tells when something was drawn
    /// Of the picture's first pixel, in root window coordinates.
    Result<Point> origin() const;

    News onEvent(const xcb_generic_event_t& event);
    /// Then pixels that were held back may be read.
    TimePoint nextReveal() const;

    /// Reads what was drawn to since the last call; `news` says what else was found; `drainEvents`
    /// passes on every event that has arrived.
    Result<GrabbedScreen> read(News& news, const DrainEvents& drainEvents);

private:
    Result<void> useSource(xcb_window_t source, const Rect& area);
    Rect bounds() const; ///< of the source
    Result<Rects> takeDamage();
    Result<void> followLayout();
    Result<void> readBands(Rects& damaged, News& news);
    Result<void> readAround(Rects& damaged, News& news, const DrainEvents& drainEvents);

    X11Connection& m_connection;
    std::unique_ptr<X11WindowSource> m_window; ///< null: the root window
    std::unique_ptr<X11Damage> m_damage; ///< null: without the extension
    std::unique_ptr<X11Underlay> m_underlay; ///< null: no window is left out
    std::vector<xcb_window_t> m_excluded;
    std::optional<X11Image> m_image; ///< none before there is a source
    Rect m_area; ///< in the source's coordinates
    bool m_isAllDamaged = false;
    bool m_isLayoutStale = false; ///< the source may have another size than is known
};

} // namespace sightline
