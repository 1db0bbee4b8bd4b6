#include "core/signaling/reconnecting_connection.h"

#include "core/base/log.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// A packet that a dead network swallowed is sent again by TCP after ever longer pauses; a new attempt is
// sooner.
constexpr std::chrono::milliseconds kAttemptTimeout = 4s;

/// What may be different the next time.
bool isTransient(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::ConnectFailed
        || code == ErrorCode::Timeout;
}

} // namespace

ReconnectingConnection::ReconnectingConnection(QObject* parent)
    : QObject(parent)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_connection, &FocusConnection::opened, this, &ReconnectingConnection::opened);
    connect(
        &m_connection, &FocusConnection::documentReceived, this, &ReconnectingConnection::documentReceived);
    connect(&m_connection, &FocusConnection::failed, this, &ReconnectingConnection::onFailed);
    connect(&m_retryTimer, &QTimer::timeout, this, [this] {
        FocusConnection::Options options = m_options.connection;
        options.connectTimeout = std::min(options.connectTimeout, kAttemptTimeout);
        m_connection.open(options);
    });
}

void ReconnectingConnection::open(const Options& options)
{
    close();
    m_options = options;
    m_connection.open(options.connection);
}

void ReconnectingConnection::close()
{
    m_isPersistent = false;
    m_isAway = false;
    m_retryTimer.stop();
    m_calls.restart();
    m_connection.close();
}

void ReconnectingConnection::setReady(quint32 received)
{
    m_isAway = false;
    m_delay.reset();
    for (const QByteArray& document : m_calls.missed(received))
        m_connection.send(document);
}

void ReconnectingConnection::sendCall(const QByteArray& document)
{
    m_calls.add(document);
    if (!m_isAway)
        m_connection.send(document);
}

void ReconnectingConnection::check()
{
    if (m_retryTimer.isActive())
        m_retryTimer.start(0);
    else
        m_connection.check();
}

void ReconnectingConnection::retry(const Error& error)
{
    m_connection.close();
    onFailed(error);
}

void ReconnectingConnection::onFailed(const Error& error)
{
    const TimePoint now = Clock::now();
    const bool isFirst = !m_isAway;
    if (isFirst)
        m_awaySince = now;
    if (!m_isPersistent || !isTransient(error.code()) || now - m_awaySince >= m_options.reconnectFor) {
        close();
        Q_EMIT failed(error);
        return;
    }
    m_isAway = true;
    const auto delay = m_delay.next(QRandomGenerator::global()->generateDouble());
    qCInfo(logSignaling) << "Trying to reach the server again in" << delay.count()
                         << "ms:" << error.toString();
    m_retryTimer.start(delay);
    if (isFirst)
        Q_EMIT interrupted(error);
}

} // namespace sightline
