#pragma once

#include "core/signaling/documents.h"

#include <QObject>

#include <algorithm>
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
    /// One that was taken waits on under its number.
    void putBack(quint32 id, Request::Body body, std::chrono::milliseconds timeout);
    /// One of this kind waits.
    template <typename Body> bool contains() const
    {
        return std::any_of(m_pending.begin(), m_pending.end(),
            [](const auto& entry) { return std::holds_alternative<Body>(entry.second.body); });
    }
    void clear() { m_pending.clear(); }

Q_SIGNALS:
    void timedOut(const sightline::Request::Body& body);

private:
    struct Entry {
        Request::Body body;
        quint32 wait; ///< which wait this is, so that no former one's time-out ends it
    };

    quint32 m_nextId = 1;
    quint32 m_waits = 0;
    std::map<quint32, Entry> m_pending;
};

} // namespace sightline
