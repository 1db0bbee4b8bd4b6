#pragma once

#include "core/signaling/focus_connection.h"
#include "core/signaling/reconnect_delay.h"
#include "core/signaling/sent_calls.h"

namespace sightline {

/// A FocusConnection that comes back by itself, for as long as it is told to be worth it. GUI thread.
///
/// A connection that broke is opened again after growing pauses; `opened` comes each time, for the sign-in.
/// Call documents survive the break, those too that it swallowed before anybody noticed it.
class ReconnectingConnection : public QObject {
    Q_OBJECT
public:
    struct Options {
        FocusConnection::Options connection;
        std::chrono::milliseconds reconnectFor = limits::kReconnectFor;
    };

    explicit ReconnectingConnection(QObject* parent = nullptr);

    void open(const Options& options);
    void close(); ///< for good: nothing is tried or kept any more
    /// From now on (not) to be opened again when it breaks.
    void setPersistent(bool isPersistent) { m_isPersistent = isPersistent; }
    /// Signed in again: call documents are sent that the server, which got `received` of them, has missed.
    void setReady(quint32 received);
    /// The server knows us no more, and begins to count anew.
    void forgetCalls() { m_calls.restart(); }
    bool isAway() const { return m_isAway; } ///< from the break until setReady()

    /// Dropped when there is no connection.
    void send(const QByteArray& document) { m_connection.send(document); }
    /// Arrives after a break as well, within the limits of SentCalls.
    void sendCall(const QByteArray& document);
    /// The network may be gone: finds out within a few seconds, or tries again at once.
    void check();
    /// This attempt came to nothing.
    void retry(const Error& error);

Q_SIGNALS:
    void opened();
    void documentReceived(const QByteArray& document);
    void interrupted(const Error& error); ///< once, until it is ready again
    void failed(const Error& error); ///< for good

private:
    void onFailed(const Error& error);

    Options m_options;
    FocusConnection m_connection;
    bool m_isPersistent = false;
    bool m_isAway = false;
    ReconnectDelay m_delay;
    TimePoint m_awaySince{};
    QTimer m_retryTimer;
    SentCalls m_calls;
};

} // namespace sightline
