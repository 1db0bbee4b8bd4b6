#include "platform/linux/x11/x11_keymap.h"

#include "core/graphics/scancode_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <xkbcommon/xkbcommon-keysyms.h>
#include <xkbcommon/xkbcommon-x11.h>

namespace sightline {
namespace {

constexpr std::uint32_t kEvdevOffset = 8;
constexpr std::uint8_t kRealModifiers = 0xff;
constexpr xcb_keycode_t kRightAlt = 108;

struct UnrefContext {
    void operator()(xkb_context* context) const { xkb_context_unref(context); }
};

bool isKeypad(xkb_keysym_t symbol)
{
    return symbol >= XKB_KEY_KP_Space && symbol <= XKB_KEY_KP_Equal;
}

/// Where a US keyboard has a letter.
std::optional<xcb_keycode_t> usPosition(char32_t letter)
{
    struct Row {
        std::u32string_view letters;
        std::uint32_t evdev; ///< of the first
    };
    constexpr std::array kRows{Row{U"qwertyuiop", 16}, Row{U"asdfghjkl", 30}, Row{U"zxcvbnm", 44}};
    for (const Row& row : kRows) {
        const std::size_t column = row.letters.find(letter);
        if (column != std::u32string_view::npos)
            return static_cast<xcb_keycode_t>(row.evdev + column + kEvdevOffset);
    }
    return std::nullopt;
}

std::uint8_t realModifiers(xkb_state* state, xkb_state_component component)
{
    return static_cast<std::uint8_t>(xkb_state_serialize_mods(state, component) & kRealModifiers);
}

xkb_keycode_t lastKeycode(xkb_keymap* keymap)
{
    return std::min<xkb_keycode_t>(xkb_keymap_max_keycode(keymap), 255);
}

} // namespace

void X11Keymap::Unref::operator()(xkb_keymap* keymap) const
{
    xkb_keymap_unref(keymap);
}

void X11Keymap::Unref::operator()(xkb_state* state) const
{
    xkb_state_unref(state);
}

X11Keymap::X11Keymap(X11Keymap&&) noexcept = default;
X11Keymap& X11Keymap::operator=(X11Keymap&&) noexcept = default;
X11Keymap::~X11Keymap() = default;

Result<X11Keymap> X11Keymap::load(xcb_connection_t* connection)
{
    const std::unique_ptr<xkb_context, UnrefContext> context(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
    const std::int32_t device = xkb_x11_get_core_keyboard_device_id(connection);
    KeymapPtr keymap;
    if (context && device >= 0) {
        keymap.reset(
            xkb_x11_keymap_new_from_device(context.get(), connection, device, XKB_KEYMAP_COMPILE_NO_FLAGS));
    }
    if (!keymap)
        return Error(ErrorCode::NoDisplay, QStringLiteral("the X server does not tell its keyboard layout"));
    return X11Keymap(std::move(keymap));
}

X11Keymap::X11Keymap(KeymapPtr keymap)
    : m_keymap(std::move(keymap))
{
    findModifiers();
}

void X11Keymap::findModifiers()
{
    for (const xkb_keysym_t symbol : {XKB_KEY_Shift_L, XKB_KEY_ISO_Level3_Shift, XKB_KEY_ISO_Level5_Shift})
        addLevelKey(symbol);
    for (const xkb_keysym_t symbol : {XKB_KEY_Control_L, XKB_KEY_Control_R, XKB_KEY_Alt_L, XKB_KEY_Alt_R,
             XKB_KEY_Meta_L, XKB_KEY_Super_L, XKB_KEY_Super_R}) {
        if (const auto keycode = this->symbol(symbol, 0))
            m_shortcutModifiers |= heldBy(*keycode);
    }
    for (const LevelKey& key : m_levelKeys)
        m_shortcutModifiers &= static_cast<std::uint8_t>(~key.modifier);
}

void X11Keymap::addLevelKey(std::uint32_t keysym)
{
    std::optional<xcb_keycode_t> keycode = symbol(keysym, 0);
    // Most keymaps have an imaginary key for AltGr in front of the real one, which virtual machines know.
    if (firstSymbol(kRightAlt) == keysym)
        keycode = kRightAlt;
    if (!keycode)
        return;
    const std::uint8_t modifier = heldBy(*keycode);
    const bool isNew = std::none_of(m_levelKeys.begin(), m_levelKeys.end(),
        [modifier](const LevelKey& key) { return (key.modifier & modifier) != 0; });
    if (std::has_single_bit(modifier) && isNew)
        m_levelKeys.push_back({*keycode, modifier});
}

std::uint32_t X11Keymap::groups() const
{
    return std::min<std::uint32_t>(xkb_keymap_num_layouts(m_keymap.get()), 4);
}

std::optional<KeyStroke> X11Keymap::text(char32_t character, std::uint8_t group, std::uint8_t locked) const
{
    const auto find = [&](std::uint8_t in) -> std::optional<KeyStroke> {
        const Index& index = indexOf(in, locked);
        const auto found = index.find(character);
        return found == index.end() ? std::nullopt : std::optional(found->second);
    };
    auto stroke = find(group);
    for (std::uint8_t other = 0; !stroke && other < groups(); ++other)
        stroke = find(other);
    return stroke;
}

const X11Keymap::Index& X11Keymap::indexOf(std::uint8_t group, std::uint8_t locked) const
{
    const auto [place, isNew] = m_indexes.try_emplace({group, locked});
    if (!isNew)
        return place->second;
    const StatePtr state(xkb_state_new(m_keymap.get()));
    // Subsets of the level keys in the order of how many fingers they take.
    std::vector<unsigned> subsets(1U << m_levelKeys.size());
    for (unsigned i = 0; i < subsets.size(); ++i)
        subsets[i] = i;
    std::stable_sort(subsets.begin(), subsets.end(),
        [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
    for (const unsigned subset : subsets) {
        std::uint8_t modifiers = 0;
        for (std::size_t i = 0; i < m_levelKeys.size(); ++i)
            modifiers |= ((subset >> i) & 1U) != 0 ? m_levelKeys[i].modifier : std::uint8_t{0};
        xkb_state_update_mask(state.get(), modifiers, 0, locked, 0, 0, group);
        addLevel(place->second, state.get(), {.modifiers = modifiers, .group = group});
    }
    return place->second;
}

void X11Keymap::addLevel(Index& index, xkb_state* state, KeyStroke stroke) const
{
    for (xkb_keycode_t key = xkb_keymap_min_keycode(m_keymap.get()); key <= lastKeycode(m_keymap.get());
         ++key) {
        if (isKeypad(xkb_state_key_get_one_sym(state, key)))
            continue;
        const char32_t character = xkb_state_key_get_utf32(state, key);
        stroke.keycode = static_cast<xcb_keycode_t>(key);
        if (character != 0)
            index.try_emplace(character, stroke);
    }
}

std::optional<xcb_keycode_t> X11Keymap::letter(char32_t letter, std::uint8_t group) const
{
    const std::uint32_t keysym = xkb_utf32_to_keysym(letter);
    auto keycode = symbol(keysym, group);
    for (std::uint8_t other = 0; !keycode && other < groups(); ++other)
        keycode = symbol(keysym, other);
    return keycode ? keycode : usPosition(letter);
}

std::optional<xcb_keycode_t> X11Keymap::symbol(std::uint32_t keysym, std::uint8_t group) const
{
    const StatePtr state(xkb_state_new(m_keymap.get()));
    xkb_state_update_mask(state.get(), 0, 0, 0, 0, 0, group);
    for (xkb_keycode_t key = xkb_keymap_min_keycode(m_keymap.get()); key <= lastKeycode(m_keymap.get());
         ++key) {
        if (xkb_state_key_get_one_sym(state.get(), key) == keysym)
            return static_cast<xcb_keycode_t>(key);
    }
    return std::nullopt;
}

std::uint8_t X11Keymap::heldBy(xcb_keycode_t keycode) const
{
    const StatePtr state(xkb_state_new(m_keymap.get()));
    xkb_state_update_key(state.get(), keycode, XKB_KEY_DOWN);
    return realModifiers(state.get(), XKB_STATE_MODS_DEPRESSED)
        & static_cast<std::uint8_t>(~realModifiers(state.get(), XKB_STATE_MODS_LOCKED));
}

std::uint8_t X11Keymap::lockedBy(xcb_keycode_t keycode) const
{
    const StatePtr state(xkb_state_new(m_keymap.get()));
    xkb_state_update_key(state.get(), keycode, XKB_KEY_DOWN);
    xkb_state_update_key(state.get(), keycode, XKB_KEY_UP);
    return realModifiers(state.get(), XKB_STATE_MODS_LOCKED);
}

std::vector<xcb_keycode_t> X11Keymap::spareKeycodes() const
{
    std::vector<xcb_keycode_t> spare;
    for (xkb_keycode_t key = xkb_keymap_min_keycode(m_keymap.get()); key <= lastKeycode(m_keymap.get());
         ++key) {
        if (xkb_keymap_num_layouts_for_key(m_keymap.get(), key) == 0)
            spare.push_back(static_cast<xcb_keycode_t>(key));
    }
    std::stable_partition(spare.begin(), spare.end(),
        [](xcb_keycode_t key) { return !scancodeOfEvdev(key - kEvdevOffset).has_value(); });
    return spare;
}

std::uint32_t X11Keymap::firstSymbol(xcb_keycode_t keycode) const
{
    const xkb_keysym_t* symbols = nullptr;
    const int count = xkb_keymap_key_get_syms_by_level(m_keymap.get(), keycode, 0, 0, &symbols);
    return count > 0 ? symbols[0] : XKB_KEY_NoSymbol;
}

} // namespace sightline
