#include "platform/linux/x11/x11_window_stack.h"

#include "platform/linux/x11/x11_connection.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

Rect withBorder(int x, int y, int width, int height, int border)
{
    return {x, y, width + 2 * border, height + 2 * border};
}

template <typename Event> const Event& as(const xcb_generic_event_t& event)
{
    return reinterpret_cast<const Event&>(event);
}

} // namespace

X11WindowStack::X11WindowStack(X11Connection& connection)
    : m_connection(connection)
{
}

X11WindowStack::Iterator X11WindowStack::find(xcb_window_t id)
{
    return std::find_if(
        m_windows.begin(), m_windows.end(), [id](const StackedWindow& window) { return window.id == id; });
}

bool X11WindowStack::onEvent(const xcb_generic_event_t& event)
{
    switch (event.response_type) { // with the mark of SendEvent it would be somebody's word only
    case XCB_CREATE_NOTIFY:
        return onCreated(as<xcb_create_notify_event_t>(event));
    case XCB_CONFIGURE_NOTIFY:
        return onConfigured(as<xcb_configure_notify_event_t>(event));
    case XCB_REPARENT_NOTIFY:
        return onReparented(as<xcb_reparent_notify_event_t>(event));
    case XCB_DESTROY_NOTIFY:
        return remove(as<xcb_destroy_notify_event_t>(event).window);
    case XCB_MAP_NOTIFY:
        return setMapped(as<xcb_map_notify_event_t>(event).window, true);
    case XCB_UNMAP_NOTIFY:
        return setMapped(as<xcb_unmap_notify_event_t>(event).window, false);
    case XCB_CIRCULATE_NOTIFY:
        m_isOrderKnown = false;
        return true;
    case XCB_GRAVITY_NOTIFY: {
        const auto& moved = as<xcb_gravity_notify_event_t>(event);
        if (const auto window = find(moved.window); window != m_windows.end()) {
            window->rect.x = moved.x;
            window->rect.y = moved.y;
        }
        return true;
    }
    default:
        return false;
    }
}

bool X11WindowStack::onCreated(const xcb_create_notify_event_t& event)
{
    if (event.parent != m_connection.root() || find(event.window) != m_windows.end())
        return false;
    m_windows.push_back({.id = event.window,
        .rect = withBorder(event.x, event.y, event.width, event.height, event.border_width),
        .border = event.border_width});
    m_hasUnknown = true;
    return false; // it is not mapped yet
}

bool X11WindowStack::onConfigured(const xcb_configure_notify_event_t& event)
{
    if (event.event != m_connection.root() || event.window == m_connection.root())
        return false;
    const auto found = find(event.window);
    if (found == m_windows.end()) {
        m_isOrderKnown = false;
        return true;
    }
    StackedWindow window = *found;
    const Rect before = window.rect;
    const xcb_window_t belowBefore = found == m_windows.begin() ? XCB_NONE : std::prev(found)->id;
    window.rect = withBorder(event.x, event.y, event.width, event.height, event.border_width);
    window.border = event.border_width;
    if (belowBefore == event.above_sibling) {
        *found = window;
        return window.isMapped && window.rect != before;
    }
    m_windows.erase(found);
    auto place = m_windows.begin();
    if (event.above_sibling != XCB_NONE) {
        const auto sibling = find(event.above_sibling);
        if (sibling == m_windows.end())
            m_isOrderKnown = false;
        place = sibling == m_windows.end() ? sibling : std::next(sibling);
    }
    m_windows.insert(place, window);
    return window.isMapped;
}

bool X11WindowStack::onReparented(const xcb_reparent_notify_event_t& event)
{
    if (event.event != m_connection.root())
        return false;
    if (event.parent != m_connection.root())
        return remove(event.window);
    m_isOrderKnown = false;
    return true;
}

bool X11WindowStack::setMapped(xcb_window_t id, bool isMapped)
{
    const auto window = find(id);
    return window != m_windows.end() && std::exchange(window->isMapped, isMapped) != isMapped;
}

bool X11WindowStack::remove(xcb_window_t id)
{
    const auto window = find(id);
    if (window == m_windows.end())
        return false;
    const bool wasMapped = window->isMapped;
    m_windows.erase(window);
    return wasMapped;
}

Result<void> X11WindowStack::update()
{
    if (!m_isOrderKnown) {
        if (auto read = readOrder(); !read)
            return read;
    }
    return m_hasUnknown ? askAboutUnknown() : Result<void>{};
}

Result<void> X11WindowStack::readOrder()
{
    xcb_connection_t* c = m_connection.get();
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_query_tree_reply_t> reply(
        xcb_query_tree_reply(c, xcb_query_tree(c, m_connection.root()), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return m_connection.failure("list its windows", error);
    const xcb_window_t* children = xcb_query_tree_children(reply.get());
    m_windows.clear();
    for (int i = 0; i < xcb_query_tree_children_length(reply.get()); ++i)
        m_windows.push_back({.id = children[i], .rect = {}});
    m_isOrderKnown = true;
    m_hasUnknown = true;
    return {};
}

Result<void> X11WindowStack::askAboutUnknown()
{
    xcb_connection_t* c = m_connection.get();
    struct Question {
        xcb_window_t id;
        xcb_get_window_attributes_cookie_t attributes;
        xcb_get_geometry_cookie_t geometry;
    };
    std::vector<Question> questions;
    for (const StackedWindow& window : m_windows) {
        if (!window.isKnown) {
            questions.push_back(
                {window.id, xcb_get_window_attributes(c, window.id), xcb_get_geometry(c, window.id)});
        }
    }
    for (const Question& question : questions) {
        const XcbPtr<xcb_get_window_attributes_reply_t> attributes(
            xcb_get_window_attributes_reply(c, question.attributes, nullptr));
        const XcbPtr<xcb_get_geometry_reply_t> geometry(
            xcb_get_geometry_reply(c, question.geometry, nullptr));
        const auto window = find(question.id);
        if (!attributes || !geometry) { // destroyed meanwhile
            m_windows.erase(window);
            continue;
        }
        window->rect
            = withBorder(geometry->x, geometry->y, geometry->width, geometry->height, geometry->border_width);
        window->border = geometry->border_width;
        window->depth = geometry->depth;
        window->isMapped = attributes->map_state != XCB_MAP_STATE_UNMAPPED;
        window->hasPixels = attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT;
        window->isKnown = true;
    }
    m_hasUnknown = false;
    if (m_connection.isLost())
        return m_connection.failure("describe its windows", nullptr);
    return {};
}

} // namespace sightline
