#pragma once

#include "core/conference/c3p_peer.h"
#include "core/signaling/sharing_documents.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

class QNetworkReply;

namespace sightline {

/// Posts documents to another server, one at a time and in order (SHARING.md, "Transport"): what is not
/// answered is posted again with its number, until it is or there is too much of it.
class C3pClient : public QObject {
    Q_OBJECT
public:
    struct Times {
        std::chrono::milliseconds answer{1'000};
        std::chrono::milliseconds pause{100}; ///< before a repetition
    };
    /// Makes the document with this number; called once for each posting.
    using Maker = std::function<QByteArray(quint32 id)>;

    C3pClient(C3pPeer peer, QByteArray secret, Times times, QObject* parent = nullptr);
    ~C3pClient() override;

    /// False: too many wait already.
    bool post(Maker maker);
    void clear(); ///< what waits is not posted any more
    bool isIdle() const { return m_queue.empty(); }

Q_SIGNALS:
    void answered(const sightline::SharingResponse& response);
    void failed(const QString& why); ///< one posting; it goes on

private:
    void next();
    void onFinished(QNetworkReply* reply);
    void onEncrypted(QNetworkReply* reply);

    struct Entry {
        quint32 id;
        Maker maker;
    };

    const C3pPeer m_peer;
    const QByteArray m_secret;
    const Times m_times;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply; ///< the one that is under way
    std::deque<Entry> m_queue; ///< the first is under way, or about to be
    quint32 m_lastId = 0;
    QTimer m_again;
};

} // namespace sightline
