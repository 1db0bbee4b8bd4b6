#include "core/session/server_call.h"
#include "core/session/sharing_side.h"

// Control of what is shared, by whoever sees it directly or through the server.

namespace sightline {

bool SharingSide::canGiveControl() const
{
    if (m_direct && m_direct->canGiveControl())
        return true;
    const HostCall* const call = serverHostCall();
    return call && call->canGiveControl() && m_openInjector && !viewers().isEmpty();
}

QString SharingSide::entityOf(std::uint32_t number) const
{
    for (const Participant& participant : m_signaling.roster().participants) {
        if (participant.number == number && number != 0)
            return participant.entity;
    }
    return {};
}

std::uint32_t SharingSide::numberOf(const QString& entity) const
{
    if (m_direct && entity == m_direct->partner())
        return kViewerParticipant;
    const Participant* const viewer = m_signaling.roster().find(entity);
    return viewer ? viewer->number : 0;
}

HostControl* SharingSide::controlOf(const QString& entity) const
{
    if (m_direct && entity == m_direct->partner())
        return &m_direct->session().control();
    HostCall* const call = serverHostCall();
    return call && numberOf(entity) != 0 ? &call->session().control() : nullptr;
}

void SharingSide::grantControl(const QString& entity)
{
    const QStringList askers = asking();
    const QStringList seers = viewers();
    const QString viewer = !entity.isEmpty() ? entity
        : !askers.isEmpty()                  ? askers.front()
        : seers.size() == 1                  ? seers.front()
                                             : QString();
    HostControl* const control = controlOf(viewer);
    if (!control)
        return;
    // One at a time, whichever way they see it.
    if (const QString former = controller(); !former.isEmpty() && controlOf(former) != control)
        revokeControl();
    control->grant(numberOf(viewer));
}

void SharingSide::denyControl(const QString& entity)
{
    const QStringList askers = asking();
    const QString viewer = entity.isEmpty() && !askers.isEmpty() ? askers.front() : entity;
    if (HostControl* const control = controlOf(viewer))
        control->deny(numberOf(viewer));
}

void SharingSide::revokeControl()
{
    if (m_direct)
        m_direct->session().control().revoke();
    if (HostCall* const call = serverHostCall())
        call->session().control().revoke();
}

ControlState SharingSide::controlState() const
{
    if (!controller().isEmpty())
        return ControlState::Granted;
    return asking().isEmpty() ? ControlState::None : ControlState::Asked;
}

QString SharingSide::controller() const
{
    if (m_direct && m_direct->session().control().standing().controller != 0)
        return m_direct->partner();
    HostCall* const call = serverHostCall();
    return call ? entityOf(call->session().control().standing().controller) : QString();
}

QStringList SharingSide::asking() const
{
    QStringList found;
    if (m_direct && !m_direct->session().control().standing().asking.empty())
        found.append(m_direct->partner());
    if (HostCall* const call = serverHostCall()) {
        for (const std::uint32_t number : call->session().control().standing().asking) {
            if (const QString entity = entityOf(number); !entity.isEmpty() && !found.contains(entity))
                found.append(entity);
        }
    }
    return found;
}

HotkeyState SharingSide::hotkeyState() const
{
    HostControl* const control = controlOf(controller());
    return control ? control->hotkeyState() : HotkeyState::Works;
}

} // namespace sightline
