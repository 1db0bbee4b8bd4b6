#pragma once

#include "core/signaling/documents.h"

#include <QObject>

#include <chrono>
#include <map>
#include <optional>

namespace sightline {

/// What a request wants, for the person who reads that it failed: "cannot join the meeting".
QString purposeOf(const Request::Body& body);

/// The requests that wait for a response, by number. Numbers are never used again, so that a late answer or
/// time-out fits no newer request.
class PendingRequests : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    Request add(Request::Body body, std::chrono::milliseconds timeout);
    /// Nothing when no such request waits, or it has waited too long.
    std::optional<Request::Body> take(quint32 id);
    void clear() { m_pending.clear(); }

Q_SIGNALS:
    void timedOut(const sightline::Request::Body& body);

private:
    quint32 m_nextId = 1;
    std::map<quint32, Request::Body> m_pending;
};

} // namespace sightline
