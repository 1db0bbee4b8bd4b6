#include "core/signaling/pending_requests.h"

#include <QTimer>

#include <array>
#include <utility>

namespace sightline {

QString purposeOf(const Request::Body& body)
{
    constexpr std::array kPurposes{"cannot sign in", "cannot create a meeting", "cannot join the meeting",
        "cannot leave the meeting or remove somebody", "cannot end the meeting", "cannot change the meeting",
        "cannot change a role", "cannot refresh the list of participants",
        "cannot tell the others what we share", "cannot let somebody in", "cannot let somebody see",
        "cannot change who may control", "cannot end the sharing", "cannot use the server for the picture",
        "cannot tell the others that we are here", "cannot refresh the list of people",
        "cannot send the message"};
    static_assert(kPurposes.size() == std::variant_size_v<Request::Body>);
    return QLatin1StringView(kPurposes[body.index()]);
}

Request PendingRequests::add(Request::Body body, std::chrono::milliseconds timeout)
{
    const quint32 id = m_nextId++;
    putBack(id, body, timeout);
    return {id, std::move(body)};
}

void PendingRequests::putBack(quint32 id, Request::Body body, std::chrono::milliseconds timeout)
{
    const quint32 wait = ++m_waits;
    m_pending.insert_or_assign(id, Entry{std::move(body), wait});
    QTimer::singleShot(timeout, this, [this, id, wait] {
        const auto found = m_pending.find(id);
        if (found == m_pending.end() || found->second.wait != wait)
            return;
        const Request::Body late = std::move(found->second.body);
        m_pending.erase(found);
        Q_EMIT timedOut(late);
    });
}

std::optional<Request::Body> PendingRequests::take(quint32 id)
{
    auto node = m_pending.extract(id);
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped().body));
}

} // namespace sightline
