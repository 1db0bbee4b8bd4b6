#pragma once

#include "core/session/host_call.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace sightline {

/// Our call to the sharing server of a conference, kept up while we share: when it breaks, or the conference
/// has moved to another server, it is made anew, and whoever had control has it again. GUI thread.
class ServerCall : public QObject {
    Q_OBJECT
public:
    using Call = std::function<Result<std::unique_ptr<HostCall>>(const QString& server)>;

    explicit ServerCall(Call call, QObject* parent = nullptr);
    ~ServerCall() override;

    /// Calls it from now on. Empty: not yet.
    void setServer(const QString& entity);
    /// Ends the call, and makes no other.
    void stop(const Error& reason);

    HostCall* call() const { return m_call.get(); } ///< null: between two
    /// The picture has got through once; it stays so while the call is made anew.
    bool wasActive() const { return m_wasActive; }
    bool isActive() const { return m_call && m_call->session().isActive(); }

    /// The server has ended our call, or refused it.
    void onBye(const Error& reason);

Q_SIGNALS:
    void called(); ///< call() is another one
    void active();
    void interruptionChanged();
    /// There will be no other: Replaced, EndedByPresenter, what is shared is gone...
    void ended(const Error& error);

private:
    void callNow();
    void onActive();
    void onEnded(const Error& error);
    void drop();

    const Call m_make;
    QString m_server;
    std::unique_ptr<HostCall> m_call;
    HostControl::Standing m_standing; ///< of the call before this one
    QTimer m_again;
    QTimer m_reminder;
    int m_reminders = 0;
    std::chrono::milliseconds m_pause{0}; ///< before the next call
    bool m_wasActive = false;
};

} // namespace sightline
