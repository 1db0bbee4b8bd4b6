#include "core/sharing/control_relay.h"

#include <utility>

namespace sightline {

ControlRelay::ControlRelay(Output output)
    : m_output(std::move(output))
{
}

void ControlRelay::addViewer(std::uint32_t number, QString name, ToViewer toViewer)
{
    const std::lock_guard lock(m_mutex);
    Viewer& viewer = m_viewers[number];
    viewer = {std::move(name), false, std::move(toViewer)};
    tellRights(number, viewer);
    if (m_isPaused)
        viewer.tell(EncomspStreamState{true});
}

void ControlRelay::removeViewer(std::uint32_t number)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_viewers.find(number);
    if (found == m_viewers.end())
        return;
    const bool matters = found->second.hasAsked || m_controller == number;
    m_viewers.erase(found);
    if (matters)
        m_output.toSharer(EncomspControlChange{0, number});
    if (m_controller == number)
        setController(0);
}

void ControlRelay::setMayControl(std::uint32_t number, bool mayControl)
{
    const std::lock_guard lock(m_mutex);
    const bool isNews = mayControl ? m_muted.erase(number) > 0 : m_muted.insert(number).second;
    const auto found = m_viewers.find(number);
    if (isNews && found != m_viewers.end() && (m_controller == number || found->second.hasAsked))
        takeBack(number);
}

/// From a viewer that must not have control, whatever the sharer thinks.
void ControlRelay::takeBack(std::uint32_t number)
{
    Viewer& viewer = m_viewers.at(number);
    viewer.hasAsked = false;
    m_output.toSharer(EncomspControlChange{EncomspControlChange::kRequestView, number});
    if (m_controller == number)
        setController(0);
    tellRights(number, viewer);
}

void ControlRelay::sharerChanged()
{
    const std::lock_guard lock(m_mutex);
    const std::uint32_t former = m_controller;
    if (former != 0)
        setController(0);
    const bool wasPaused = std::exchange(m_isPaused, false);
    for (auto& [number, viewer] : m_viewers) {
        if (std::exchange(viewer.hasAsked, false) || number == former)
            tellRights(number, viewer);
        if (wasPaused)
            viewer.tell(EncomspStreamState{false});
    }
}

void ControlRelay::fromViewer(std::uint32_t number, const EncomspPdu& pdu)
{
    const auto* change = std::get_if<EncomspControlChange>(&pdu);
    if (!change || change->participant != number)
        return;
    const std::lock_guard lock(m_mutex);
    const auto found = m_viewers.find(number);
    if (found == m_viewers.end())
        return;
    Viewer& viewer = found->second;
    const bool asks = (change->flags & EncomspControlChange::kRequestInteract) != 0;
    const bool wishes = asks || (change->flags & EncomspControlChange::kRequestView) != 0;
    if (asks && !mayControl(number)) {
        tellRights(number, viewer);
        return;
    }
    // A change without a wish is a sign of life, for which only whoever controls has a reason; one without
    // any flag means that the viewer vanished, which is not the viewer's to say.
    if (!wishes && (m_controller != number || change->flags == 0))
        return;
    if (wishes)
        viewer.hasAsked = asks;
    m_output.toSharer(*change);
}

void ControlRelay::inputFromViewer(std::uint32_t number, const InputEvent& event)
{
    const std::lock_guard lock(m_mutex);
    if (number == m_controller && number != 0 && !m_isPaused)
        m_output.inputToSharer(event);
    else
        ++m_inputDropped;
}

void ControlRelay::fromSharer(const EncomspPdu& pdu)
{
    const std::lock_guard lock(m_mutex);
    if (const auto* stream = std::get_if<EncomspStreamState>(&pdu)) {
        m_isPaused = stream->isPaused;
        for (const auto& [number, viewer] : m_viewers)
            viewer.tell(*stream);
        return;
    }
    const auto* participant = std::get_if<EncomspParticipant>(&pdu);
    const auto found = participant ? m_viewers.find(participant->id) : m_viewers.end();
    if (found == m_viewers.end())
        return;
    const std::uint32_t number = participant->id;
    Viewer& viewer = found->second;
    const bool isGranted = (participant->flags & EncomspParticipant::kMayInteract) != 0;
    if (isGranted && !mayControl(number))
        return takeBack(number);
    viewer.hasAsked = false;
    if (isGranted)
        setController(number);
    else if (m_controller == number)
        setController(0);
    tellRights(number, viewer);
}

void ControlRelay::setController(std::uint32_t number)
{
    const std::uint32_t former = std::exchange(m_controller, number);
    if (former == number)
        return;
    // One at a time, also when the sharer has forgotten to say so.
    if (const auto found = m_viewers.find(former); number != 0 && found != m_viewers.end())
        tellRights(former, found->second);
    m_output.controllerChanged(number);
}

void ControlRelay::tellRights(std::uint32_t number, const Viewer& viewer) const
{
    std::uint16_t flags = EncomspParticipant::kMayView | EncomspParticipant::kIsYou;
    if (number == m_controller)
        flags |= EncomspParticipant::kMayInteract;
    viewer.tell(EncomspParticipant{number, 0, flags, viewer.name});
}

std::uint32_t ControlRelay::controller() const
{
    const std::lock_guard lock(m_mutex);
    return m_controller;
}

std::uint64_t ControlRelay::inputDropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_inputDropped;
}

} // namespace sightline
