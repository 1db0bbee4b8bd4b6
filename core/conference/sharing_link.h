#pragma once

#include "core/signaling/sharing_documents.h"

#include <QObject>

namespace sightline {

/// The way to one sharing server, in this process or in another one. What is sent arrives in its order, or
/// the link is dead. Lives on the server's thread.
class SharingLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~SharingLink() override;

    virtual QString name() const = 0; ///< for logs
    virtual bool isAlive() const = 0;
    virtual const SharingLoad& load() const = 0; ///< as of the last heartbeat
    virtual QString peer() const = 0; ///< the `from` of its documents; empty: not known yet
    virtual void send(const SharingRequest::Body& body) = 0;

Q_SIGNALS:
    void notified(const sightline::SharingNotification::Body& body);
    void found(); ///< it answers
    void
    lost(); ///< it answers no more, has begun anew, or drains: it has, or keeps, nothing of what it was told
};

} // namespace sightline
