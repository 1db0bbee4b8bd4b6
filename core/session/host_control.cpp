#include "core/session/host_control.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilenceCheck = 250ms;

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
    announce();
    if (m_config.isPaused)
        m_send(EncomspStreamState{true});
}

void HostControl::close()
{
    m_isStarted = false;
    m_silenceTimer.stop();
    m_gate.close();
    m_state = ControlState::None;
}

void HostControl::grant()
{
    if (!m_isStarted || m_state == ControlState::Granted)
        return;
    const auto refuse = [this](const Error& error) {
        setState(ControlState::None);
        Q_EMIT failed(error);
    };
    if (m_config.policy == ControlPolicy::Never)
        return refuse(Error(ErrorCode::NotAllowed, QStringLiteral("control is switched off here")));
    if (!m_config.openInjector)
        return refuse(Error(ErrorCode::NotAllowed, QStringLiteral("this desktop cannot be controlled")));
    Result<std::unique_ptr<InputInjector>> injector = m_config.openInjector(injectorHandlers());
    if (!injector)
        return refuse(
            Error(injector.error().code(), QStringLiteral("cannot give control"), injector.error()));
    (*injector)->setHotkey(m_config.takeBackHotkey);
    m_gate.open(std::move(injector).value());
    qCInfo(logSession) << "The viewer controls this desktop";
    setState(ControlState::Granted);
}

void HostControl::deny()
{
    if (m_state == ControlState::Asked)
        setState(ControlState::None);
}

void HostControl::revoke()
{
    m_gate.close();
    if (m_state != ControlState::None)
        setState(ControlState::None);
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
    if (m_state != ControlState::Granted)
        return;
    m_hotkeyState = state;
    Q_EMIT changed();
}

void HostControl::onInjectorFailed(const Error& error)
{
    if (m_state != ControlState::Granted)
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
    // A change that asks for nothing is a sign of life.
    if (!change || change->participant != kViewerParticipant || (change->flags & kWish) == 0)
        return;
    m_wantsControl = (change->flags & EncomspControlChange::kRequestInteract) != 0;
    // However often a viewer asks, one message waits for the GUI thread.
    if (!m_isWishPosted.exchange(true))
        QMetaObject::invokeMethod(this, &HostControl::onWish, Qt::QueuedConnection);
}

void HostControl::onWish()
{
    m_isWishPosted = false;
    if (!m_isStarted)
        return;
    if (m_wantsControl)
        onRequest();
    else
        revoke();
}

void HostControl::onRequest()
{
    // It gave control back and asked again before we had looked: to us nothing has changed, but it waits.
    if (m_state == ControlState::Granted)
        announce();
    if (m_state != ControlState::None)
        return;
    switch (m_config.policy) {
    case ControlPolicy::Always:
        grant();
        return;
    case ControlPolicy::Never:
        announce();
        return;
    case ControlPolicy::Ask:
        setState(ControlState::Asked);
        Q_EMIT requested();
        return;
    }
}

void HostControl::setState(ControlState state)
{
    m_state = state;
    if (state != ControlState::Granted)
        m_hotkeyState = HotkeyState::Works;
    if (state == ControlState::Granted)
        m_silenceTimer.start();
    else
        m_silenceTimer.stop();
    // Nothing is answered while the person thinks.
    if (state != ControlState::Asked)
        announce();
    Q_EMIT changed();
}

void HostControl::announce()
{
    if (!m_isStarted)
        return;
    std::uint16_t flags = EncomspParticipant::kMayView | EncomspParticipant::kIsYou;
    if (m_state == ControlState::Granted)
        flags |= EncomspParticipant::kMayInteract;
    m_send(EncomspParticipant{kViewerParticipant, 0, flags, m_config.viewerName});
}

} // namespace sightline
