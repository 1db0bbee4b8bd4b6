#include "core/sharing/rdp_door.h"

#include "core/base/log.h"
#include "core/signaling/limits.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

#include <unistd.h>

namespace sightline {
namespace {

constexpr Size kDesktopBefore{1280, 720}; // until it is known what there is to see

} // namespace

RdpDoor::RdpDoor(const Limits& limits, Handlers handlers)
    : m_limits(limits)
    , m_handlers(std::move(handlers))
{
}

RdpDoor::~RdpDoor() = default;

void RdpDoor::accept(int fd, const QString& address)
{
    const auto ofAddress = std::ranges::count_if(
        m_strangers, [&](const auto& entry) { return entry.second.address == address; });
    if (strangers() >= m_limits.strangers || ofAddress >= m_limits.strangersOfAddress) {
        ::close(fd);
        return;
    }
    const int id = ++m_lastId;
    // On the RDP thread.
    const auto post = [this](auto call) { QMetaObject::invokeMethod(this, call, Qt::QueuedConnection); };
    auto host = RdpHost::createGuest(fd, kDesktopBefore,
        {.knocked = [this, id, post](
                        const GuestCredentials& guest) { post([this, id, guest] { onKnocked(id, guest); }); },
            .closed
            = [this, id, post](const Error& error) { post([this, id, error] { onClosed(id, error); }); }},
        m_limits.handshake);
    if (!host) {
        qCWarning(logSharing) << "Cannot serve an RDP client:" << host.error().toString();
        return;
    }
    m_strangers.emplace(id, Stranger{std::move(host).value(), address, {}, {}});
}

void RdpDoor::onKnocked(int id, const GuestCredentials& guest)
{
    const auto found = m_strangers.find(id);
    if (found == m_strangers.end())
        return;
    Stranger& stranger = found->second;
    if (guest.meetingId.isEmpty())
        return sendAway(id);
    stranger.joinId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    stranger.meetingId = guest.meetingId;
    const QString name = guest.displayName.left(limits::kDisplayNameLength);
    m_handlers.notify(SharingRdpJoin{.joinId = stranger.joinId,
        .meetingId = guest.meetingId,
        .passcode = guest.passcode,
        .displayName = name.isEmpty() ? QStringLiteral("RDP") : name,
        .address = stranger.address});
    QTimer::singleShot(m_limits.answer, this, [this, id] { sendAway(id); });
}

void RdpDoor::sendAway(int id)
{
    // Gone when its leg has ended, which it does after having been told.
    if (const auto found = m_strangers.find(id); found != m_strangers.end())
        found->second.host->dismiss(true);
}

void RdpDoor::onClosed(int id, const Error& error)
{
    const auto found = m_strangers.find(id);
    if (found == m_strangers.end())
        return;
    qCInfo(logSharing) << "An RDP client left the door:" << error.toString();
    const Stranger stranger = std::move(found->second);
    m_strangers.erase(found);
    if (!stranger.joinId.isEmpty())
        m_handlers.notify(SharingRdpGone{stranger.meetingId, {}, stranger.joinId});
}

bool RdpDoor::answer(const SharingAnswerRdpJoin& answer)
{
    const auto found = std::ranges::find_if(m_strangers,
        [&](const auto& entry) { return !answer.joinId.isEmpty() && entry.second.joinId == answer.joinId; });
    if (found == m_strangers.end())
        return false;
    if (!answer.user) {
        qCInfo(logSharing) << "An RDP client was refused:" << stableCode(answer.code);
        found->second.joinId.clear(); // answered
        sendAway(found->first);
        return true;
    }
    Stranger stranger = std::move(found->second);
    m_strangers.erase(found);
    return m_handlers.seat(stranger.meetingId, *answer.user, std::move(stranger.host));
}

} // namespace sightline
