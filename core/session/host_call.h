#pragma once

#include "core/session/host_session.h"
#include "core/signaling/signaling_client.h"

#include <QObject>

#include <memory>

namespace sightline {

/// A call that we offer: the session in which a viewer, or a sharing server, sees our desktop, and what its
/// two ends tell each other through the server. GUI thread. It is over after `ended`, which the other side
/// knows then.
class HostCall : public QObject {
    Q_OBJECT
public:
    struct Config {
        ScreenSender::Config capture;
        Size desktop;
        HostControl::Config control;
    };

    /// Offers.
    static Result<std::unique_ptr<HostCall>> call(
        SignalingClient& signaling, EventLoop& loop, const QString& partner, Config config);
    ~HostCall() override;

    HostSession& session() { return *m_session; }
    const HostSession& session() const { return *m_session; }
    const QString& partner() const { return m_partner; }
    bool is(const QString& from, const QString& callId) const
    {
        return from == m_partner && callId == m_callId;
    }
    /// Whether the other side knows what to do with control.
    bool canGiveControl() const { return m_takesControl; }

    void onAnswer(const SessionDescription& answer);
    /// Ends it from our side, and says why. `ended` does not come.
    void end(const Error& reason);

Q_SIGNALS:
    void answered(); ///< canGiveControl()
    void ended(const Error& error);

private:
    HostCall(SignalingClient& signaling, const QString& partner, bool offersControl,
        std::unique_ptr<HostSession> session);
    void connectLeg();
    QList<QByteArray> capabilities() const;
    void sayBye(const Error& reason);

    SignalingClient& m_signaling;
    const QString m_partner;
    const QString m_callId;
    const bool m_offersControl;
    bool m_takesControl = false;
    std::unique_ptr<HostSession> m_session;
};

} // namespace sightline
