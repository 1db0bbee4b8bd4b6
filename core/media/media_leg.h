#pragma once

#include "core/media/leg_figures.h"
#include "core/rdp/socket_bridge.h"
#include "core/signaling/session_description.h"
#include "core/transport/media_transport.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sightline {

/// A MediaTransport as the signaling sees it: its descriptions are SessionDescriptions, its events arrive on
/// the thread that made it, which runs a Qt event loop and alone uses it: a client's GUI thread, a server's.
class MediaLeg : public QObject {
    Q_OBJECT
public:
    /// `config`: servers, addresses and the like; who controls ICE follows from the role.
    static Result<std::unique_ptr<MediaLeg>> create(
        EventLoop& loop, SessionDescription::Role role, MediaTransport::Config config = {});

    /// Ours, without candidates: they trickle. An offer from the sharer, an answer from the viewer.
    SessionDescription localDescription() const;
    Result<void> setRemoteDescription(const SessionDescription& description);
    void addRemoteCandidate(const QByteArray& candidate); ///< a bad one is logged and left out
    void setRemoteCandidatesDone();
    /// The other side's half of an ICE restart; one that does not fit is logged and left out.
    void setRemoteRestart(const SessionDescription& description);

    /// The far end of the stream as a file descriptor for FreeRDP.
    Result<SocketBridge::Ends> openBridge();

    QString securityCode() const;
    TransportStatistics transportStatistics() const;
    /// Nothing comes through at the moment; see MediaTransport.
    bool isInterrupted() const { return m_isInterrupted; }
    /// Why the transport failed, once it did.
    std::optional<Error> failure() const;
    /// What a person wants to know of the path; rates are those since the last call.
    LegFigures takeFigures();
    void close();

Q_SIGNALS:
    void localCandidate(const QByteArray& candidate);
    void localCandidatesDone();
    void connected();
    void failed(const Error& error);
    void interruptionChanged();
    /// Ours for an ICE restart, with all candidates: for the other side, in the same call.
    void restartDescribed(const SessionDescription& description);

private:
    MediaLeg(EventLoop& loop, SessionDescription::Role role);
    MediaTransport::Handlers makeHandlers();
    void onStateChanged(MediaTransport::State state, const std::optional<Error>& error);

    EventLoop& m_loop;
    const SessionDescription::Role m_role;
    std::unique_ptr<MediaTransport> m_transport;
    QByteArray m_remoteFingerprint;
    bool m_isInterrupted = false;
    std::uint64_t m_lastBytes = 0;
    std::uint64_t m_lastPacketsSent = 0;
    std::uint64_t m_lastPacketsLost = 0;
    TimePoint m_lastFigures{};
};

} // namespace sightline
