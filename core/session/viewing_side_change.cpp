#include "core/base/log.h"
#include "core/session/path_failure.h"
#include "core/session/viewing_side.h"

#include <utility>

// How a call takes over from another one, and what becomes of the picture when one ends.

namespace sightline {
namespace {

using namespace std::chrono_literals;

// A sharing server that fails is replaced within three seconds; a network takes longer to come back.
constexpr auto kWaitForServer = 30s;

bool isFinal(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
    case ErrorCode::Declined:
    case ErrorCode::NotAllowed:
    case ErrorCode::Removed:
    case ErrorCode::VersionMismatch:
        return true;
    default:
        return false;
    }
}

} // namespace

void ViewingSide::takeServersOffer(const OfferedCall& offer)
{
    dropNext(ErrorCode::Moved, QStringLiteral("a newer call takes its place"));
    Result<std::unique_ptr<ViewerCall>> call = answer(offer, ScreenFeed::State::Aside);
    if (!call)
        return;
    m_next = std::move(call).value();
    ViewerSession* const session = &m_next->session();
    connect(session, &ViewerSession::whole, this, &ViewingSide::takeOver);
    connect(session, &ViewerSession::active, this, [this] {
        // Anything is better than nothing.
        if (m_state == State::Connecting)
            takeOver();
        else
            m_patience.start();
    });
}

void ViewingSide::takeOver()
{
    m_patience.stop();
    if (!m_next)
        return;
    ControlState control = std::exchange(m_formerControl, ControlState::None);
    if (m_current) {
        control = m_current->session().control().state();
        m_current->session().feed().finish();
        m_current->disconnect(this);
        m_current->session().control().disconnect(this);
        m_current->session().leg().disconnect(this);
        m_current->session().disconnect(this);
    }
    std::unique_ptr<ViewerCall> former = std::exchange(m_current, std::move(m_next));
    m_current->session().disconnect(this);
    m_current->session().feed().show();
    m_current->session().control().resume(control);
    connectCurrent();
    if (former) {
        former->end(ErrorCode::Moved, QStringLiteral("the picture comes through the server"));
        bury(std::move(former));
    }
    m_wasThroughServer = true;
    m_waiting.stop();
    qCInfo(logSession) << "The picture comes through the server now";
    setState(State::Active);
    Q_EMIT sessionChanged();
    Q_EMIT controlChanged();
    Q_EMIT interruptionChanged();
}

void ViewingSide::dropNext(ErrorCode code, const QString& text)
{
    m_patience.stop();
    if (!m_next)
        return;
    m_next->end(code, text);
    bury(std::move(m_next));
}

void ViewingSide::onCallEnded(ViewerCall* call, const Error& error)
{
    if (call == m_next.get()) {
        qCInfo(logSession) << "The call of the server ended:" << error.toString();
        m_patience.stop();
        bury(std::move(m_next));
        // With nothing else on its way the picture may be over for good.
        if (!m_current && isFinal(error.code()))
            finish(error);
    } else if (call == m_current.get()) {
        onCurrentEnded(error);
    }
}

void ViewingSide::onCurrentEnded(const Error& error)
{
    qCInfo(logSession) << "The session with" << m_current->partner() << "ended:" << error.toString();
    const bool wasThroughServer = isServer(m_current->partner()) || m_wasThroughServer;
    const ControlState control = m_current->session().control().state();
    bury(std::move(m_current));
    const Participant* const sharer = m_signaling.roster().sharer();
    if (sharer && sharer->entity == m_signaling.entity())
        return finish(Error(ErrorCode::Cancelled, QStringLiteral("we share ourselves now")));
    if (!shouldWait(error, wasThroughServer))
        return finish(error);
    m_formerControl = control;
    wait(error, wasThroughServer);
}

bool ViewingSide::shouldWait(const Error& error, bool wasThroughServer)
{
    if (m_next)
        return true;
    if (isFinal(error.code()))
        return false;
    const Roster& roster = m_signaling.roster();
    const Participant* const sharer = roster.sharer();
    const bool isShared = sharer && sharer->entity != m_signaling.entity();
    if (!wasThroughServer && roster.state.sharingServer.isEmpty()) {
        // No path between the two: the server has one to both.
        if (m_state != State::Connecting || !isShared || !isPathless(error.code()))
            return false;
        m_signaling.useServer();
        Q_EMIT serverAskedFor();
        return true;
    }
    // The sharer may have stopped, which the roster tells a moment later, or the server may be about to move.
    return isShared;
}

void ViewingSide::wait(const Error& error, bool wasThroughServer)
{
    m_whyWaiting = error;
    m_wasThroughServer = wasThroughServer;
    m_waiting.start(kWaitForServer);
    Q_EMIT sessionChanged();
    Q_EMIT controlChanged();
    Q_EMIT interruptionChanged();
}

void ViewingSide::onServerRefused(const Error& error)
{
    if (!isWaiting() || m_wasThroughServer)
        return;
    qCInfo(logSession) << "The server does not carry the picture:" << error.toString();
    finish(m_whyWaiting);
}

void ViewingSide::finish(const Error& reason)
{
    dropNext(ErrorCode::Gone, QStringLiteral("viewing is over"));
    m_waiting.stop();
    m_formerControl = ControlState::None;
    m_wasThroughServer = false;
    m_accepted.clear();
    setState(State::Off);
    Q_EMIT controlChanged();
    Q_EMIT ended(reason);
}

} // namespace sightline
