#pragma once

#include "core/conference/c3p_client.h"
#include "core/sharing/sharing_server.h"

#include <QSet>
#include <QTimer>

#include <chrono>

namespace sightline {

/// The role sharing in a process of its own: a SharingServer that a focus drives by C3P over HTTP
/// (SHARING.md). Lives on the server's thread.
class SharingService : public QObject {
    Q_OBJECT
public:
    struct Settings {
        C3pPeer focus; ///< gets the notifications
        QByteArray secret;
        QString sender; ///< names this process
        C3pClient::Times times;
        std::chrono::milliseconds silence{60'000}; ///< of the focus, after which all ends
        SharingLimits limits;
    };

    explicit SharingService(const Settings& settings, QObject* parent = nullptr);

    /// A request that was posted; its answer. A repetition gets the answer of before.
    SharingResponse receive(const SharingRequest& request);
    SharingServer& server() { return m_server; }
    std::size_t conferenceCount() const { return static_cast<std::size_t>(m_conferences.size()); }
    /// Takes nothing new; `drained` when the focus has moved everything.
    void drain();

Q_SIGNALS:
    void drained();

private:
    void notify(const SharingNotification& notification);
    void endAll();
    void checkDrained();

    const QString m_sender;
    SharingServer m_server;
    C3pClient m_client;
    QTimer m_watch;
    QSet<QString> m_conferences;
    QString m_focus; ///< whose requests these are
    SharingResponse m_lastAnswer; ///< to its last one
    bool m_isDraining = false;
};

} // namespace sightline
