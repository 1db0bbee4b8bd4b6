#pragma once

#include "core/rdp/socket_bridge.h"
#include "core/session/session_statistics.h"
#include "core/signaling/session_description.h"
#include "core/transport/media_transport.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sightline {

/// A MediaTransport as the GUI thread and the signaling see it: its descriptions are SessionDescriptions, its
/// events arrive on the GUI thread. Owned by a host or viewer session; GUI thread.
class MediaLeg : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<MediaLeg>> create(EventLoop& loop, SessionDescription::Role role);

    /// Ours, without candidates: they trickle. An offer from the sharer, an answer from the viewer.
    SessionDescription localDescription() const;
    Result<void> setRemoteDescription(const SessionDescription& description);
    void addRemoteCandidate(const QByteArray& candidate); ///< a bad one is logged and left out
    void setRemoteCandidatesDone();

    /// The far end of the stream as a file descriptor for FreeRDP.
    Result<SocketBridge::Ends> openBridge();

    QString securityCode() const;
    TransportStatistics transportStatistics() const;
    /// Why the transport failed, once it did.
    std::optional<Error> failure() const;
    /// Fills in what the transport knows; rates are those since the last call.
    void addStatistics(SessionStatistics& statistics);
    void close();

Q_SIGNALS:
    void localCandidate(const QByteArray& candidate);
    void localCandidatesDone();
    void connected();
    void failed(const Error& error);

private:
    MediaLeg(EventLoop& loop, SessionDescription::Role role);
    void onStateChanged(MediaTransport::State state, const std::optional<Error>& error);

    EventLoop& m_loop;
    const SessionDescription::Role m_role;
    std::unique_ptr<MediaTransport> m_transport;
    std::uint64_t m_lastBytes = 0;
    std::uint64_t m_lastPacketsSent = 0;
    std::uint64_t m_lastPacketsLost = 0;
    TimePoint m_lastStatistics{};
};

} // namespace sightline
