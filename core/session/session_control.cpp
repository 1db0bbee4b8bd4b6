#include "core/session/session_control.h"

#include "core/session/sharing_side.h"
#include "core/session/viewing_side.h"
#include "core/signaling/signaling_client.h"

namespace sightline {

SessionControl::SessionControl(SignalingClient& signaling, SharingSide& sharing, ViewingSide& viewing)
    : m_signaling(signaling)
    , m_sharing(sharing)
    , m_viewing(viewing)
{
    connect(&sharing, &SharingSide::controlChanged, this, &SessionControl::changed);
    connect(&sharing, &SharingSide::controlFailed, this, &SessionControl::failed);
    connect(&sharing, &SharingSide::controlRequested, this, [this](const QString& entity) {
        if (const Participant* viewer = m_signaling.roster().find(entity))
            Q_EMIT requested(*viewer);
        else
            deny(entity);
    });
    connect(&signaling, &SignalingClient::rosterChanged, this, &SessionControl::changed);
    connect(&viewing, &ViewingSide::controlChanged, this, &SessionControl::changed);
    connect(&viewing, &ViewingSide::stateChanged, this, &SessionControl::changed);
}

void SessionControl::request()
{
    if (m_viewing.canAskForControl())
        m_viewing.session()->control().request();
}

void SessionControl::release()
{
    if (m_viewing.session())
        m_viewing.session()->control().release();
}

void SessionControl::sendInput(const InputEvent& event)
{
    if (m_viewing.session())
        m_viewing.session()->control().sendInput(event);
}

void SessionControl::grant(const QString& viewer)
{
    m_sharing.grantControl(viewer);
}

void SessionControl::deny(const QString& viewer)
{
    m_sharing.denyControl(viewer);
}

void SessionControl::revoke()
{
    m_sharing.revokeControl();
}

void SessionControl::setPolicy(ControlPolicy policy)
{
    m_sharing.setControlPolicy(policy);
}

void SessionControl::setTakeBackHotkey(const Hotkey& hotkey)
{
    m_sharing.setTakeBackHotkey(hotkey);
}

const Hotkey& SessionControl::takeBackHotkey() const
{
    return m_sharing.takeBackHotkey();
}

HotkeyState SessionControl::hotkeyState() const
{
    return m_sharing.hotkeyState();
}

void SessionControl::pause()
{
    m_sharing.setPaused(true);
}

void SessionControl::resume()
{
    m_sharing.setPaused(false);
}

ControlState SessionControl::state() const
{
    if (m_viewing.session())
        return m_viewing.session()->control().state();
    return m_sharing.controlState();
}

QString SessionControl::controller() const
{
    if (m_sharing.state() != SharingSide::State::Off)
        return m_sharing.controller();
    const QString known = m_signaling.roster().state.controller;
    return state() == ControlState::Granted ? m_signaling.entity() : known;
}

QStringList SessionControl::asking() const
{
    return m_sharing.asking();
}

bool SessionControl::isPaused() const
{
    return m_viewing.session() ? m_viewing.session()->control().isPaused() : m_sharing.isPaused();
}

bool SessionControl::isAvailable() const
{
    return m_viewing.session() ? m_viewing.canAskForControl() : m_sharing.canGiveControl();
}

} // namespace sightline
