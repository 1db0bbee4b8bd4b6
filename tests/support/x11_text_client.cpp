#include "tests/support/x11_text_client.h"

#include <QDeadlineTimer>
#include <QStringList>

#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <xcb/xcb.h>
#include <xkbcommon/xkbcommon-x11.h>
// Members of its structures are called `explicit`.
#define explicit explicitComponents
#include <xcb/xkb.h>
#undef explicit

namespace sightline {
namespace {

constexpr int kTimeoutMs = 10000;
constexpr int kModifiers = 0xff;

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

} // namespace

class X11TextClient::Private {
public:
    xcb_connection_t* c() const { return connection.get(); }
    bool open(const QByteArray& displayName, const Rect& area);
    void reloadKeymap();
    void handle(const xcb_generic_event_t& event);
    void onInput(const xcb_generic_event_t& event, Event::Kind kind);
    Reply<xcb_xkb_get_state_reply_t> state() const;

    std::unique_ptr<xcb_connection_t, Release> connection;
    std::unique_ptr<xkb_context, Release> context;
    std::unique_ptr<xkb_keymap, Release> keymap;
    xcb_window_t root = 0;
    xcb_window_t window = 0;
    std::uint8_t xkbEvent = 0;
    int marks = 0;
    bool isExposed = false;
    std::vector<Event> events;
};

bool X11TextClient::Private::open(const QByteArray& displayName, const Rect& area)
{
    connection.reset(xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(c()) != 0
        || xkb_x11_setup_xkb_extension(
               c(), 1, 0, XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, &xkbEvent, nullptr)
            == 0)
        return false;
    constexpr std::uint16_t kEvents = XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY | XCB_XKB_EVENT_TYPE_MAP_NOTIFY;
    xcb_xkb_select_events(c(), XCB_XKB_ID_USE_CORE_KBD, kEvents, 0, kEvents, 0xff, 0xff, nullptr);
    context.reset(xkb_context_new(XKB_CONTEXT_NO_FLAGS));
    reloadKeymap();
    root = xcb_setup_roots_iterator(xcb_get_setup(c())).data->root;
    window = xcb_generate_id(c());
    const std::uint32_t values[]{1,
        XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_KEY_RELEASE | XCB_EVENT_MASK_BUTTON_PRESS
            | XCB_EVENT_MASK_BUTTON_RELEASE | XCB_EVENT_MASK_POINTER_MOTION | XCB_EVENT_MASK_EXPOSURE};
    xcb_create_window(c(), XCB_COPY_FROM_PARENT, window, root, static_cast<std::int16_t>(area.x),
        static_cast<std::int16_t>(area.y), static_cast<std::uint16_t>(area.width),
        static_cast<std::uint16_t>(area.height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
        XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
    xcb_map_window(c(), window);
    xcb_flush(c());
    return true;
}

void X11TextClient::Private::reloadKeymap()
{
    const std::int32_t device = xkb_x11_get_core_keyboard_device_id(c());
    keymap.reset(xkb_x11_keymap_new_from_device(context.get(), c(), device, XKB_KEYMAP_COMPILE_NO_FLAGS));
}

void X11TextClient::Private::handle(const xcb_generic_event_t& event)
{
    const int type = event.response_type & 0x7f;
    if (type == xkbEvent) {
        if (event.pad0 == XCB_XKB_MAP_NOTIFY || event.pad0 == XCB_XKB_NEW_KEYBOARD_NOTIFY)
            reloadKeymap();
        return;
    }
    switch (type) {
    case XCB_EXPOSE:
        isExposed = true;
        return;
    case XCB_CLIENT_MESSAGE:
        ++marks;
        return;
    case XCB_KEY_PRESS:
        return onInput(event, Event::Kind::KeyPress);
    case XCB_KEY_RELEASE:
        return onInput(event, Event::Kind::KeyRelease);
    case XCB_BUTTON_PRESS:
        return onInput(event, Event::Kind::ButtonPress);
    case XCB_BUTTON_RELEASE:
        return onInput(event, Event::Kind::ButtonRelease);
    case XCB_MOTION_NOTIFY:
        return onInput(event, Event::Kind::Motion);
    default:
        return;
    }
}

void X11TextClient::Private::onInput(const xcb_generic_event_t& event, Event::Kind kind)
{
    // All five have this form.
    const auto& input = reinterpret_cast<const xcb_key_press_event_t&>(event);
    Event told{kind, input.detail, {}, {}, input.state & kModifiers, {input.root_x, input.root_y}};
    if (kind == Event::Kind::KeyPress || kind == Event::Kind::KeyRelease) {
        const std::unique_ptr<xkb_state, Release> state(xkb_state_new(keymap.get()));
        const auto group = static_cast<xkb_layout_index_t>((input.state >> 13) & 3);
        const auto modifiers = static_cast<xkb_mod_mask_t>(input.state & kModifiers);
        xkb_state_update_mask(state.get(), modifiers, 0, 0, 0, 0, group);
        char name[64] = {};
        xkb_keysym_get_name(xkb_state_key_get_one_sym(state.get(), input.detail), name, sizeof name);
        told.symbol = QString::fromLatin1(name);
        xkb_state_update_mask(
            state.get(), modifiers & ~static_cast<xkb_mod_mask_t>(XCB_MOD_MASK_CONTROL), 0, 0, 0, 0, group);
        char text[64] = {};
        xkb_state_key_get_utf8(state.get(), input.detail, text, sizeof text);
        told.text = QString::fromUtf8(text);
    } else if (kind != Event::Kind::Motion) {
        told.symbol = QString::number(input.detail);
    }
    events.push_back(told);
}

Reply<xcb_xkb_get_state_reply_t> X11TextClient::Private::state() const
{
    return Reply<xcb_xkb_get_state_reply_t>(
        xcb_xkb_get_state_reply(c(), xcb_xkb_get_state(c(), XCB_XKB_ID_USE_CORE_KBD), nullptr));
}

std::unique_ptr<X11TextClient> X11TextClient::create(const QByteArray& displayName, const Rect& area)
{
    auto d = std::make_unique<Private>();
    if (!d->open(displayName, area))
        return nullptr;
    std::unique_ptr<X11TextClient> client(new X11TextClient(std::move(d)));
    if (!client->waitUntil([&client] { return client->m_d->isExposed; }))
        return nullptr;
    xcb_set_input_focus(client->m_d->c(), XCB_INPUT_FOCUS_PARENT, client->m_d->window, XCB_CURRENT_TIME);
    client->catchUp();
    client->forget();
    return client;
}

X11TextClient::X11TextClient(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11TextClient::~X11TextClient() = default;

bool X11TextClient::waitUntil(const std::function<bool()>& isEnough)
{
    const QDeadlineTimer deadline(kTimeoutMs);
    while (!isEnough()) {
        xcb_flush(m_d->c());
        if (const Reply<xcb_generic_event_t> event{xcb_poll_for_event(m_d->c())}) {
            m_d->handle(*event);
            continue;
        }
        pollfd readable{xcb_get_file_descriptor(m_d->c()), POLLIN, 0};
        if (deadline.hasExpired() || xcb_connection_has_error(m_d->c()) != 0)
            return false;
        poll(&readable, 1, static_cast<int>(deadline.remainingTime()));
    }
    return true;
}

void X11TextClient::catchUp()
{
    const int wanted = m_d->marks + 1;
    xcb_client_message_event_t mark = {};
    mark.response_type = XCB_CLIENT_MESSAGE;
    mark.format = 32;
    mark.window = m_d->window;
    mark.type = XCB_ATOM_STRING;
    xcb_send_event(m_d->c(), 0, m_d->window, 0, reinterpret_cast<const char*>(&mark));
    waitUntil([this, wanted] { return m_d->marks >= wanted; });
}

const std::vector<X11TextClient::Event>& X11TextClient::events() const
{
    return m_d->events;
}

QString X11TextClient::text() const
{
    QString all;
    for (const Event& event : m_d->events) {
        if (event.kind == Event::Kind::KeyPress)
            all += event.text;
    }
    return all;
}

QString X11TextClient::story() const
{
    QStringList words;
    for (const Event& event : m_d->events) {
        if (event.kind == Event::Kind::Motion)
            continue;
        const bool isPress = event.kind == Event::Kind::KeyPress || event.kind == Event::Kind::ButtonPress;
        words << (isPress ? QLatin1Char('+') : QLatin1Char('-')) + event.symbol;
    }
    return words.join(QLatin1Char(' '));
}

void X11TextClient::forget()
{
    m_d->events.clear();
}

int X11TextClient::modifiersDown() const
{
    const auto state = m_d->state();
    return state ? state->baseMods | state->latchedMods | (state->ptrBtnState & ~kModifiers) : -1;
}

int X11TextClient::modifiersLocked() const
{
    const auto state = m_d->state();
    return state ? state->lockedMods : -1;
}

void X11TextClient::lockModifiers(int mask, int values)
{
    xcb_xkb_latch_lock_state(m_d->c(), XCB_XKB_ID_USE_CORE_KBD, static_cast<std::uint8_t>(mask),
        static_cast<std::uint8_t>(values), 0, 0, 0, 0, 0);
    catchUp();
}

void X11TextClient::lockGroup(int group)
{
    xcb_xkb_latch_lock_state(
        m_d->c(), XCB_XKB_ID_USE_CORE_KBD, 0, 0, 1, static_cast<std::uint8_t>(group), 0, 0, 0);
    catchUp();
}

std::vector<unsigned> X11TextClient::symbolsOf(int keycode) const
{
    const Reply<xcb_get_keyboard_mapping_reply_t> reply(xcb_get_keyboard_mapping_reply(
        m_d->c(), xcb_get_keyboard_mapping(m_d->c(), static_cast<xcb_keycode_t>(keycode), 1), nullptr));
    if (!reply)
        return {};
    const xcb_keysym_t* symbols = xcb_get_keyboard_mapping_keysyms(reply.get());
    std::vector<unsigned> all(symbols, symbols + xcb_get_keyboard_mapping_keysyms_length(reply.get()));
    while (!all.empty() && all.back() == 0)
        all.pop_back();
    return all;
}

Point X11TextClient::pointer() const
{
    const Reply<xcb_query_pointer_reply_t> reply(
        xcb_query_pointer_reply(m_d->c(), xcb_query_pointer(m_d->c(), m_d->root), nullptr));
    return reply ? Point{reply->root_x, reply->root_y} : Point{-1, -1};
}

} // namespace sightline
