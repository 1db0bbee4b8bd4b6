#pragma once

#include "core/base/result.h"
#include "core/graphics/geometry.h"
#include "platform/linux/x11/xcb_reply.h"

#include <QByteArray>

#include <memory>
#include <xcb/xcb.h>

namespace sightline {

struct X11CaptureOptions;

/// What the X server offers, minus what the options forbid, and the numbers by which its events are told
/// apart.
struct X11Features {
    bool sharedMemory = false;
    bool damage = false;
    bool composite = false;
    bool rawMotion = false;
    bool monitors = false; ///< RANDR 1.5
    bool isXwayland = false; ///< by its own extension, which those before 23.1 do not have
    std::uint8_t damageEvent = 0;
    std::uint8_t xfixesEvent = 0;
    std::uint8_t randrEvent = 0;
    std::uint8_t inputOpcode = 0;
};

/// A connection to an X server whose root window has pixels that we can read. Owned and used on the capturing
/// thread.
class X11Connection {
public:
    static Result<std::unique_ptr<X11Connection>> create(
        const QByteArray& displayName, const X11CaptureOptions& options);

    xcb_connection_t* get() const { return m_connection.get(); }
    xcb_window_t root() const { return m_root; }
    int screenNumber() const { return m_screenNumber; }
    const X11Features& features() const { return m_features; }

    Size rootSize() const { return m_rootSize; }
    Result<void> refreshRootSize();

    bool isLost() const { return xcb_connection_has_error(get()) != 0; }
    /// Why a request got no reply: the connection's end, or the server's `error`, which may be null.
    Error failure(const char* request, const xcb_generic_error_t* error) const;

private:
    struct Disconnect {
        void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
    };
    using ConnectionPtr = std::unique_ptr<xcb_connection_t, Disconnect>;

    X11Connection(ConnectionPtr connection, const xcb_screen_t& screen, int screenNumber);
    Result<void> negotiate(const X11CaptureOptions& options);

    ConnectionPtr m_connection;
    xcb_window_t m_root;
    int m_screenNumber;
    Size m_rootSize;
    X11Features m_features;
};

} // namespace sightline
