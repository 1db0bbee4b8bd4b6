#pragma once

#include "core/graphics/geometry.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace sightline {

/// A program with a window that has the focus, and what it is told by mouse and keyboard: it understands keys
/// as programs do that use xkbcommon, by the layout as it is when it handles the event.
class X11TextClient {
public:
    struct Event {
        enum class Kind { KeyPress, KeyRelease, ButtonPress, ButtonRelease, Motion };
        Kind kind = Kind::KeyPress;
        int detail = 0; ///< keycode or button
        QString symbol; ///< name of the keysym
        QString text; ///< that it types, without regard to Ctrl
        int modifiers = 0; ///< before the event, as in the core protocol, without buttons and group
        Point position; ///< on the screen
    };

    /// Null when the display cannot be reached. The window covers `area`.
    static std::unique_ptr<X11TextClient> create(const QByteArray& displayName, const Rect& area);
    ~X11TextClient();

    /// Handles events until `isEnough`, for ten seconds at most.
    bool waitUntil(const std::function<bool()>& isEnough);
    /// Handles what has happened up to now; an event of ours through the server marks the place.
    void catchUp();

    const std::vector<Event>& events() const;
    /// All text of the key presses up to now.
    QString text() const;
    /// "+Control_L +z -z -Control_L", "+1" for the left button.
    QString story() const;
    void forget();

    /// Modifiers and buttons that the server has down, and the locks; 0: none.
    int modifiersDown() const;
    int modifiersLocked() const;
    void lockModifiers(int mask, int values);
    void lockGroup(int group);
    /// The keysyms of a keycode, as the core protocol has them.
    std::vector<unsigned> symbolsOf(int keycode) const;
    Point pointer() const;

private:
    class Private;
    explicit X11TextClient(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
