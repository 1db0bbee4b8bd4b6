#include "core/session/viewer_control.h"

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// A third of the silence after which a host lets go of what we hold.
constexpr auto kLifeSignInterval = 500ms;

// The sharer's side hears through the server that we have moved, and gives it again.
constexpr auto kResumeFor = 5s;

constexpr std::uint16_t kAsk = EncomspControlChange::kRequestView | EncomspControlChange::kRequestInteract;

} // namespace

ViewerControl::ViewerControl(Output output, QObject* parent)
    : QObject(parent)
    , m_output(std::move(output))
{
    m_lifeSign.setInterval(kLifeSignInterval);
    connect(
        &m_lifeSign, &QTimer::timeout, this, [this] { say(EncomspControlChange::kAllowControlRequests); });
    m_resuming.setSingleShot(true);
    m_resuming.setInterval(kResumeFor);
    connect(&m_resuming, &QTimer::timeout, this, [this] { setState(ControlState::None); });
}

void ViewerControl::resume(ControlState former)
{
    if (m_state != ControlState::None || former == ControlState::None)
        return;
    if (former == ControlState::Asked)
        return request();
    m_resuming.start();
    setState(ControlState::Granted);
}

void ViewerControl::request()
{
    if (m_state != ControlState::None)
        return;
    setState(ControlState::Asked);
    // Otherwise it goes out as soon as the host told us who we are.
    if (m_participant)
        say(kAsk);
}

void ViewerControl::release()
{
    if (m_state == ControlState::None)
        return;
    m_resuming.stop();
    setState(ControlState::None);
    say(EncomspControlChange::kRequestView);
}

void ViewerControl::sendInput(const InputEvent& event)
{
    if (m_state != ControlState::Granted || m_isPaused)
        return;
    m_held.note(event);
    if (m_held.isEmpty())
        m_lifeSign.stop();
    else if (!m_lifeSign.isActive())
        m_lifeSign.start();
    m_output.input(event);
}

void ViewerControl::close()
{
    m_lifeSign.stop();
    m_resuming.stop();
    m_state = ControlState::None;
    m_isPaused = false;
    m_participant.reset();
}

void ViewerControl::handlePdu(const EncomspPdu& pdu)
{
    const auto* participant = std::get_if<EncomspParticipant>(&pdu);
    const auto* stream = std::get_if<EncomspStreamState>(&pdu);
    const bool isAboutUs = participant && (participant->flags & EncomspParticipant::kIsYou) != 0;
    if (!isAboutUs && !stream)
        return;
    {
        // However much a host says, only the newest waits for the GUI thread.
        const std::lock_guard lock(m_mutex);
        if (isAboutUs)
            m_newSelf = *participant;
        else
            m_newStream = *stream;
        if (std::exchange(m_isPosted, true))
            return;
    }
    QMetaObject::invokeMethod(this, &ViewerControl::onNews, Qt::QueuedConnection);
}

void ViewerControl::onNews()
{
    std::optional<EncomspParticipant> self;
    std::optional<EncomspStreamState> stream;
    {
        const std::lock_guard lock(m_mutex);
        m_isPosted = false;
        self.swap(m_newSelf);
        stream.swap(m_newStream);
    }
    if (stream && std::exchange(m_isPaused, stream->isPaused) != stream->isPaused)
        Q_EMIT changed();
    if (self)
        onParticipant(*self);
}

void ViewerControl::onParticipant(const EncomspParticipant& self)
{
    const bool isFirst = !std::exchange(m_participant, self.id);
    const bool mayInteract = (self.flags & EncomspParticipant::kMayInteract) != 0;
    // Until it is given again, what we hear is not about the control that we had.
    if (m_resuming.isActive() && !mayInteract)
        return;
    m_resuming.stop();
    // The first one says who we are; it answers nothing.
    if (isFirst && !mayInteract && m_state == ControlState::Asked)
        say(kAsk);
    else
        setState(mayInteract ? ControlState::Granted : ControlState::None);
}

void ViewerControl::setState(ControlState state)
{
    if (state != ControlState::Granted) {
        m_held.clear();
        m_lifeSign.stop();
    }
    if (std::exchange(m_state, state) != state)
        Q_EMIT changed();
}

void ViewerControl::say(std::uint16_t flags)
{
    if (m_participant)
        m_output.pdu(EncomspControlChange{flags, *m_participant});
}

} // namespace sightline
