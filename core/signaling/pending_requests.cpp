#include "core/signaling/pending_requests.h"

#include <QTimer>

#include <array>
#include <utility>

namespace sightline {

QString purposeOf(const Request::Body& body)
{
    constexpr std::array kPurposes{"cannot sign in", "cannot create a meeting", "cannot join the meeting",
        "cannot leave the meeting", "cannot refresh the list of participants",
        "cannot tell the others what we share", "cannot tell the others that we are here",
        "cannot refresh the list of people", "cannot send the message"};
    static_assert(kPurposes.size() == std::variant_size_v<Request::Body>);
    return QLatin1StringView(kPurposes[body.index()]);
}

Request PendingRequests::add(Request::Body body, std::chrono::milliseconds timeout)
{
    const quint32 id = m_nextId++;
    m_pending.emplace(id, body);
    QTimer::singleShot(timeout, this, [this, id] {
        if (const auto late = take(id))
            Q_EMIT timedOut(*late);
    });
    return {id, std::move(body)};
}

std::optional<Request::Body> PendingRequests::take(quint32 id)
{
    auto node = m_pending.extract(id);
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
}

} // namespace sightline
