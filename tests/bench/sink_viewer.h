#pragma once

#include "core/base/clock.h"
#include "core/media/media_leg.h"
#include "core/rdp/rdp_source.h"
#include "core/signaling/signaling_client.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace sightline {

/// A viewer of a conference that does all that a viewer does, network, keys and RDP, except decoding and
/// showing: so many of them fit on a machine, and the server cannot tell. Main thread.
class SinkViewer : public QObject {
    Q_OBJECT
public:
    SinkViewer(EventLoop& loop, const MeetingLink& link, const QString& name);
    ~SinkViewer() override;

    /// From the wish to join until the first frame had arrived whole.
    Duration joinTime() const { return Duration(m_joinTime.load()); }
    bool hasPicture() const { return m_frames > 0; }
    std::uint64_t frames() const { return m_frames; }
    std::uint64_t octets() const { return m_octets; } ///< of graphics payload
    /// While set nothing is acknowledged, as by a viewer that stalls.
    void setStalled(bool isStalled) { m_isStalled = isStalled; }

Q_SIGNALS:
    void failed(const QString& why);

private:
    void onOffer(const QString& from, const QString& callId, const SessionDescription& offer);
    void onConnected();
    void onCommand(const GfxCommand& command);

    EventLoop& m_loop;
    const MeetingLink m_link;
    const TimePoint m_start;
    SignalingClient m_signaling;
    std::unique_ptr<MediaLeg> m_leg;
    std::unique_ptr<SocketBridge> m_bridge;
    std::unique_ptr<RdpSource> m_source;
    QString m_partner;
    QString m_callId;
    std::atomic<bool> m_isStalled = false;
    std::atomic<std::uint64_t> m_frames = 0;
    std::atomic<std::uint64_t> m_octets = 0;
    std::atomic<Duration::rep> m_joinTime = 0;
};

} // namespace sightline
