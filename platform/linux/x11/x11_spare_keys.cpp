#include "platform/linux/x11/x11_spare_keys.h"

#include "platform/linux/x11/wake_event.h"
#include "platform/linux/x11/xcb_xkb.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <xkbcommon/xkbcommon.h>

namespace sightline {
namespace {

xcb_keysym_t keysymOf(char32_t character)
{
    return xkb_utf32_to_keysym(character);
}

} // namespace

X11SpareKeys::X11SpareKeys(X11InputDisplay& display)
    : m_display(display)
{
}

X11SpareKeys::~X11SpareKeys()
{
    TimePoint settled{};
    for (const Slot& slot : m_slots) {
        if (slot.lower != 0)
            settled = std::max(settled, slot.lastUse + kSettleTime);
    }
    m_display.flush();
    const WakeEvent nobody;
    while (!m_display.isLost() && Clock::now() < settled)
        nobody.wait(-1, settled);
    for (const Slot& slot : m_slots) {
        if (slot.lower != 0)
            m_display.setSymbols(slot.keycode, {});
    }
    m_display.flush();
}

void X11SpareKeys::adopt(const X11Keymap& keymap)
{
    std::vector<Slot> slots;
    for (const Slot& slot : m_slots) {
        if (slot.lower != 0 && keymap.firstSymbol(slot.keycode) == keysymOf(slot.lower))
            slots.push_back(slot);
    }
    for (const xcb_keycode_t keycode : keymap.spareKeycodes())
        slots.push_back({keycode});
    m_slots = std::move(slots);
}

std::optional<X11SpareKeys::Key> X11SpareKeys::take(
    char32_t character, TimePoint now, const std::function<bool(xcb_keycode_t)>& isHeld)
{
    auto slot = std::find_if(m_slots.begin(), m_slots.end(),
        [character](const Slot& s) { return s.lower == character || s.upper == character; });
    if (slot == m_slots.end()) {
        slot = std::min_element(m_slots.begin(), m_slots.end(), [&](const Slot& a, const Slot& b) {
            return std::pair(isHeld(a.keycode), a.lastUse) < std::pair(isHeld(b.keycode), b.lastUse);
        });
        if (slot == m_slots.end() || isHeld(slot->keycode)
            || (slot->lower != 0 && now < slot->lastUse + kSettleTime))
            return std::nullopt;
        bind(*slot, character);
    }
    slot->lastUse = now;
    return Key{slot->keycode, slot->lower != slot->upper && character == slot->upper};
}

TimePoint X11SpareKeys::availableAt() const
{
    const auto oldest = std::min_element(
        m_slots.begin(), m_slots.end(), [](const Slot& a, const Slot& b) { return a.lastUse < b.lastUse; });
    return oldest == m_slots.end() ? TimePoint::max() : oldest->lastUse + kSettleTime;
}

void X11SpareKeys::touch(xcb_keycode_t keycode, TimePoint now)
{
    for (Slot& slot : m_slots) {
        if (slot.keycode == keycode)
            slot.lastUse = now;
    }
}

bool X11SpareKeys::isOurs(const xcb_generic_event_t& mapNotify) const
{
    const auto& event = reinterpret_cast<const xcb_xkb_map_notify_event_t&>(mapNotify);
    constexpr std::uint16_t kOtherParts = static_cast<std::uint16_t>(
        ~XCB_XKB_MAP_PART_KEY_SYMS & ~XCB_XKB_MAP_PART_KEY_TYPES & ~XCB_XKB_MAP_PART_KEY_ACTIONS & 0xff);
    if ((event.changed & kOtherParts) != 0 || event.nKeySyms != 1)
        return false;
    return std::any_of(m_slots.begin(), m_slots.end(),
        [&event](const Slot& slot) { return slot.lower != 0 && slot.keycode == event.firstKeySym; });
}

void X11SpareKeys::bind(Slot& slot, char32_t character)
{
    slot.lower = QChar::toLower(character);
    slot.upper = QChar::toUpper(character);
    // Pairs only: the title case of DZ, or the two lower cases of sigma, would type something else.
    if (QChar::toUpper(slot.lower) != slot.upper || QChar::toLower(slot.upper) != slot.lower
        || (character != slot.lower && character != slot.upper))
        slot.lower = slot.upper = character;
    const std::array symbols{keysymOf(slot.lower), keysymOf(slot.upper)};
    m_display.setSymbols(slot.keycode, std::span(symbols).first(slot.lower == slot.upper ? 1 : 2));
}

} // namespace sightline
