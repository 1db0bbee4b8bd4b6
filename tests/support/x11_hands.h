#pragma once

#include "core/graphics/geometry.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace sightline {

/// Somebody's hands on the keyboard and mouse of an X display, as the server sees them: real key presses by
/// XTEST, found in the layout that the display has now.
class X11Hands {
public:
    enum class Seat {
        First, ///< the devices that every program's XTEST acts as
        Own, ///< a mouse and a keyboard of their own, a second master: what a program takes for a person
    };

    /// Null when the display cannot be reached.
    static std::unique_ptr<X11Hands> create(const QByteArray& displayName, Seat seat = Seat::First);
    ~X11Hands();

    /// Looks at the layout again.
    void learnLayout();

    /// Presses and releases the keys that make `text`, with Shift and AltGr, and dead keys where the layout
    /// has no key for a letter. False when it has no way to type all of it.
    bool type(const QString& text);
    /// By the name of the keysym at the base level, or of a keycode ("52").
    bool press(const char* key);
    bool release(const char* key);
    bool tap(const char* key);

    void move(Point position);
    void button(int number, bool isPressed);

private:
    class Private;
    explicit X11Hands(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
