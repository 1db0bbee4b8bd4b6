#include "platform/linux/x11/x11_root_background.h"

#include "platform/linux/x11/x11_connection.h"

#include <array>
#include <xcb/composite.h>
#include <xcb/xfixes.h>

namespace sightline {

namespace {

constexpr std::uint32_t kAllPlanes = ~0U;
constexpr std::uint8_t kInputShape = 2; // ShapeInput of the SHAPE extension, version 1.1

} // namespace

X11RootBackground::X11RootBackground(X11Connection& connection)
    : m_connection(connection)
{
}

X11RootBackground::~X11RootBackground()
{
    if (m_window != XCB_NONE)
        xcb_destroy_window(m_connection.get(), m_window);
}

void X11RootBackground::createWindow()
{
    xcb_connection_t* c = m_connection.get();
    m_window = xcb_generate_id(c);
    const std::array<std::uint32_t, 2> values{XCB_BACK_PIXMAP_PARENT_RELATIVE, 1};
    xcb_create_window(c, XCB_COPY_FROM_PARENT, m_window, m_connection.root(), 0, 0, 1, 1, 0,
        XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT, XCB_CW_BACK_PIXMAP | XCB_CW_OVERRIDE_REDIRECT,
        values.data());
    xcb_composite_redirect_window(c, m_window, XCB_COMPOSITE_REDIRECT_MANUAL);
    const xcb_xfixes_region_t nothing = xcb_generate_id(c);
    xcb_xfixes_create_region(c, nothing, 0, nullptr);
    xcb_xfixes_set_window_shape_region(c, m_window, kInputShape, 0, 0, nothing);
    xcb_xfixes_destroy_region(c, nothing);
    const std::uint32_t lowest = XCB_STACK_MODE_BELOW;
    xcb_configure_window(c, m_window, XCB_CONFIG_WINDOW_STACK_MODE, &lowest);
    xcb_map_window(c, m_window);
}

xcb_get_image_cookie_t X11RootBackground::request(const Rect& part)
{
    if (m_window == XCB_NONE)
        createWindow();
    xcb_connection_t* c = m_connection.get();
    const std::array<std::uint32_t, 4> geometry{static_cast<std::uint32_t>(part.x),
        static_cast<std::uint32_t>(part.y), static_cast<std::uint32_t>(part.width),
        static_cast<std::uint32_t>(part.height)};
    xcb_configure_window(c, m_window,
        XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT,
        geometry.data());
    xcb_clear_area(c, 0, m_window, 0, 0, 0, 0);
    return xcb_get_image(c, XCB_IMAGE_FORMAT_Z_PIXMAP, m_window, 0, 0, static_cast<std::uint16_t>(part.width),
        static_cast<std::uint16_t>(part.height), kAllPlanes);
}

} // namespace sightline
