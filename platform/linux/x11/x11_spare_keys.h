#pragma once

#include "core/base/clock.h"
#include "platform/linux/x11/x11_input_display.h"
#include "platform/linux/x11/x11_keymap.h"

#include <functional>
#include <optional>
#include <vector>

namespace sightline {

/// Keys of the layout that have no meaning, given one for characters that no other key types.
///
/// A program learns of a changed key by an event, in order with the key's own events, and then asks the
/// server what it means now. So a new meaning may be used at once; but an old one must not be replaced before
/// every program has asked for it, which none confirms. A key keeps its meaning for kSettleTime after its
/// last use, and the one used longest ago gives way first.
class X11SpareKeys {
public:
    static constexpr Duration kSettleTime = std::chrono::seconds(1);

    /// The injecting thread's.
    explicit X11SpareKeys(X11InputDisplay& display);
    ~X11SpareKeys(); ///< gives the meanings back, waiting until the last has settled

    /// After the layout changed: takes what is spare in it and keeps what it still has of ours.
    void adopt(const X11Keymap& keymap);

    struct Key {
        xcb_keycode_t keycode = 0;
        bool isShifted = false; ///< the character is the capital letter of the pair that the key types
    };
    /// A key that types `character`, bound if need be; none: there is no key that may be taken before
    /// availableAt(). `isHeld` tells which keys are pressed now.
    std::optional<Key> take(
        char32_t character, TimePoint now, const std::function<bool(xcb_keycode_t)>& isHeld);
    /// max(): never, as the layout has no spare keys.
    TimePoint availableAt() const;
    /// The key was pressed or released.
    void touch(xcb_keycode_t keycode, TimePoint now);

    /// True when this MapNotify tells of nothing but our own changes.
    bool isOurs(const xcb_generic_event_t& mapNotify) const;

private:
    struct Slot {
        xcb_keycode_t keycode = 0;
        char32_t lower = 0; ///< 0: not bound
        char32_t upper = 0; ///< the same as `lower` where there is no such pair
        TimePoint lastUse{};
    };
    void bind(Slot& slot, char32_t character);

    X11InputDisplay& m_display;
    std::vector<Slot> m_slots;
};

} // namespace sightline
