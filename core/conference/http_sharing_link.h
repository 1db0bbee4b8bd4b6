#pragma once

#include "core/base/clock.h"
#include "core/conference/c3p_client.h"
#include "core/conference/sharing_link.h"

namespace sightline {

/// A sharing server in another process.
class HttpSharingLink : public SharingLink {
    Q_OBJECT
public:
    struct Times {
        C3pClient::Times post;
        std::chrono::milliseconds heartbeat{500};
        std::chrono::milliseconds silence{1'500}; ///< after which it is dead
    };

    /// `sender` names this process.
    HttpSharingLink(
        const C3pPeer& peer, const QByteArray& secret, QString sender, const Times& times, QObject* parent);

    QString name() const override { return m_name; }
    bool isAlive() const override { return m_isAlive; }
    const SharingLoad& load() const override { return m_load; }
    QString peer() const override { return m_peer; }
    void send(const SharingRequest::Body& body) override;

private:
    void post(const SharingRequest::Body& body);
    void beat();
    void onAnswered(const SharingResponse& response);
    void lose(const QString& why);

    const QString m_name;
    const QString m_process;
    QString m_sender; ///< of this process, and how often it has lost the other one
    int m_generation = 0;
    const Times m_times;
    C3pClient m_client;
    QTimer m_heartbeat;
    TimePoint m_lastAnswer;
    QString m_peer;
    SharingLoad m_load;
    bool m_isAlive = false;
    bool m_isFailing = false; ///< its last posting did, and the log says so
    bool m_isBeating = false; ///< a heartbeat is under way
};

} // namespace sightline
