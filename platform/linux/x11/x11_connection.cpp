#include "platform/linux/x11/x11_connection.h"

#include "core/base/log.h"
#include "platform/linux/x11/ignore_broken_pipes.h"
#include "platform/linux/x11/x11_screen_capture.h"

#include <bit>
#include <string_view>
#include <sys/socket.h>
#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/randr.h>
#include <xcb/shm.h>
#include <xcb/xcbext.h>
#include <xcb/xfixes.h>
#include <xcb/xinput.h>

namespace sightline {

namespace {

const xcb_screen_t* screenAt(const xcb_setup_t* setup, int number)
{
    for (auto it = xcb_setup_roots_iterator(setup); it.rem > 0; xcb_screen_next(&it), --number) {
        if (number == 0)
            return it.data;
    }
    return nullptr;
}

int bitsPerPixel(const xcb_setup_t* setup, std::uint8_t depth)
{
    for (auto it = xcb_setup_pixmap_formats_iterator(setup); it.rem > 0; xcb_format_next(&it)) {
        if (it.data->depth == depth)
            return it.data->bits_per_pixel;
    }
    return 0;
}

const xcb_visualtype_t* rootVisual(const xcb_screen_t& screen)
{
    for (auto depth = xcb_screen_allowed_depths_iterator(&screen); depth.rem > 0; xcb_depth_next(&depth)) {
        for (auto it = xcb_depth_visuals_iterator(depth.data); it.rem > 0; xcb_visualtype_next(&it)) {
            if (it.data->visual_id == screen.root_visual)
                return it.data;
        }
    }
    return nullptr;
}

// PictureView's pixels are 0xXXRRGGBB in a word of this machine; nothing is converted.
Result<void> checkPixelFormat(const xcb_setup_t* setup, const xcb_screen_t& screen)
{
    const auto hostOrder
        = std::endian::native == std::endian::little ? XCB_IMAGE_ORDER_LSB_FIRST : XCB_IMAGE_ORDER_MSB_FIRST;
    const xcb_visualtype_t* visual = rootVisual(screen);
    const bool isTrueColor = visual != nullptr && visual->_class == XCB_VISUAL_CLASS_TRUE_COLOR
        && visual->red_mask == 0xff0000 && visual->green_mask == 0xff00 && visual->blue_mask == 0xff;
    const bool isDeep = screen.root_depth == 24 || screen.root_depth == 32;
    if (isTrueColor && isDeep && bitsPerPixel(setup, screen.root_depth) == 32
        && setup->image_byte_order == hostOrder)
        return {};
    return Error(ErrorCode::CaptureFailed,
        QStringLiteral("the X screen has a depth of %1 bits, and only 24-bit true colour can be captured")
            .arg(screen.root_depth));
}

// File descriptors, and with them shared memory, only travel over local sockets.
bool isLocal(xcb_connection_t* connection)
{
    sockaddr_storage address = {};
    socklen_t length = sizeof address;
    return getsockname(xcb_get_file_descriptor(connection), reinterpret_cast<sockaddr*>(&address), &length)
        == 0
        && address.ss_family == AF_UNIX;
}

bool hasExtension(xcb_connection_t* connection, std::string_view name)
{
    const auto cookie = xcb_query_extension(connection, static_cast<std::uint16_t>(name.size()), name.data());
    const XcbPtr<xcb_query_extension_reply_t> reply(xcb_query_extension_reply(connection, cookie, nullptr));
    return reply && reply->present != 0;
}

/// The server's data about an extension; null when it is absent.
const xcb_query_extension_reply_t* present(xcb_connection_t* connection, xcb_extension_t* extension)
{
    const auto* data = xcb_get_extension_data(connection, extension);
    return data != nullptr && data->present != 0 ? data : nullptr;
}

/// True when a reply says at least version `major`.`minor`.
template <typename Reply> bool isAtLeast(const XcbPtr<Reply>& reply, unsigned major, unsigned minor)
{
    return reply
        && (reply->major_version > major || (reply->major_version == major && reply->minor_version >= minor));
}

} // namespace

Result<std::unique_ptr<X11Connection>> X11Connection::create(
    const QByteArray& displayName, const X11CaptureOptions& options)
{
    ignoreBrokenPipes();
    int screenNumber = 0;
    ConnectionPtr connection(xcb_connect(displayName.constData(), &screenNumber));
    if (xcb_connection_has_error(connection.get()) != 0) {
        return Error(ErrorCode::NoDisplay,
            QStringLiteral("cannot connect to the X display '%1'").arg(QString::fromLocal8Bit(displayName)));
    }
    const xcb_setup_t* setup = xcb_get_setup(connection.get());
    const xcb_screen_t* screen = screenAt(setup, screenNumber);
    if (screen == nullptr) {
        return Error(ErrorCode::NoDisplay,
            QStringLiteral("the X display '%1' has no such screen").arg(QString::fromLocal8Bit(displayName)));
    }
    if (auto checked = checkPixelFormat(setup, *screen); !checked)
        return checked.error();
    std::unique_ptr<X11Connection> result(new X11Connection(std::move(connection), *screen, screenNumber));
    if (auto negotiated = result->negotiate(options); !negotiated)
        return negotiated.error();
    return result;
}

X11Connection::X11Connection(ConnectionPtr connection, const xcb_screen_t& screen, int screenNumber)
    : m_connection(std::move(connection))
    , m_root(screen.root)
    , m_screenNumber(screenNumber)
    , m_rootSize{screen.width_in_pixels, screen.height_in_pixels}
{
}

Result<void> X11Connection::negotiate(const X11CaptureOptions& options)
{
    const auto* shm = present(get(), &xcb_shm_id);
    const auto* damage = present(get(), &xcb_damage_id);
    const auto* composite = present(get(), &xcb_composite_id);
    const auto* xfixes = present(get(), &xcb_xfixes_id);
    const auto* randr = present(get(), &xcb_randr_id);
    const auto* input = present(get(), &xcb_input_id);
    if (xfixes == nullptr)
        return Error(ErrorCode::CaptureFailed, QStringLiteral("the X server has no XFIXES extension"));

    // The server treats a client as one of the version that it asks for, so all of them are asked.
    const XcbPtr<xcb_xfixes_query_version_reply_t> fixesVersion(
        xcb_xfixes_query_version_reply(get(), xcb_xfixes_query_version(get(), 4, 0), nullptr));
    if (!isAtLeast(fixesVersion, 2, 0))
        return failure("tell its XFIXES version", nullptr);
    m_features.xfixesEvent = xfixes->first_event;
    m_features.isXwayland = hasExtension(get(), "XWAYLAND");

    if (shm != nullptr && options.sharedMemory && isLocal(get())) {
        const XcbPtr<xcb_shm_query_version_reply_t> version(
            xcb_shm_query_version_reply(get(), xcb_shm_query_version(get()), nullptr));
        m_features.sharedMemory = isAtLeast(version, 1, 2); // attaching file descriptors
    }
    if (damage != nullptr && options.damage) {
        const XcbPtr<xcb_damage_query_version_reply_t> version(
            xcb_damage_query_version_reply(get(), xcb_damage_query_version(get(), 1, 1), nullptr));
        m_features.damage = isAtLeast(version, 1, 0);
        m_features.damageEvent = damage->first_event;
    }
    if (composite != nullptr && options.composite) {
        const XcbPtr<xcb_composite_query_version_reply_t> version(
            xcb_composite_query_version_reply(get(), xcb_composite_query_version(get(), 0, 4), nullptr));
        m_features.composite = isAtLeast(version, 0, 2);
    }
    if (randr != nullptr) {
        const XcbPtr<xcb_randr_query_version_reply_t> version(
            xcb_randr_query_version_reply(get(), xcb_randr_query_version(get(), 1, 5), nullptr));
        m_features.monitors = isAtLeast(version, 1, 5);
        m_features.randrEvent = randr->first_event;
    }
    if (input != nullptr && options.rawMotion) {
        const XcbPtr<xcb_input_xi_query_version_reply_t> version(
            xcb_input_xi_query_version_reply(get(), xcb_input_xi_query_version(get(), 2, 2), nullptr));
        m_features.rawMotion = isAtLeast(version, 2, 1); // raw events also while somebody grabs the pointer
        m_features.inputOpcode = input->major_opcode;
    }
    qCInfo(logCapture) << "X server: shared memory" << m_features.sharedMemory << "damage"
                       << m_features.damage << "composite" << m_features.composite << "raw motion"
                       << m_features.rawMotion << "monitors" << m_features.monitors;
    return {};
}

Result<void> X11Connection::refreshRootSize()
{
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_get_geometry_reply_t> reply(
        xcb_get_geometry_reply(get(), xcb_get_geometry(get(), m_root), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return failure("tell the size of the screen", error);
    m_rootSize = {reply->width, reply->height};
    return {};
}

Error X11Connection::failure(const char* request, const xcb_generic_error_t* error) const
{
    if (isLost() || error == nullptr)
        return {ErrorCode::CaptureFailed, QStringLiteral("the X server closed the connection")};
    return {ErrorCode::CaptureFailed,
        QStringLiteral("the X server refused to %1 (error %2)")
            .arg(QLatin1StringView(request))
            .arg(error->error_code)};
}

} // namespace sightline
