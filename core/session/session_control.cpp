#include "core/session/session_control.h"

#include "core/session/sharing_side.h"
#include "core/session/viewing_side.h"
#include "core/signaling/signaling_client.h"

namespace sightline {

SessionControl::SessionControl(SignalingClient& signaling, SharingSide& sharing, ViewingSide& viewing)
    : m_sharing(sharing)
    , m_viewing(viewing)
{
    connect(&sharing, &SharingSide::controlChanged, this, &SessionControl::changed);
    connect(&sharing, &SharingSide::controlFailed, this, &SessionControl::failed);
    connect(&sharing, &SharingSide::controlRequested, this, [this, &signaling](const QString& entity) {
        if (const Participant* viewer = signaling.roster().find(entity))
            Q_EMIT requested(*viewer);
        else
            deny();
    });
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

void SessionControl::grant()
{
    if (m_sharing.session())
        m_sharing.session()->control().grant();
}

void SessionControl::deny()
{
    if (m_sharing.session())
        m_sharing.session()->control().deny();
}

void SessionControl::revoke()
{
    if (m_sharing.session())
        m_sharing.session()->control().revoke();
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
    return m_sharing.session() ? m_sharing.session()->control().hotkeyState() : HotkeyState::Works;
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
    return m_sharing.session() ? m_sharing.session()->control().state() : ControlState::None;
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
