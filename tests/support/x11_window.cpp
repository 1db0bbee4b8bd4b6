#include "tests/support/x11_window.h"

#include <QDebug>

#include <array>
#include <cstdlib>
#include <xcb/xcb.h>
#include <xcb/xfixes.h>

namespace sightline {

namespace {

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T> using Reply = std::unique_ptr<T, Free>;

struct Disconnect {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};

xcb_rectangle_t toXcb(const Rect& r)
{
    return {static_cast<std::int16_t>(r.x), static_cast<std::int16_t>(r.y),
        static_cast<std::uint16_t>(r.width), static_cast<std::uint16_t>(r.height)};
}

} // namespace

class X11Window::Private {
public:
    xcb_connection_t* c() const { return connection.get(); }
    bool check(xcb_void_cookie_t cookie) const
    {
        const Reply<xcb_generic_error_t> error(xcb_request_check(c(), cookie));
        if (error)
            qWarning() << "X error" << error->error_code << "for request" << error->major_code;
        return error == nullptr && xcb_connection_has_error(c()) == 0;
    }
    bool configure(std::uint16_t mask, const std::uint32_t* values) const
    {
        return check(xcb_configure_window_checked(c(), window, mask, values));
    }

    std::unique_ptr<xcb_connection_t, Disconnect> connection;
    xcb_window_t window = 0;
    xcb_gcontext_t gc = 0;
};

std::unique_ptr<X11Window> X11Window::create(const QByteArray& displayName, const Options& options)
{
    auto d = std::make_unique<Private>();
    d->connection.reset(xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(d->c()) != 0)
        return nullptr;
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(d->c())).data->root;
    d->window = xcb_generate_id(d->c());
    d->gc = xcb_generate_id(d->c());
    const xcb_rectangle_t place = toXcb(options.rect);
    const std::array<std::uint32_t, 2> values{
        options.isParentRelative ? std::uint32_t{XCB_BACK_PIXMAP_PARENT_RELATIVE} : options.color, 1};
    const std::uint32_t background = options.isParentRelative ? XCB_CW_BACK_PIXMAP : XCB_CW_BACK_PIXEL;
    const auto created = xcb_create_window_checked(d->c(), XCB_COPY_FROM_PARENT, d->window, root, place.x,
        place.y, place.width, place.height, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
        background | XCB_CW_OVERRIDE_REDIRECT, values.data());
    xcb_create_gc(d->c(), d->gc, d->window, 0, nullptr);
    Reply<xcb_xfixes_query_version_reply_t>(
        xcb_xfixes_query_version_reply(d->c(), xcb_xfixes_query_version(d->c(), 4, 0), nullptr));
    std::unique_ptr<X11Window> window(new X11Window(std::move(d)));
    return window->m_d->check(created) && window->map() ? std::move(window) : nullptr;
}

X11Window::X11Window(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11Window::~X11Window()
{
    if (xcb_connection_has_error(m_d->c()) == 0)
        m_d->check(xcb_destroy_window_checked(m_d->c(), m_d->window));
}

std::uint32_t X11Window::id() const
{
    return m_d->window;
}

bool X11Window::fill(const Rect& rect, std::uint32_t color)
{
    xcb_change_gc(m_d->c(), m_d->gc, XCB_GC_FOREGROUND, &color);
    const xcb_rectangle_t rectangle = toXcb(rect);
    return m_d->check(xcb_poly_fill_rectangle_checked(m_d->c(), m_d->window, m_d->gc, 1, &rectangle));
}

bool X11Window::setGeometry(const Rect& rect)
{
    const std::array<std::uint32_t, 4> values{static_cast<std::uint32_t>(rect.x),
        static_cast<std::uint32_t>(rect.y), static_cast<std::uint32_t>(rect.width),
        static_cast<std::uint32_t>(rect.height)};
    return m_d->configure(
        XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT,
        values.data());
}

bool X11Window::raise()
{
    const std::uint32_t mode = XCB_STACK_MODE_ABOVE;
    return m_d->configure(XCB_CONFIG_WINDOW_STACK_MODE, &mode);
}

bool X11Window::lower()
{
    const std::uint32_t mode = XCB_STACK_MODE_BELOW;
    return m_d->configure(XCB_CONFIG_WINDOW_STACK_MODE, &mode);
}

bool X11Window::map()
{
    return m_d->check(xcb_map_window_checked(m_d->c(), m_d->window));
}

bool X11Window::unmap()
{
    return m_d->check(xcb_unmap_window_checked(m_d->c(), m_d->window));
}

bool X11Window::setShape(const Rect& first, const Rect& second)
{
    const std::array<xcb_rectangle_t, 2> rects{toXcb(first), toXcb(second)};
    const xcb_xfixes_region_t region = xcb_generate_id(m_d->c());
    xcb_xfixes_create_region(m_d->c(), region, 2, rects.data());
    return m_d->check(xcb_xfixes_set_window_shape_region_checked(m_d->c(), m_d->window, 0, 0, 0, region));
}

} // namespace sightline
