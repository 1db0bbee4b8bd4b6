#include "tests/support/x11_painter.h"

#include <QDebug>

#include <cstdlib>
#include <vector>
#include <xcb/randr.h>
#include <xcb/xcb.h>

namespace sightline {

namespace {

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T> using Reply = std::unique_ptr<T, Free>;

struct Disconnect {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};

std::int16_t coordinate(int value)
{
    return static_cast<std::int16_t>(value);
}

std::uint16_t extent(int value)
{
    return static_cast<std::uint16_t>(value);
}

xcb_rectangle_t toXcb(const Rect& r)
{
    return {coordinate(r.x), coordinate(r.y), extent(r.width), extent(r.height)};
}

} // namespace

class X11Painter::Private {
public:
    bool check(xcb_void_cookie_t cookie)
    {
        const Reply<xcb_generic_error_t> error(xcb_request_check(c(), cookie));
        if (error)
            qWarning() << "X error" << error->error_code << "for request" << error->major_code
                       << error->minor_code;
        return error == nullptr && xcb_connection_has_error(c()) == 0;
    }
    xcb_connection_t* c() const { return connection.get(); }
    xcb_pixmap_t bitmap(int size, std::uint32_t bit);
    bool useCursor(xcb_cursor_t cursor);

    std::unique_ptr<xcb_connection_t, Disconnect> connection;
    xcb_window_t root = 0;
    xcb_gcontext_t gc = 0;
};

std::unique_ptr<X11Painter> X11Painter::create(const QByteArray& displayName)
{
    auto d = std::make_unique<Private>();
    d->connection.reset(xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(d->c()) != 0)
        return nullptr;
    d->root = xcb_setup_roots_iterator(xcb_get_setup(d->c())).data->root;
    d->gc = xcb_generate_id(d->c());
    xcb_create_gc(d->c(), d->gc, d->root, 0, nullptr);
    // XCB ends the connection at a request of an extension that is not there.
    if (xcb_get_extension_data(d->c(), &xcb_randr_id)->present != 0) {
        Reply<xcb_randr_query_version_reply_t>(
            xcb_randr_query_version_reply(d->c(), xcb_randr_query_version(d->c(), 1, 5), nullptr));
    }
    return std::unique_ptr<X11Painter>(new X11Painter(std::move(d)));
}

X11Painter::X11Painter(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11Painter::~X11Painter() = default;

bool X11Painter::fill(const Rect& rect, std::uint32_t color)
{
    xcb_change_gc(m_d->c(), m_d->gc, XCB_GC_FOREGROUND, &color);
    const xcb_rectangle_t rectangle = toXcb(rect);
    return m_d->check(xcb_poly_fill_rectangle_checked(m_d->c(), m_d->root, m_d->gc, 1, &rectangle));
}

bool X11Painter::put(const PictureView& picture, Point where)
{
    // Row by row keeps every request under the length that all servers accept.
    bool ok = true;
    for (int y = 0; y < picture.height; ++y) {
        ok = m_d->check(xcb_put_image_checked(m_d->c(), XCB_IMAGE_FORMAT_Z_PIXMAP, m_d->root, m_d->gc,
                 extent(picture.width), 1, coordinate(where.x), coordinate(where.y + y), 0, 24,
                 static_cast<std::uint32_t>(picture.width) * 4,
                 reinterpret_cast<const std::uint8_t*>(picture.row(y))))
            && ok;
    }
    return ok;
}

bool X11Painter::copy(const Rect& source, Point where)
{
    return m_d->check(xcb_copy_area_checked(m_d->c(), m_d->root, m_d->root, m_d->gc, coordinate(source.x),
        coordinate(source.y), coordinate(where.x), coordinate(where.y), extent(source.width),
        extent(source.height)));
}

xcb_pixmap_t X11Painter::Private::bitmap(int size, std::uint32_t bit)
{
    const xcb_pixmap_t pixmap = xcb_generate_id(c());
    xcb_create_pixmap(c(), 1, pixmap, root, extent(size), extent(size));
    const xcb_gcontext_t bitGc = xcb_generate_id(c());
    xcb_create_gc(c(), bitGc, pixmap, XCB_GC_FOREGROUND, &bit);
    const xcb_rectangle_t all{0, 0, extent(size), extent(size)};
    xcb_poly_fill_rectangle(c(), pixmap, bitGc, 1, &all);
    xcb_free_gc(c(), bitGc);
    return pixmap;
}

bool X11Painter::Private::useCursor(xcb_cursor_t cursor)
{
    return check(xcb_change_window_attributes_checked(c(), root, XCB_CW_CURSOR, &cursor));
}

bool X11Painter::setCursor(int size, Point hotSpot, std::uint32_t color)
{
    const xcb_pixmap_t full = m_d->bitmap(size, 1);
    const xcb_cursor_t cursor = xcb_generate_id(m_d->c());
    const auto channel
        = [color](int shift) { return extent(static_cast<int>((color >> shift) & 0xff) * 257); };
    const bool ok = m_d->check(xcb_create_cursor_checked(m_d->c(), cursor, full, full, channel(16),
        channel(8), channel(0), 0, 0, 0, extent(hotSpot.x), extent(hotSpot.y)));
    return ok && m_d->useCursor(cursor);
}

bool X11Painter::hideCursor()
{
    const xcb_pixmap_t none = m_d->bitmap(8, 0);
    const xcb_cursor_t cursor = xcb_generate_id(m_d->c());
    const bool ok
        = m_d->check(xcb_create_cursor_checked(m_d->c(), cursor, none, none, 0, 0, 0, 0, 0, 0, 0, 0));
    return ok && m_d->useCursor(cursor);
}

bool X11Painter::warpPointer(Point where)
{
    return m_d->check(xcb_warp_pointer_checked(
        m_d->c(), XCB_NONE, m_d->root, 0, 0, 0, 0, coordinate(where.x), coordinate(where.y)));
}

bool X11Painter::resizeScreen(Size size)
{
    // A monitor must lie inside the screen, so those that do not fit are switched off first.
    const Reply<xcb_randr_get_screen_resources_current_reply_t> resources(
        xcb_randr_get_screen_resources_current_reply(
            m_d->c(), xcb_randr_get_screen_resources_current(m_d->c(), m_d->root), nullptr));
    if (!resources)
        return false;
    const auto* crtcs = xcb_randr_get_screen_resources_current_crtcs(resources.get());
    for (int i = 0; i < resources->num_crtcs; ++i) {
        const auto cookie = xcb_randr_set_crtc_config(m_d->c(), crtcs[i], XCB_CURRENT_TIME, XCB_CURRENT_TIME,
            0, 0, XCB_NONE, XCB_RANDR_ROTATION_ROTATE_0, 0, nullptr);
        Reply<xcb_randr_set_crtc_config_reply_t>(xcb_randr_set_crtc_config_reply(m_d->c(), cookie, nullptr));
    }
    // Millimetres at 96 dots per inch; nobody looks at them.
    const auto millimetres = [](int pixels) { return static_cast<std::uint32_t>(pixels) * 254 / 960; };
    return m_d->check(xcb_randr_set_screen_size_checked(m_d->c(), m_d->root, extent(size.width),
        extent(size.height), millimetres(size.width), millimetres(size.height)));
}

Size X11Painter::screenSize() const
{
    const Reply<xcb_get_geometry_reply_t> reply(
        xcb_get_geometry_reply(m_d->c(), xcb_get_geometry(m_d->c(), m_d->root), nullptr));
    return reply ? Size{reply->width, reply->height} : Size{};
}

} // namespace sightline
