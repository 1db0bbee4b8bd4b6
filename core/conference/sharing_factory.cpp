#include "core/conference/sharing_factory.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sightline {

void SharingFactory::add(std::unique_ptr<SharingLink> link)
{
    const auto server = static_cast<quint32>(m_entries.size());
    connect(link.get(), &SharingLink::notified, this,
        [this, server](const SharingNotification::Body& body) { Q_EMIT notified(server, body); });
    connect(link.get(), &SharingLink::found, this, [this, server] { Q_EMIT found(server); });
    connect(link.get(), &SharingLink::lost, this, [this, server] { Q_EMIT lost(server); });
    m_entries.push_back({std::move(link)});
}

std::optional<quint32> SharingFactory::pick() const
{
    std::optional<quint32> best;
    const auto cost = [this](std::size_t place) {
        const SharingLoad& load = m_entries[place].link->load();
        return std::tuple(load.legs, load.conferences, load.cpu);
    };
    // Loads are as old as the last heartbeat: among equals it is everybody's turn.
    for (std::size_t i = 1; i <= m_entries.size(); ++i) {
        const std::size_t place = (m_lastPick + i) % m_entries.size();
        const SharingLink& link = *m_entries[place].link;
        if (link.isAlive() && !link.load().isDraining && (!best || cost(place) < cost(*best)))
            best = static_cast<quint32>(place);
    }
    m_lastPick = best.value_or(0);
    return best;
}

void SharingFactory::send(quint32 server, const SharingRequest::Body& body)
{
    if (server < m_entries.size())
        m_entries[server].link->send(body);
}

SharingResponse SharingFactory::receive(const SharingNotification& notification, const QString& sender)
{
    const auto failed = [&](ErrorCode code, const char* why) {
        Failure failure;
        failure.code = code;
        failure.text = QString::fromLatin1(why);
        return SharingResponse{.id = notification.id, .sender = sender, .body = failure};
    };
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return !notification.sender.isEmpty() && entry.link->peer() == notification.sender;
    });
    if (found == m_entries.end())
        return failed(ErrorCode::NotFound, "this focus does not know that sharing server");
    if (found->lastSender != notification.sender) {
        found->lastSender = notification.sender;
        found->lastNotification = 0;
    }
    // One at a time and in order: what is not newer is a repetition.
    if (notification.id > found->lastNotification) {
        found->lastNotification = notification.id;
        Q_EMIT notified(static_cast<quint32>(found - m_entries.begin()), notification.body);
    }
    return {.id = notification.id, .sender = sender, .body = SharingDone{}};
}

std::size_t SharingFactory::aliveCount() const
{
    return static_cast<std::size_t>(std::count_if(
        m_entries.begin(), m_entries.end(), [](const Entry& entry) { return entry.link->isAlive(); }));
}

} // namespace sightline
