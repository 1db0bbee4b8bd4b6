#include "tests/support/x11_hands.h"

#include <QDebug>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <vector>
#include <xcb/xcb.h>
#include <xcb/xinput.h>
#include <xcb/xtest.h>
#include <xkbcommon/xkbcommon-x11.h>

namespace sightline {
namespace {

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T> using Reply = std::unique_ptr<T, Free>;

struct Release {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
    void operator()(xkb_context* context) const { xkb_context_unref(context); }
    void operator()(xkb_keymap* keymap) const { xkb_keymap_unref(keymap); }
    void operator()(xkb_state* state) const { xkb_state_unref(state); }
};

struct DeadKey {
    char16_t mark;
    xkb_keysym_t symbol;
};
constexpr std::array kDeadKeys{DeadKey{0x300, XKB_KEY_dead_grave}, DeadKey{0x301, XKB_KEY_dead_acute},
    DeadKey{0x302, XKB_KEY_dead_circumflex}, DeadKey{0x303, XKB_KEY_dead_tilde},
    DeadKey{0x308, XKB_KEY_dead_diaeresis}, DeadKey{0x327, XKB_KEY_dead_cedilla},
    DeadKey{0x30C, XKB_KEY_dead_caron}};

struct Chord {
    std::vector<xcb_keycode_t> keys; ///< modifiers first
};

} // namespace

class X11Hands::Private {
public:
    xcb_connection_t* c() const { return connection.get(); }
    bool open(const QByteArray& displayName, Seat seat);
    bool takeOwnSeat();
    std::optional<Chord> chordOf(xkb_keysym_t symbol) const;
    std::optional<std::vector<Chord>> chordsOf(QChar character) const;
    std::optional<xcb_keycode_t> baseKey(xkb_keysym_t symbol) const;
    void key(xcb_keycode_t keycode, bool isPressed);
    bool named(const char* name, bool isPressed);

    std::unique_ptr<xcb_connection_t, Release> connection;
    std::unique_ptr<xkb_context, Release> context;
    std::unique_ptr<xkb_keymap, Release> keymap;
    xcb_window_t root = 0;
    xcb_keycode_t lastKey = 0;
};

bool X11Hands::Private::open(const QByteArray& displayName, Seat seat)
{
    connection.reset(xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(c()) != 0
        || xkb_x11_setup_xkb_extension(
               c(), 1, 0, XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, nullptr, nullptr)
            == 0)
        return false;
    root = xcb_setup_roots_iterator(xcb_get_setup(c())).data->root;
    context.reset(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
    return seat == Seat::First || takeOwnSeat();
}

bool X11Hands::Private::takeOwnSeat()
{
    Reply<xcb_input_xi_query_version_reply_t>(
        xcb_input_xi_query_version_reply(c(), xcb_input_xi_query_version(c(), 2, 2), nullptr));
    struct {
        xcb_input_add_master_t head{XCB_INPUT_HIERARCHY_CHANGE_TYPE_ADD_MASTER, 3, 4, 1, 1};
        char name[4]{'d', 'e', 's', 'k'};
    } change;
    const auto* any = reinterpret_cast<const xcb_input_hierarchy_change_t*>(&change);
    const Reply<xcb_generic_error_t> error(
        xcb_request_check(c(), xcb_input_xi_change_hierarchy_checked(c(), 1, any)));
    const Reply<xcb_input_xi_query_device_reply_t> devices(xcb_input_xi_query_device_reply(
        c(), xcb_input_xi_query_device(c(), XCB_INPUT_DEVICE_ALL_MASTER), nullptr));
    if (error || !devices)
        return false;
    std::uint16_t last = 0; // the newest has the highest number
    for (auto it = xcb_input_xi_query_device_infos_iterator(devices.get()); it.rem > 0;
         xcb_input_xi_device_info_next(&it)) {
        if (it.data->type == XCB_INPUT_DEVICE_TYPE_MASTER_POINTER)
            last = std::max(last, it.data->deviceid);
    }
    const Reply<xcb_generic_error_t> refused(
        xcb_request_check(c(), xcb_input_xi_set_client_pointer_checked(c(), XCB_NONE, last)));
    return refused == nullptr;
}

std::optional<Chord> X11Hands::Private::chordOf(xkb_keysym_t symbol) const
{
    const auto shift = baseKey(XKB_KEY_Shift_L);
    const auto altGr = baseKey(XKB_KEY_ISO_Level3_Shift);
    const std::array<std::vector<xcb_keycode_t>, 4> levels{std::vector<xcb_keycode_t>{}, {*shift},
        altGr ? std::vector<xcb_keycode_t>{*altGr} : std::vector<xcb_keycode_t>{},
        altGr ? std::vector<xcb_keycode_t>{*shift, *altGr} : std::vector<xcb_keycode_t>{}};
    for (const auto& modifiers : levels) {
        const std::unique_ptr<xkb_state, Release> state(xkb_state_new(keymap.get()));
        for (const xcb_keycode_t modifier : modifiers)
            xkb_state_update_key(state.get(), modifier, XKB_KEY_DOWN);
        for (xkb_keycode_t key = 9; key < 150; ++key) {
            if (xkb_state_key_get_one_sym(state.get(), key) != symbol)
                continue;
            Chord chord{modifiers};
            chord.keys.push_back(static_cast<xcb_keycode_t>(key));
            return chord;
        }
    }
    return std::nullopt;
}

std::optional<std::vector<Chord>> X11Hands::Private::chordsOf(QChar character) const
{
    if (const auto chord = chordOf(xkb_utf32_to_keysym(character.unicode())))
        return std::vector{*chord};
    const QString parts = character.decomposition();
    if (parts.size() != 2)
        return std::nullopt;
    const auto* const dead = std::find_if(kDeadKeys.begin(), kDeadKeys.end(),
        [&parts](const DeadKey& key) { return key.mark == parts[1].unicode(); });
    if (dead == kDeadKeys.end())
        return std::nullopt;
    const auto mark = chordOf(dead->symbol);
    const auto letter = chordOf(xkb_utf32_to_keysym(parts[0].unicode()));
    if (!mark || !letter)
        return std::nullopt;
    return std::vector{*mark, *letter};
}

std::optional<xcb_keycode_t> X11Hands::Private::baseKey(xkb_keysym_t symbol) const
{
    const std::unique_ptr<xkb_state, Release> state(xkb_state_new(keymap.get()));
    for (xkb_keycode_t key = 9; key < 256; ++key) {
        if (xkb_state_key_get_one_sym(state.get(), key) == symbol)
            return static_cast<xcb_keycode_t>(key);
    }
    return std::nullopt;
}

void X11Hands::Private::key(xcb_keycode_t keycode, bool isPressed)
{
    // Released and pressed within the same millisecond, a key would be one that repeats.
    const std::uint32_t delayMs = isPressed && lastKey == keycode ? 2 : 0;
    lastKey = keycode;
    xcb_test_fake_input(
        c(), isPressed ? XCB_KEY_PRESS : XCB_KEY_RELEASE, keycode, delayMs, XCB_NONE, 0, 0, 0);
    xcb_flush(c());
}

bool X11Hands::Private::named(const char* name, bool isPressed)
{
    const int number = std::atoi(name);
    const auto keycode = number > 9 ? std::optional(static_cast<xcb_keycode_t>(number))
                                    : baseKey(xkb_keysym_from_name(name, XKB_KEYSYM_NO_FLAGS));
    if (keycode)
        key(*keycode, isPressed);
    return keycode.has_value();
}

std::unique_ptr<X11Hands> X11Hands::create(const QByteArray& displayName, Seat seat)
{
    auto d = std::make_unique<Private>();
    if (!d->open(displayName, seat))
        return nullptr;
    std::unique_ptr<X11Hands> hands(new X11Hands(std::move(d)));
    hands->learnLayout();
    return hands;
}

X11Hands::X11Hands(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11Hands::~X11Hands() = default;

void X11Hands::learnLayout()
{
    const std::int32_t device = xkb_x11_get_core_keyboard_device_id(m_d->c());
    m_d->keymap.reset(
        xkb_x11_keymap_new_from_device(m_d->context.get(), m_d->c(), device, XKB_KEYMAP_COMPILE_NO_FLAGS));
}

bool X11Hands::type(const QString& text)
{
    for (const QChar character : text) {
        const auto chords = m_d->chordsOf(character);
        if (!chords) {
            qWarning() << "This layout has no" << character;
            return false;
        }
        for (const Chord& chord : *chords) {
            for (const xcb_keycode_t key : chord.keys)
                m_d->key(key, true);
            for (auto key = chord.keys.rbegin(); key != chord.keys.rend(); ++key)
                m_d->key(*key, false);
        }
    }
    return true;
}

bool X11Hands::press(const char* key)
{
    return m_d->named(key, true);
}

bool X11Hands::release(const char* key)
{
    return m_d->named(key, false);
}

bool X11Hands::tap(const char* key)
{
    return press(key) && release(key);
}

void X11Hands::move(Point position)
{
    xcb_test_fake_input(m_d->c(), XCB_MOTION_NOTIFY, 0, XCB_CURRENT_TIME, m_d->root,
        static_cast<std::int16_t>(position.x), static_cast<std::int16_t>(position.y), 0);
    xcb_flush(m_d->c());
}

void X11Hands::button(int number, bool isPressed)
{
    xcb_test_fake_input(m_d->c(), isPressed ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE,
        static_cast<std::uint8_t>(number), XCB_CURRENT_TIME, XCB_NONE, 0, 0, 0);
    xcb_flush(m_d->c());
}

} // namespace sightline
