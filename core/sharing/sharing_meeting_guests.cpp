#include "core/sharing/sharing_meeting.h"

#include "core/base/log.h"

#include <QTimer>

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr auto kFarewell = 1s; // in which an RDP client is told why it has to go

} // namespace

Result<void> SharingMeeting::seatGuest(const QString& entity, std::unique_ptr<RdpHost> host)
{
    Seat* const seat = seatOf(entity);
    if (!seat)
        return Error(ErrorCode::NotFound, QStringLiteral("no such participant"));
    endGuest(*seat);
    const ViewerEnd::Who who{seat->user.number, seat->user.displayName};
    // What lies between RDP and the network is the kernel's, and small.
    auto end = ViewerEnd::create(
        m_hub, who, [] { return ViewerEnd::Path{}; },
        [&host](RdpHost::Handlers handlers) -> Result<std::unique_ptr<RdpHost>> {
            host->admit(std::move(handlers));
            return std::move(host);
        });
    if (!end)
        return end.error();
    seat->guest = std::move(end).value();
    ++m_limits.legs;
    connect(seat->guest.get(), &ViewerEnd::pictured, this, [this, entity] {
        if (Seat* const seen = seatOf(entity))
            setMedia(*seen, Participant::Sharing::Viewer);
    });
    connect(seat->guest.get(), &ViewerEnd::ended, this, [this, entity](const Error& error) {
        qCInfo(logSharing) << "An RDP client left:" << error.toString();
        if (Seat* const left = seatOf(entity))
            endGuest(*left);
        m_notify(SharingRdpGone{m_meetingId, entity, {}});
    });
    return {};
}

void SharingMeeting::endGuest(Seat& seat)
{
    if (!seat.guest)
        return;
    --m_limits.legs;
    seat.guest->dismiss();
    seat.guest->disconnect(this);
    m_leaving.push_back(std::move(seat.guest));
    QTimer::singleShot(kFarewell, this, [this] { m_leaving.pop_front(); });
    setMedia(seat, Participant::Sharing::None);
}

ViewerEnd* SharingMeeting::endOf(Seat* seat) const
{
    return seat && seat->leg ? seat->leg->end() : nullptr;
}

void SharingMeeting::onControllerChanged(std::uint32_t number)
{
    // Posted ones may be behind the times.
    if (number != m_hub.control.controller() || std::exchange(m_controller, number) == number)
        return;
    Seat* const seat = seatOf(number);
    m_hub.clipboardToViewer.disconnectSides();
    m_hub.clipboardToSharer.disconnectSides();
    if (endOf(seat) && m_sharerLeg) {
        m_hub.clipboardToViewer.connectSides(
            [this](ClipboardFormat format) {
                if (m_sharerLeg)
                    m_sharerLeg->requestClipboard(format);
            },
            [this, number](const auto& formats) {
                if (ViewerEnd* const end = endOf(seatOf(number)))
                    end->offerClipboard(formats);
            });
        m_hub.clipboardToSharer.connectSides(
            [this, number](ClipboardFormat format) {
                if (ViewerEnd* const end = endOf(seatOf(number)))
                    end->requestClipboard(format);
            },
            [this](const auto& formats) {
                if (m_sharerLeg)
                    m_sharerLeg->offerClipboard(formats);
            });
    }
    m_notify(SharingController{m_meetingId, seat ? seat->user.entity : QString()});
}

} // namespace sightline
