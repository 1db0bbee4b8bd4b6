#include "platform/linux/x11/x11_window_source.h"

#include "platform/linux/x11/rect_subtract.h"
#include "platform/linux/x11/x11_compositor.h"
#include "platform/linux/x11/x11_connection.h"
#include "platform/linux/x11/x11_image.h"
#include "platform/linux/x11/x11_window_stack.h"

#include <algorithm>
#include <utility>
#include <xcb/composite.h>

namespace sightline {

namespace {

// Longer than a program takes to paint a window of which more can be seen than before.
constexpr Duration kMaxPaintTime = std::chrono::milliseconds(500);

Error noSuchWindow(xcb_window_t window)
{
    return {ErrorCode::NoWindow, QStringLiteral("there is no window 0x%1").arg(window, 0, 16)};
}

} // namespace

X11WindowSource::X11WindowSource(X11Connection& connection, xcb_window_t window, xcb_atom_t stateAtom)
    : m_connection(connection)
    , m_window(window)
    , m_stateAtom(stateAtom)
{
}

X11WindowSource::~X11WindowSource()
{
    xcb_connection_t* c = m_connection.get();
    const std::uint32_t none = 0;
    xcb_change_window_attributes(c, m_window, XCB_CW_EVENT_MASK, &none);
    xcb_composite_unredirect_window(c, m_window, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
}

Result<std::unique_ptr<X11WindowSource>> X11WindowSource::create(
    X11Connection& connection, xcb_window_t window)
{
    if (!connection.features().composite) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("the X server has no Composite extension, so a single window cannot be captured"));
    }
    if (window == connection.root()) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("0x%1 is the whole desktop and not a window").arg(window, 0, 16));
    }
    const auto stateCookie = xcb_intern_atom(connection.get(), 0, 8, "WM_STATE"); // ICCCM 4.1.3.1
    const XcbPtr<xcb_intern_atom_reply_t> state(
        xcb_intern_atom_reply(connection.get(), stateCookie, nullptr));
    std::unique_ptr<X11WindowSource> source(
        new X11WindowSource(connection, window, state ? state->atom : xcb_atom_t{XCB_ATOM_NONE}));
    if (auto checked = source->checkPixels(); !checked)
        return checked.error();
    const std::uint32_t events
        = XCB_EVENT_MASK_STRUCTURE_NOTIFY | XCB_EVENT_MASK_PROPERTY_CHANGE | XCB_EVENT_MASK_VISIBILITY_CHANGE;
    xcb_change_window_attributes(connection.get(), window, XCB_CW_EVENT_MASK, &events);
    if (auto refreshed = source->refresh(); !refreshed)
        return refreshed.error();
    const auto covered = source->findCovered();
    if (!covered)
        return covered.error();
    source->m_unpainted = *covered;
    source->m_unpaintedUntil = Clock::now() + kMaxPaintTime;
    xcb_composite_redirect_window(connection.get(), window, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
    return source;
}

Result<void> X11WindowSource::checkPixels() const
{
    xcb_connection_t* c = m_connection.get();
    const auto attributesCookie = xcb_get_window_attributes(c, m_window);
    const auto geometryCookie = xcb_get_geometry(c, m_window);
    const XcbPtr<xcb_get_window_attributes_reply_t> attributes(
        xcb_get_window_attributes_reply(c, attributesCookie, nullptr));
    const XcbPtr<xcb_get_geometry_reply_t> geometry(xcb_get_geometry_reply(c, geometryCookie, nullptr));
    if (m_connection.isLost())
        return m_connection.failure("describe a window", nullptr);
    if (!attributes || !geometry)
        return noSuchWindow(m_window);
    if (attributes->_class != XCB_WINDOW_CLASS_INPUT_OUTPUT
        || (geometry->depth != 24 && geometry->depth != 32)) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("window 0x%1 has no pixels in true colour").arg(m_window, 0, 16));
    }
    return {};
}

/// The child of the root window in which the window lies: its frame by the window manager, or itself.
Result<xcb_window_t> X11WindowSource::topLevel() const
{
    xcb_connection_t* c = m_connection.get();
    xcb_window_t window = m_window;
    while (true) {
        const XcbPtr<xcb_query_tree_reply_t> reply(
            xcb_query_tree_reply(c, xcb_query_tree(c, window), nullptr));
        if (!reply)
            return m_connection.isLost() ? m_connection.failure("describe a window", nullptr)
                                         : noSuchWindow(m_window);
        if (reply->parent == m_connection.root() || reply->parent == XCB_NONE)
            return window;
        window = reply->parent;
    }
}

/// What other windows hide of the window now, in its coordinates.
Result<Rects> X11WindowSource::findCovered() const
{
    if (!m_isVisible || isCompositorRunning(m_connection))
        return Rects{};
    const auto top = topLevel();
    if (!top)
        return top.error();
    const auto origin = position();
    if (!origin)
        return origin.error();
    X11WindowStack stack(m_connection);
    if (auto updated = stack.update(); !updated)
        return updated.error();
    Rects covered;
    bool isAbove = false;
    for (const StackedWindow& window : stack.windows()) {
        const Rect rect{
            window.rect.x - origin->x, window.rect.y - origin->y, window.rect.width, window.rect.height};
        const Rect part = intersected(rect, {0, 0, m_size.width, m_size.height});
        if (isAbove && window.isMapped && window.hasPixels && !part.isEmpty())
            covered.push_back(part);
        isAbove |= window.id == *top;
    }
    return covered;
}

bool X11WindowSource::onEvent(const xcb_generic_event_t& event)
{
    // All of these have the window that they were selected on in the same place.
    switch (event.response_type & 0x7f) {
    case XCB_CONFIGURE_NOTIFY: {
        const auto& configured = reinterpret_cast<const xcb_configure_notify_event_t&>(event);
        return configured.event == m_window;
    }
    case XCB_MAP_NOTIFY:
    case XCB_UNMAP_NOTIFY:
    case XCB_REPARENT_NOTIFY:
    case XCB_DESTROY_NOTIFY:
        return reinterpret_cast<const xcb_map_notify_event_t&>(event).event == m_window;
    case XCB_VISIBILITY_NOTIFY:
        return !m_isVisible
            && reinterpret_cast<const xcb_visibility_notify_event_t&>(event).window == m_window;
    case XCB_PROPERTY_NOTIFY: // a window manager that hides the frame only notes it in WM_STATE
        return reinterpret_cast<const xcb_property_notify_event_t&>(event).window == m_window
            && reinterpret_cast<const xcb_property_notify_event_t&>(event).atom == m_stateAtom;
    default:
        return false;
    }
}

Result<void> X11WindowSource::refresh()
{
    xcb_connection_t* c = m_connection.get();
    const auto attributesCookie = xcb_get_window_attributes(c, m_window);
    const auto geometryCookie = xcb_get_geometry(c, m_window);
    const XcbPtr<xcb_get_window_attributes_reply_t> attributes(
        xcb_get_window_attributes_reply(c, attributesCookie, nullptr));
    const XcbPtr<xcb_get_geometry_reply_t> geometry(xcb_get_geometry_reply(c, geometryCookie, nullptr));
    if (m_connection.isLost())
        return m_connection.failure("describe a window", nullptr);
    if (!attributes || !geometry)
        return Error(ErrorCode::NoWindow, QStringLiteral("the shared window was closed"));

    const bool wasVisible = std::exchange(m_isVisible, attributes->map_state == XCB_MAP_STATE_VIEWABLE);
    const Size before = std::exchange(m_size, Size{geometry->width, geometry->height});
    const Rect all{0, 0, m_size.width, m_size.height};
    const Rects fresh = wasVisible ? subtracted({all}, {0, 0, before.width, before.height}) : Rects{all};
    if (m_isVisible && !fresh.empty()) {
        m_unpainted.insert(m_unpainted.end(), fresh.begin(), fresh.end());
        m_unpaintedUntil = Clock::now() + kMaxPaintTime;
    }
    return {};
}

Result<Point> X11WindowSource::position() const
{
    xcb_connection_t* c = m_connection.get();
    const XcbPtr<xcb_translate_coordinates_reply_t> reply(xcb_translate_coordinates_reply(
        c, xcb_translate_coordinates(c, m_window, m_connection.root(), 0, 0), nullptr));
    if (m_connection.isLost())
        return m_connection.failure("tell where a window is", nullptr);
    if (!reply)
        return Error(ErrorCode::NoWindow, QStringLiteral("the shared window was closed"));
    return Point{reply->dst_x, reply->dst_y};
}

void X11WindowSource::noteDrawn(const Rects& damage)
{
    if (m_unpainted.empty())
        return;
    for (const Rect& rect : damage)
        m_unpainted = subtracted(m_unpainted, rect);
}

void X11WindowSource::hideUnpainted(X11Image& image, TimePoint now)
{
    if (now >= m_unpaintedUntil)
        m_unpainted.clear();
    for (const Rect& rect : m_unpainted)
        image.blacken(rect);
}

TimePoint X11WindowSource::nextLook() const
{
    return m_unpainted.empty() ? TimePoint::max() : m_unpaintedUntil;
}

} // namespace sightline
