#include "platform/linux/x11/x11_momentary_modifiers.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

bool contains(const std::vector<xcb_keycode_t>& keys, xcb_keycode_t key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

} // namespace

X11MomentaryModifiers::X11MomentaryModifiers(X11InputDisplay& display)
    : m_display(display)
{
}

void X11MomentaryModifiers::apply(
    const Wanted& wanted, const X11Keymap& keymap, const std::vector<xcb_keycode_t>& held)
{
    adjustLevel(wanted, keymap, held);
    const XkbModifierState state = stateAtRest();
    const std::uint8_t group = wanted.group.value_or(state.group);
    if (group != state.group) {
        if (!m_groupAtRest)
            m_groupAtRest = state.lockedGroup;
        m_display.lockGroup(group);
    } else if (m_groupAtRest) {
        m_display.lockGroup(*std::exchange(m_groupAtRest, {}));
    }
    const std::uint8_t unlocked = wanted.unlocked & state.locked;
    if (unlocked != m_unlocked)
        m_display.lockModifiers(m_unlocked | unlocked, m_unlocked & static_cast<std::uint8_t>(~unlocked));
    m_unlocked = unlocked;
}

// What two characters in a row both need is not let go in between.
void X11MomentaryModifiers::adjustLevel(
    const Wanted& wanted, const X11Keymap& keymap, const std::vector<xcb_keycode_t>& held)
{
    for (const LevelKey& level : keymap.levelKeys()) {
        const bool isWanted = (wanted.modifiers & level.modifier) != 0;
        bool isHeld = false;
        for (const xcb_keycode_t key : held) {
            if ((keymap.heldBy(key) & level.modifier) == 0)
                continue;
            isHeld = true;
            if (isWanted == contains(m_lifted, key))
                m_display.sendKey(key, isWanted);
            if (isWanted)
                std::erase(m_lifted, key);
            else if (!contains(m_lifted, key))
                m_lifted.push_back(key);
        }
        const bool mustPress = isWanted && !isHeld;
        if (mustPress != contains(m_pressed, level.keycode))
            m_display.sendKey(level.keycode, mustPress);
        std::erase(m_pressed, level.keycode);
        if (mustPress)
            m_pressed.push_back(level.keycode);
    }
}

void X11MomentaryModifiers::restore()
{
    for (const xcb_keycode_t key : std::exchange(m_pressed, {}))
        m_display.sendKey(key, false);
    for (const xcb_keycode_t key : std::exchange(m_lifted, {}))
        m_display.sendKey(key, true);
    if (m_groupAtRest)
        m_display.lockGroup(*std::exchange(m_groupAtRest, {}));
    if (m_unlocked != 0)
        m_display.lockModifiers(m_unlocked, m_unlocked);
    m_unlocked = 0;
}

bool X11MomentaryModifiers::forget(xcb_keycode_t keycode)
{
    return std::erase(m_lifted, keycode) > 0;
}

XkbModifierState X11MomentaryModifiers::stateAtRest() const
{
    XkbModifierState state = m_display.modifierState();
    state.locked |= m_unlocked;
    if (m_groupAtRest)
        state.group = state.lockedGroup = *m_groupAtRest;
    return state;
}

} // namespace sightline
