#include "platform/linux/x11/x11_keyboard.h"

#include "core/base/log.h"
#include "core/graphics/scancode_table.h"
#include "platform/linux/x11/xcb_xkb.h"

#include <QChar>

#include <algorithm>
#include <utility>
#include <xkbcommon/xkbcommon-keysyms.h>

namespace sightline {
namespace {

constexpr std::uint32_t kEvdevOffset = 8;

// A line feed is the Enter key to everybody but X.
char32_t typed(char32_t character)
{
    return character == U'\n' ? U'\r' : character;
}

} // namespace

Result<std::unique_ptr<X11Keyboard>> X11Keyboard::create(X11InputDisplay& display)
{
    auto keymap = X11Keymap::load(display.get());
    if (!keymap)
        return keymap.error();
    return std::unique_ptr<X11Keyboard>(new X11Keyboard(display, *std::move(keymap)));
}

X11Keyboard::X11Keyboard(X11InputDisplay& display, X11Keymap keymap)
    : m_display(display)
    , m_keymap(std::move(keymap))
    , m_spareKeys(display)
    , m_momentary(display)
{
    m_spareKeys.adopt(m_keymap);
}

bool X11Keyboard::onEvent(const xcb_generic_event_t& event)
{
    if ((event.response_type & 0x7f) != m_display.xkbEvent())
        return false;
    const bool isMap = event.pad0 == XCB_XKB_MAP_NOTIFY; // the XKB event's own type
    if ((!isMap && event.pad0 != XCB_XKB_NEW_KEYBOARD_NOTIFY) || (isMap && m_spareKeys.isOurs(event)))
        return false;
    m_isKeymapStale = true;
    return true;
}

const X11Keymap& X11Keyboard::keymap()
{
    if (std::exchange(m_isKeymapStale, false)) {
        if (auto loaded = X11Keymap::load(m_display.get())) {
            m_keymap = *std::move(loaded);
            m_spareKeys.adopt(m_keymap);
        }
    }
    return m_keymap;
}

std::optional<TimePoint> X11Keyboard::inject(const UnicodeKey& key)
{
    char16_t& high = key.isPressed ? m_highPressed : m_highReleased;
    char32_t character = key.unit;
    if (QChar::isHighSurrogate(key.unit)) {
        high = key.unit;
        return std::nullopt;
    }
    if (QChar::isLowSurrogate(key.unit)) {
        if (high == 0)
            return std::nullopt;
        character = QChar::surrogateToUcs4(high, key.unit);
    }
    std::optional<TimePoint> again;
    if (key.isPressed)
        again = press(typed(character));
    else
        release(typed(character));
    if (!again)
        high = 0;
    return again;
}

std::optional<TimePoint> X11Keyboard::press(char32_t character)
{
    if (character == 0)
        return std::nullopt;
    keymap();
    const auto planned = plan(character);
    if (!planned) {
        const TimePoint later = m_spareKeys.availableAt();
        // Held keys are never settled: with all of them held there is none for this character.
        if (later != TimePoint::max() && later > Clock::now())
            return later;
        qCDebug(logSession) << "No key is left for a character";
        return std::nullopt;
    }
    if (const HeldKey* held = find(planned->keycode)) {
        if (held->character == character)
            return std::nullopt; // the server repeats a held key by itself
        m_display.sendKey(planned->keycode, false);
    }
    if (planned->modifiers)
        m_momentary.apply(*planned->modifiers, m_keymap, heldByScancode());
    else
        m_momentary.restore();
    m_adjustedFor = planned->keycode;
    m_display.sendKey(planned->keycode, true);
    hold(planned->keycode, character);
    return std::nullopt;
}

void X11Keyboard::release(char32_t character)
{
    const auto held = std::find_if(m_held.begin(), m_held.end(),
        [character](const HeldKey& key) { return character != 0 && key.character == character; });
    if (held == m_held.end())
        return;
    const xcb_keycode_t keycode = held->keycode;
    m_held.erase(held);
    m_display.sendKey(keycode, false);
    m_spareKeys.touch(keycode, Clock::now());
    if (keycode == m_adjustedFor)
        m_momentary.restore();
}

std::optional<X11Keyboard::Plan> X11Keyboard::plan(char32_t character)
{
    if (isShortcut() && QChar::isLetter(character)) {
        const XkbModifierState state = m_momentary.stateAtRest();
        if (const auto keycode = m_keymap.letter(QChar::toLower(character), state.group))
            return Plan{*keycode, {}};
    }
    return planText(character);
}

std::optional<X11Keyboard::Plan> X11Keyboard::planText(char32_t character)
{
    const XkbModifierState state = m_momentary.stateAtRest();
    if (const auto stroke = m_keymap.text(character, state.group, state.locked))
        return Plan{stroke->keycode, {{.modifiers = stroke->modifiers, .group = stroke->group}}};
    const std::uint8_t caps = lockModifier(XKB_KEY_Caps_Lock);
    const auto withoutCaps = static_cast<std::uint8_t>(state.locked & ~caps);
    if (withoutCaps != state.locked) {
        if (const auto stroke = m_keymap.text(character, state.group, withoutCaps)) {
            return Plan{stroke->keycode,
                {{.modifiers = stroke->modifiers, .group = stroke->group, .unlocked = caps}}};
        }
    }
    const auto spare = m_spareKeys.take(
        character, Clock::now(), [this](xcb_keycode_t keycode) { return find(keycode) != nullptr; });
    if (!spare)
        return std::nullopt;
    const std::uint8_t shift = spare->isShifted ? XCB_MOD_MASK_SHIFT : 0;
    return Plan{spare->keycode, {{.modifiers = shift, .group = {}, .unlocked = caps}}};
}

void X11Keyboard::inject(const ScancodeKey& key)
{
    const auto evdev = evdevOfScancode(key);
    if (!evdev)
        return;
    const auto keycode = static_cast<xcb_keycode_t>(*evdev + kEvdevOffset);
    const HeldKey* held = find(keycode);
    const bool isHeldSo = held != nullptr && held->character == 0;
    if (key.isPressed == isHeldSo)
        return;
    if (keymap().lockedBy(keycode) != 0)
        noteLocksBefore();
    if (key.isPressed) {
        m_momentary.restore();
        if (held != nullptr)
            m_display.sendKey(keycode, false);
        m_display.sendKey(keycode, true);
        hold(keycode, 0);
        return;
    }
    std::erase_if(m_held, [keycode](const HeldKey& other) { return other.keycode == keycode; });
    if (!m_momentary.forget(keycode))
        m_display.sendKey(keycode, false);
    if (m_keymap.lockedBy(keycode) != 0)
        m_locksSet = m_momentary.stateAtRest().locked;
}

void X11Keyboard::inject(const LockKeys& locks)
{
    keymap();
    m_momentary.restore();
    noteLocksBefore();
    const std::uint8_t caps = lockModifier(XKB_KEY_Caps_Lock);
    const std::uint8_t num = lockModifier(XKB_KEY_Num_Lock);
    const std::uint8_t scroll = lockModifier(XKB_KEY_Scroll_Lock);
    const auto values = (locks.caps ? caps : 0) | (locks.num ? num : 0) | (locks.scroll ? scroll : 0);
    m_display.lockModifiers(caps | num | scroll, static_cast<std::uint8_t>(values));
    m_locksSet = m_display.modifierState().locked;
}

void X11Keyboard::releaseAll()
{
    // In this order nothing that is lifted is pressed again.
    for (const HeldKey& key : std::exchange(m_held, {})) {
        if (!m_momentary.forget(key.keycode))
            m_display.sendKey(key.keycode, false);
        m_spareKeys.touch(key.keycode, Clock::now());
    }
    m_momentary.restore();
    m_highPressed = m_highReleased = 0;
    if (!m_locksBefore)
        return;
    const std::uint8_t before = *std::exchange(m_locksBefore, {});
    const std::uint8_t now = m_display.modifierState().locked;
    const auto isStillOurs = static_cast<std::uint8_t>(~(now ^ m_locksSet));
    if (const auto changed = static_cast<std::uint8_t>((before ^ m_locksSet) & isStillOurs); changed != 0)
        m_display.lockModifiers(changed, before & changed);
}

bool X11Keyboard::isShortcut() const
{
    return std::any_of(m_held.begin(), m_held.end(), [this](const HeldKey& key) {
        return key.character == 0 && (m_keymap.heldBy(key.keycode) & m_keymap.shortcutModifiers()) != 0;
    });
}

X11Keyboard::HeldKey* X11Keyboard::find(xcb_keycode_t keycode)
{
    const auto found = std::find_if(
        m_held.begin(), m_held.end(), [keycode](const HeldKey& key) { return key.keycode == keycode; });
    return found == m_held.end() ? nullptr : &*found;
}

void X11Keyboard::hold(xcb_keycode_t keycode, char32_t character)
{
    if (HeldKey* held = find(keycode))
        held->character = character;
    else
        m_held.push_back({keycode, character});
}

std::vector<xcb_keycode_t> X11Keyboard::heldByScancode() const
{
    std::vector<xcb_keycode_t> keys;
    for (const HeldKey& key : m_held) {
        if (key.character == 0)
            keys.push_back(key.keycode);
    }
    return keys;
}

void X11Keyboard::noteLocksBefore()
{
    if (m_locksBefore)
        return;
    m_locksBefore = m_momentary.stateAtRest().locked;
    m_locksSet = *m_locksBefore;
}

std::uint8_t X11Keyboard::lockModifier(std::uint32_t keysym) const
{
    const auto keycode = m_keymap.symbol(keysym, 0);
    return keycode ? m_keymap.lockedBy(*keycode) : std::uint8_t{0};
}

} // namespace sightline
