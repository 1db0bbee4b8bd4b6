#pragma once

#include "core/conference/sharing_link.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace sightline {

/// The sharing servers that a focus has, by number, and which of them gets the next meeting (Conferencing
/// Server Factory of MS-CONFAS). Lives on the server's thread.
class SharingFactory : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    void add(std::unique_ptr<SharingLink> link);

    /// The least loaded one that is alive and does not drain.
    std::optional<quint32> pick() const;
    void send(quint32 server, const SharingRequest::Body& body);
    /// What a sharing server of another process posts; its answer.
    SharingResponse receive(const SharingNotification& notification, const QString& sender);

    std::size_t size() const { return m_entries.size(); }
    std::size_t aliveCount() const;

Q_SIGNALS:
    void notified(quint32 server, const sightline::SharingNotification::Body& body);
    void found(quint32 server);
    void lost(quint32 server);

private:
    struct Entry {
        std::unique_ptr<SharingLink> link;
        quint32 lastNotification = 0;
        QString lastSender = {}; ///< its process, in which that number was
    };
    std::vector<Entry> m_entries; ///< the number is the place
    mutable std::size_t m_lastPick = 0;
};

} // namespace sightline
