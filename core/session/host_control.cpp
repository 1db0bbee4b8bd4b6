#include "core/session/host_control.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilenceCheck = 250ms;
// More wait for us only if somebody means no good.
constexpr std::size_t kMaxWishes = 1000;

} // namespace

HostControl::HostControl(Config config, Send send, QObject* parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_send(std::move(send))
{
    m_gate.setPaused(m_config.isPaused);
    m_silenceTimer.setInterval(kSilenceCheck);
    connect(&m_silenceTimer, &QTimer::timeout, this, [this] { m_gate.releaseIfSilent(Clock::now()); });
}

HostControl::~HostControl()
{
    close();
}

void HostControl::start()
{
    if (std::exchange(m_isStarted, true))
        return;
    if (m_config.introducesViewers) {
        for (const ControlViewer& viewer : m_config.viewers)
            announce(viewer.number);
    }
    if (m_config.isPaused)
        m_send(EncomspStreamState{true});
}

void HostControl::close()
{
    m_isStarted = false;
    m_silenceTimer.stop();
    m_gate.close();
    m_standing = {};
    m_early.clear();
}

void HostControl::setViewers(std::vector<ControlViewer> viewers)
{
    m_config.viewers = std::move(viewers);
    const auto isOut = [this](std::uint32_t number) {
        const ControlViewer* const viewer = find(number);
        return !viewer || !viewer->mayControl;
    };
    for (const std::uint32_t number : std::vector(m_standing.asking)) {
        if (isOut(number))
            stopAsking(number);
    }
    if (m_standing.controller != 0 && isOut(m_standing.controller))
        onGivenBack(m_standing.controller);
    for (const Wish& wish : std::exchange(m_early, {}))
        onWish(wish);
}

const ControlViewer* HostControl::find(std::uint32_t number) const
{
    const auto& viewers = m_config.viewers;
    const auto found = std::find_if(
        viewers.begin(), viewers.end(), [number](const auto& viewer) { return viewer.number == number; });
    return found == viewers.end() ? nullptr : &*found;
}

bool HostControl::isAsking(std::uint32_t number) const
{
    return std::find(m_standing.asking.begin(), m_standing.asking.end(), number) != m_standing.asking.end();
}

ControlState HostControl::state() const
{
    if (m_standing.controller != 0)
        return ControlState::Granted;
    return m_standing.asking.empty() ? ControlState::None : ControlState::Asked;
}

ControlState HostControl::state(std::uint32_t number) const
{
    if (m_standing.controller == number)
        return ControlState::Granted;
    return isAsking(number) ? ControlState::Asked : ControlState::None;
}

void HostControl::grant(std::uint32_t number)
{
    const ControlViewer* const viewer = find(number);
    if (!m_isStarted || !viewer || m_standing.controller == number)
        return;
    if (m_config.policy == ControlPolicy::Never)
        return refuse(number, Error(ErrorCode::NotAllowed, QStringLiteral("control is switched off here")));
    if (!m_config.openInjector || !viewer->mayControl)
        return refuse(
            number, Error(ErrorCode::NotAllowed, QStringLiteral("this desktop cannot be controlled")));
    // What the former one holds down is let go before the next one types.
    m_gate.close();
    Result<std::unique_ptr<InputInjector>> injector = m_config.openInjector(injectorHandlers());
    if (!injector) {
        setController(0);
        return refuse(
            number, Error(injector.error().code(), QStringLiteral("cannot give control"), injector.error()));
    }
    (*injector)->setHotkey(m_config.takeBackHotkey);
    m_gate.open(std::move(injector).value());
    qCInfo(logSession) << "Viewer" << number << "controls this desktop";
    std::erase(m_standing.asking, number);
    setController(number);
}

void HostControl::refuse(std::uint32_t number, const Error& error)
{
    std::erase(m_standing.asking, number);
    announce(number);
    Q_EMIT changed();
    Q_EMIT failed(error);
}

void HostControl::deny(std::uint32_t number)
{
    if (isAsking(number))
        stopAsking(number);
}

void HostControl::revoke()
{
    m_gate.close();
    setController(0);
}

void HostControl::restore(const Standing& standing)
{
    for (const std::uint32_t number : standing.asking) {
        if (find(number) && state(number) == ControlState::None)
            m_standing.asking.push_back(number);
    }
    if (standing.controller != 0)
        grant(standing.controller);
    Q_EMIT changed();
}

void HostControl::remindController()
{
    announce(m_standing.controller);
}

void HostControl::setTakeBackHotkey(const Hotkey& hotkey)
{
    m_config.takeBackHotkey = hotkey;
    m_hotkeyState = HotkeyState::Works; // until the injector says how it is with this one
    m_gate.setHotkey(hotkey);
}

void HostControl::setPaused(bool isPaused)
{
    if (std::exchange(m_config.isPaused, isPaused) == isPaused)
        return;
    m_gate.setPaused(isPaused);
    if (m_isStarted)
        m_send(EncomspStreamState{isPaused});
}

InputInjector::Handlers HostControl::injectorHandlers()
{
    // On the injector's thread, which is over before the gate lets go of it.
    InputInjector::Handlers handlers;
    handlers.localInput = [this] { m_gate.localInput(Clock::now()); };
    handlers.takeBackHotkey
        = [this] { QMetaObject::invokeMethod(this, &HostControl::revoke, Qt::QueuedConnection); };
    handlers.hotkeyStateChanged = [this](HotkeyState state) {
        QMetaObject::invokeMethod(
            this, [this, state] { onHotkeyState(state); }, Qt::QueuedConnection);
    };
    handlers.failed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { onInjectorFailed(error); }, Qt::QueuedConnection);
    };
    return handlers;
}

void HostControl::onHotkeyState(HotkeyState state)
{
    if (m_standing.controller == 0)
        return;
    m_hotkeyState = state;
    Q_EMIT changed();
}

void HostControl::onInjectorFailed(const Error& error)
{
    if (m_standing.controller == 0)
        return;
    revoke();
    Q_EMIT failed(Error(error.code(), QStringLiteral("control ended"), error));
}

void HostControl::handleInput(const InputEvent& event)
{
    m_gate.handle(event, Clock::now());
}

void HostControl::heard()
{
    m_gate.heard(Clock::now());
}

void HostControl::handlePdu(const EncomspPdu& pdu)
{
    heard();
    const auto* change = std::get_if<EncomspControlChange>(&pdu);
    constexpr std::uint16_t kWish
        = EncomspControlChange::kRequestView | EncomspControlChange::kRequestInteract;
    // A change that asks for nothing is a sign of life, and one without any flag tells that a viewer has
    // gone.
    if (!change || (change->flags != 0 && (change->flags & kWish) == 0))
        return;
    const Wish wish{change->participant, (change->flags & EncomspControlChange::kRequestInteract) != 0};
    {
        // However often a viewer asks, one message waits for the GUI thread.
        const std::lock_guard lock(m_mutex);
        const bool isPosted = !m_wishes.empty();
        const auto same = std::find_if(m_wishes.begin(), m_wishes.end(),
            [&wish](const Wish& other) { return other.number == wish.number; });
        if (same != m_wishes.end())
            *same = wish;
        else if (m_wishes.size() < kMaxWishes)
            m_wishes.push_back(wish);
        if (isPosted)
            return;
    }
    QMetaObject::invokeMethod(this, &HostControl::onWishes, Qt::QueuedConnection);
}

void HostControl::onWishes()
{
    std::vector<Wish> wishes;
    {
        const std::lock_guard lock(m_mutex);
        wishes.swap(m_wishes);
    }
    for (const Wish& wish : wishes)
        onWish(wish);
}

void HostControl::onWish(const Wish& wish)
{
    if (!m_isStarted)
        return;
    const ControlViewer* const viewer = find(wish.number);
    if (!viewer) {
        // It may be ahead of the roster, on another way.
        std::erase_if(m_early, [&wish](const Wish& other) { return other.number == wish.number; });
        if (wish.wantsControl && m_early.size() < kMaxWishes)
            m_early.push_back(wish);
        return;
    }
    if (wish.wantsControl)
        onRequest(*viewer);
    else if (m_standing.controller == wish.number)
        onGivenBack(wish.number);
    else if (isAsking(wish.number))
        stopAsking(wish.number);
}

void HostControl::onRequest(const ControlViewer& viewer)
{
    const std::uint32_t number = viewer.number;
    // It gave control back and asked again before we had looked: to us nothing has changed, but it waits.
    if (m_standing.controller == number)
        return announce(number);
    if (isAsking(number))
        return;
    if (m_config.policy == ControlPolicy::Never || !viewer.mayControl || !m_config.openInjector)
        return announce(number);
    if (m_config.policy == ControlPolicy::Always && m_standing.controller == 0)
        return grant(number);
    m_standing.asking.push_back(number);
    Q_EMIT changed();
    Q_EMIT requested(number);
}

void HostControl::onGivenBack(std::uint32_t number)
{
    Q_ASSERT(m_standing.controller == number);
    revoke();
    // Whoever waits has it next, unless the person here took it back: then that person wants it.
    if (m_config.policy == ControlPolicy::Always && !m_standing.asking.empty())
        grant(m_standing.asking.front());
}

void HostControl::setController(std::uint32_t number)
{
    const std::uint32_t before = std::exchange(m_standing.controller, number);
    if (before == number)
        return;
    m_hotkeyState = HotkeyState::Works;
    if (number != 0)
        m_silenceTimer.start();
    else
        m_silenceTimer.stop();
    if (before != 0)
        announce(before);
    if (number != 0)
        announce(number);
    Q_EMIT changed();
}

void HostControl::stopAsking(std::uint32_t number)
{
    std::erase(m_standing.asking, number);
    announce(number);
    Q_EMIT changed();
}

void HostControl::announce(std::uint32_t number)
{
    // Nothing is answered while the person thinks.
    const ControlViewer* const viewer = find(number);
    if (!m_isStarted || !viewer)
        return;
    std::uint16_t flags = EncomspParticipant::kMayView | EncomspParticipant::kIsYou;
    if (m_standing.controller == number)
        flags |= EncomspParticipant::kMayInteract;
    m_send(EncomspParticipant{number, 0, flags, viewer->name});
}

} // namespace sightline
