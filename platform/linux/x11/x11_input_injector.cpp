#include "platform/linux/x11/x11_input_injector.h"

#include "core/base/log.h"
#include "platform/linux/x11/wake_event.h"
#include "platform/linux/x11/x11_hotkey.h"
#include "platform/linux/x11/x11_keyboard.h"
#include "platform/linux/x11/x11_local_input.h"
#include "platform/linux/x11/x11_pointer.h"
#include "platform/linux/x11/xcb_reply.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace sightline {
namespace {

// Many seconds of the busiest hands. Whoever sends more loses all of it, held keys too.
constexpr std::size_t kMaxPending = 4096;

struct ReleaseAll {};
using Command = std::variant<InputEvent, Rect, Hotkey, ReleaseAll>;

template <typename... Functions> struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions> Overloaded(Functions...) -> Overloaded<Functions...>;

} // namespace

class X11InputInjector::Private {
public:
    Private(std::unique_ptr<X11InputDisplay> x, std::unique_ptr<X11Keyboard> keys, Handlers whom)
        : handlers(std::move(whom))
        , display(std::move(x))
        , keyboard(std::move(keys))
        , pointer(*display)
        , localInput(*display)
        , hotkey(*display)
    {
        display->flush();
    }

    void push(Command command);
    void run(const std::stop_token& stop);

    Handlers handlers;
    WakeEvent wake;
    std::jthread thread;

private:
    void drainEvents();
    void onEvent(const xcb_generic_event_t& event);
    TimePoint work();
    std::optional<Command> next();
    std::optional<TimePoint> carryOut(const Command& command);
    std::optional<TimePoint> carryOut(const InputEvent& event);
    void listen();
    void finish();

    std::mutex m_mutex;
    std::deque<Command> m_pending; ///< guarded by m_mutex
    std::optional<Command> m_postponed;

    std::unique_ptr<X11InputDisplay> display;
    std::unique_ptr<X11Keyboard> keyboard;
    X11Pointer pointer;
    X11LocalInput localInput;
    X11Hotkey hotkey;
    std::optional<Hotkey> wantedHotkey;
    std::optional<HotkeyState> hotkeyState; ///< as told
};

void X11InputInjector::Private::push(Command command)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto isEvent = [](const Command& c) { return std::holds_alternative<InputEvent>(c); };
        const auto isMove = [&isEvent](const Command& c) {
            return isEvent(c) && std::holds_alternative<PointerMove>(std::get<InputEvent>(c));
        };
        if (m_pending.size() >= kMaxPending && isEvent(command))
            command = ReleaseAll{};
        if (std::holds_alternative<ReleaseAll>(command))
            std::erase_if(m_pending, isEvent);
        if (!m_pending.empty() && isMove(m_pending.back()) && isMove(command))
            m_pending.back() = std::move(command);
        else
            m_pending.push_back(std::move(command));
    }
    wake.wake();
}

void X11InputInjector::Private::run(const std::stop_token& stop)
{
    while (true) {
        wake.take();
        const TimePoint deadline = work();
        if (display->isLost()) {
            qCWarning(logSession) << "The X server that input goes to has ended";
            if (handlers.failed) {
                handlers.failed(
                    Error(ErrorCode::NoDisplay, QStringLiteral("the X server closed the connection")));
            }
            return;
        }
        if (stop.stop_requested()) {
            finish();
            return;
        }
        wake.wait(xcb_get_file_descriptor(display->get()), deadline);
    }
}

/// Until there is nothing to do before the time returned.
TimePoint X11InputInjector::Private::work()
{
    drainEvents();
    while (auto command = next()) {
        if (const auto later = carryOut(*command)) {
            m_postponed = std::move(command);
            display->flush();
            return *later;
        }
        drainEvents(); // also those that came along with a reply
    }
    display->flush();
    return TimePoint::max();
}

/// What was postponed comes first, unless everything is to be dropped.
std::optional<Command> X11InputInjector::Private::next()
{
    const std::lock_guard lock(m_mutex);
    const bool isDropped = std::any_of(m_pending.begin(), m_pending.end(),
        [](const Command& command) { return std::holds_alternative<ReleaseAll>(command); });
    auto postponed = std::exchange(m_postponed, {});
    if (postponed && !isDropped)
        return postponed;
    if (m_pending.empty())
        return std::nullopt;
    Command first = std::move(m_pending.front());
    m_pending.pop_front();
    return first;
}

std::optional<TimePoint> X11InputInjector::Private::carryOut(const Command& command)
{
    return std::visit(Overloaded{[this](const InputEvent& event) { return carryOut(event); },
                          [this](const Rect& area) {
                              pointer.setArea(area);
                              return std::optional<TimePoint>();
                          },
                          [this](const Hotkey& wanted) {
                              wantedHotkey = wanted;
                              hotkeyState.reset();
                              listen();
                              return std::optional<TimePoint>();
                          },
                          [this](ReleaseAll) {
                              keyboard->releaseAll();
                              pointer.releaseAll();
                              return std::optional<TimePoint>();
                          }},
        command);
}

std::optional<TimePoint> X11InputInjector::Private::carryOut(const InputEvent& event)
{
    const auto byKind = [this](const auto& what) -> std::optional<TimePoint> {
        using Kind = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<Kind, UnicodeKey>)
            return keyboard->inject(what);
        else if constexpr (std::is_same_v<Kind, ScancodeKey> || std::is_same_v<Kind, LockKeys>)
            keyboard->inject(what);
        else
            pointer.inject(what);
        return std::nullopt;
    };
    return std::visit(byKind, event);
}

void X11InputInjector::Private::listen()
{
    if (!wantedHotkey)
        return;
    const HotkeyState state = hotkey.grab(*wantedHotkey, keyboard->keymap());
    if (std::exchange(hotkeyState, state) != state && handlers.hotkeyStateChanged)
        handlers.hotkeyStateChanged(state);
}

void X11InputInjector::Private::drainEvents()
{
    while (const XcbPtr<xcb_generic_event_t> event{xcb_poll_for_event(display->get())})
        onEvent(*event);
}

void X11InputInjector::Private::onEvent(const xcb_generic_event_t& event)
{
    if (hotkey.onEvent(event)) {
        display->flush(); // the keyboard is frozen
        if (handlers.takeBackHotkey)
            handlers.takeBackHotkey();
    } else if (localInput.onEvent(event, Clock::now())) {
        if (handlers.localInput)
            handlers.localInput();
    } else if (keyboard->onEvent(event)) {
        listen();
    } else {
        pointer.onEvent(event);
    }
}

void X11InputInjector::Private::finish()
{
    keyboard->releaseAll();
    pointer.releaseAll();
    keyboard.reset();
    display->flush();
    // The connection's end must not overtake what is written already.
    XcbPtr<xcb_get_input_focus_reply_t>(
        xcb_get_input_focus_reply(display->get(), xcb_get_input_focus(display->get()), nullptr));
}

Result<std::unique_ptr<InputInjector>> X11InputInjector::create(
    const QByteArray& displayName, Handlers handlers)
{
    auto display = X11InputDisplay::create(displayName);
    if (!display)
        return display.error();
    auto keyboard = X11Keyboard::create(**display);
    if (!keyboard)
        return keyboard.error();
    auto d = std::make_unique<Private>(*std::move(display), *std::move(keyboard), std::move(handlers));
    d->thread = std::jthread([d = d.get()](const std::stop_token& stop) { d->run(stop); });
    return std::unique_ptr<InputInjector>(new X11InputInjector(std::move(d)));
}

X11InputInjector::X11InputInjector(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11InputInjector::~X11InputInjector()
{
    m_d->thread.request_stop();
    m_d->wake.wake();
    m_d->thread.join();
}

void X11InputInjector::setHotkey(const Hotkey& hotkey)
{
    m_d->push(hotkey);
}

void X11InputInjector::setArea(const Rect& area)
{
    m_d->push(area);
}

void X11InputInjector::inject(const InputEvent& event)
{
    m_d->push(event);
}

void X11InputInjector::releaseAll()
{
    m_d->push(ReleaseAll{});
}

} // namespace sightline
