#pragma once

#include "core/base/result.h"
#include "core/graphics/geometry.h"

#include <QByteArray>

#include <memory>
#include <span>
#include <xcb/xcb.h>

namespace sightline {

/// What the server's core keyboard is set to at this moment.
struct XkbModifierState {
    std::uint8_t group = 0; ///< effective
    std::uint8_t lockedGroup = 0;
    std::uint8_t locked = 0; ///< real modifiers, as Lock and Mod2
};

/// The connection that input goes through (XTEST, XKB, XInput 2), and the numbers by which its events are
/// told apart. Owned and used on the injecting thread. Requests after the server's end do nothing.
class X11InputDisplay {
public:
    /// NoDisplay: it cannot be reached, or lacks one of the three extensions.
    static Result<std::unique_ptr<X11InputDisplay>> create(const QByteArray& displayName);

    xcb_connection_t* get() const { return m_connection.get(); }
    xcb_window_t root() const { return m_root; }
    bool isLost() const { return xcb_connection_has_error(get()) != 0; }
    void flush() { xcb_flush(get()); }

    void sendKey(xcb_keycode_t keycode, bool isPressed);
    void sendButton(std::uint8_t button, bool isPressed);
    void sendMotion(Point position); ///< in root coordinates

    XkbModifierState modifierState() const; ///< one round trip
    void lockModifiers(std::uint8_t mask, std::uint8_t values);
    void lockGroup(std::uint8_t group);
    /// What `keycode` types from now on, at its first levels, in every group; none: nothing.
    void setSymbols(xcb_keycode_t keycode, std::span<const xcb_keysym_t> symbols);

    /// The devices that xcb_test_fake_input() acts as.
    bool isOwnDevice(std::uint16_t device) const
    {
        return device == m_xtestPointer || device == m_xtestKeyboard;
    }
    std::uint8_t xkbEvent() const { return m_xkbEvent; }
    std::uint8_t inputOpcode() const { return m_inputOpcode; }

private:
    struct Disconnect {
        void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
    };
    using ConnectionPtr = std::unique_ptr<xcb_connection_t, Disconnect>;

    X11InputDisplay(ConnectionPtr connection, xcb_window_t root);
    Result<void> negotiate();
    Result<void> findDevices();
    bool isXtestDevice(std::uint16_t device, xcb_atom_t property) const;
    void selectKeymapEvents();

    ConnectionPtr m_connection;
    xcb_window_t m_root;
    std::uint16_t m_xtestPointer = 0;
    std::uint16_t m_xtestKeyboard = 0;
    std::uint8_t m_xkbEvent = 0;
    std::uint8_t m_inputOpcode = 0;
};

} // namespace sightline
