#include "core/sharing/viewer_leg.h"

#include <utility>

namespace sightline {

ViewerLeg::ViewerLeg(std::unique_ptr<MediaLeg> leg, const ViewerEnd::Who& who, Size desktop, SharingHub& hub)
    : m_hub(hub)
    , m_who(who)
    , m_desktop(desktop)
    , m_leg(std::move(leg))
{
    connect(m_leg.get(), &MediaLeg::connected, this, &ViewerLeg::onConnected);
    connect(m_leg.get(), &MediaLeg::failed, this, &ViewerLeg::finish);
}

Result<std::unique_ptr<ViewerLeg>> ViewerLeg::create(
    EventLoop& loop, MediaTransport::Config config, const ViewerEnd::Who& who, Size desktop, SharingHub& hub)
{
    auto leg = MediaLeg::create(loop, SessionDescription::Role::Sharer, std::move(config));
    if (!leg)
        return std::move(leg).error();
    return std::unique_ptr<ViewerLeg>(new ViewerLeg(std::move(leg).value(), who, desktop, hub));
}

ViewerLeg::~ViewerLeg()
{
    m_isEnded = true;
    m_leg->close();
    m_end.reset();
    m_bridge.reset();
}

void ViewerLeg::onConnected()
{
    if (m_isEnded || m_end)
        return;
    Result<SocketBridge::Ends> ends = m_leg->openBridge();
    if (!ends)
        return finish(ends.error());
    m_bridge = std::move(ends->bridge);
    const auto path = [leg = m_leg.get()] {
        const TransportStatistics transport = leg->transportStatistics();
        return ViewerEnd::Path{transport.bytesQueued, transport.deliveryRate};
    };
    auto end = ViewerEnd::create(m_hub, m_who, path, [&](RdpHost::Handlers handlers) {
        return RdpHost::create(ends->fd, m_desktop, std::move(handlers));
    });
    if (!end)
        return finish(end.error());
    m_end = std::move(end).value();
    connect(m_end.get(), &ViewerEnd::pictured, this, &ViewerLeg::pictured);
    connect(m_end.get(), &ViewerEnd::ended, this, &ViewerLeg::finish);
}

void ViewerLeg::finish(const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    // A transport that failed also ends RDP; its reason is the better one.
    Q_EMIT ended(m_leg->failure().value_or(error));
}

} // namespace sightline
