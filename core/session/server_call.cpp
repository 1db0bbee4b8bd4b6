#include "core/session/server_call.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 250ms;
constexpr auto kLongestPause = 5s;
// A viewer whose leg comes back later than ours has not heard that it still has control.
constexpr auto kReminder = 500ms;
constexpr int kReminders = 8;

bool isFinal(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Replaced:
    case ErrorCode::EndedByPresenter:
    case ErrorCode::Removed:
    case ErrorCode::CaptureFailed:
    case ErrorCode::NoWindow:
    case ErrorCode::NoDisplay:
    case ErrorCode::VersionMismatch:
        return true;
    default:
        return false;
    }
}

} // namespace

ServerCall::ServerCall(Call call, QObject* parent)
    : QObject(parent)
    , m_make(std::move(call))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ServerCall::callNow);
    m_reminder.setInterval(kReminder);
    connect(&m_reminder, &QTimer::timeout, this, [this] {
        if (!isActive() || ++m_reminders >= kReminders)
            m_reminder.stop();
        if (isActive())
            m_call->session().control().remindController();
    });
}

ServerCall::~ServerCall() = default;

void ServerCall::setServer(const QString& entity)
{
    if (std::exchange(m_server, entity) == entity || entity.isEmpty())
        return;
    qCInfo(logSession) << "The picture goes to the sharing server" << entity;
    if (m_call) {
        m_call->end(Error(ErrorCode::Moved, QStringLiteral("the conference has moved")));
        drop();
    }
    m_pause = 0ms;
    callNow();
}

void ServerCall::stop(const Error& reason)
{
    m_server.clear();
    m_again.stop();
    m_reminder.stop();
    if (m_call)
        m_call->end(reason);
    drop();
}

void ServerCall::callNow()
{
    m_again.stop();
    if (m_server.isEmpty() || m_call)
        return;
    Result<std::unique_ptr<HostCall>> made = m_make(m_server);
    if (!made)
        return onEnded(made.error());
    m_call = std::move(made).value();
    connect(m_call.get(), &HostCall::ended, this, &ServerCall::onEnded);
    connect(&m_call->session(), &HostSession::active, this, &ServerCall::onActive);
    connect(&m_call->session().leg(), &MediaLeg::interruptionChanged, this, &ServerCall::interruptionChanged);
    HostControl* const control = &m_call->session().control();
    connect(control, &HostControl::changed, this, [this, control] { m_standing = control->standing(); });
    Q_EMIT called();
}

void ServerCall::onActive()
{
    m_pause = 0ms;
    m_wasActive = true;
    if (m_standing.controller != 0) {
        // Who only asked was told no by the server when our call broke.
        m_call->session().control().restore({.controller = m_standing.controller, .asking = {}});
        m_reminders = 0;
        m_reminder.start();
    }
    Q_EMIT active();
    Q_EMIT interruptionChanged();
}

void ServerCall::onBye(const Error& reason)
{
    if (m_call)
        m_call->session().close();
    onEnded(reason);
}

void ServerCall::onEnded(const Error& error)
{
    qCInfo(logSession) << "The call to the sharing server ended:" << error.toString();
    drop();
    if (m_server.isEmpty())
        return;
    if (isFinal(error.code())) {
        m_server.clear();
        Q_EMIT ended(error);
        return;
    }
    m_again.start(m_pause);
    m_pause = std::clamp<std::chrono::milliseconds>(m_pause * 2, kFirstPause, kLongestPause);
    Q_EMIT called();
    Q_EMIT interruptionChanged();
}

void ServerCall::drop()
{
    if (!m_call)
        return;
    // This may run inside one of its own signals. Whatever comes first, it goes before what it uses.
    m_call->disconnect(this);
    m_call->session().disconnect(this);
    m_call->session().leg().disconnect(this);
    m_call->session().control().disconnect(this);
    m_call->session().close();
    HostCall* const over = m_call.release();
    over->setParent(this);
    over->deleteLater();
}

} // namespace sightline
