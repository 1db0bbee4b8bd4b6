#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"
#include "core/transport/ice_server.h"
#include "core/transport/transport_path.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace sightline {

/// `a=setup` (RFC 4145, RFC 5763): Active is the DTLS client. An offer says ActPass, its answer Active.
enum class DtlsSetup { ActPass, Active, Passive };

/// What each side tells the other by SDP before candidates are tried.
struct TransportDescription {
    QByteArray iceUfrag;
    QByteArray icePwd;
    QByteArray fingerprint; ///< SHA-256 of the DTLS certificate, upper-case hex with colons (RFC 8122)
    DtlsSetup setup = DtlsSetup::ActPass;
};

/// A snapshot; counters since the start, rates smoothed.
struct TransportStatistics {
    TransportPath path;
    Duration roundTrip{}; ///< smoothed; 0 while unknown
    Duration minRoundTrip{};
    double deliveryRate = 0; ///< octets a second that the path has been seen to carry; 0 while unknown
    std::uint64_t bytesQueued = 0; ///< written, but not sent once yet
    std::uint64_t bytesInFlight = 0; ///< sent, but not acknowledged
    std::uint64_t bytesSent = 0; ///< on the wire, repeats and headers included
    std::uint64_t bytesReceived = 0;
    std::uint64_t packetsSent = 0;
    std::uint64_t packetsLost = 0; ///< of those sent, as far as noticed
    std::uint64_t packetsRejected = 0; ///< arrived, but bad: not authentic, replayed, malformed
};

/// One leg of a session: ICE, DTLS, SRTP, RTP and the reliable stream on top, composed (design.md, D3 and
/// D4).
///
/// Functions may be called from any thread and do not block; handlers run on the loop's thread. Candidates
/// may be added before and after the remote description. The object ends in Failed or Closed and stays there.
class MediaTransport {
public:
    enum class State { New, Connecting, Connected, Failed, Closed };

    using IceServer = sightline::IceServer;

    struct Config {
        bool controlling = false; ///< the offerer is (RFC 8445 6.1.1)
        bool udp = true;
        bool tcp = true;
        bool relayOnly = false;
        std::vector<IceServer> servers;
        std::vector<QString>
            localAddresses; ///< only these are candidates; empty: every address of the machine
        Duration connectTimeout = std::chrono::seconds(15);
        Duration silenceTimeout = std::chrono::seconds(10); ///< nothing arrives for so long: ConnectionLost
    };

    struct Handlers {
        std::function<void(const QByteArray& candidate)>
            localCandidate; ///< candidate-attribute of RFC 8839 5.1
        std::function<void()> localCandidatesDone;
        std::function<void(State, const Error*)> stateChanged; ///< with the reason for Failed
    };

    /// Gathering starts at once, and handlers may run before this returns. IceFailed when libnice cannot be
    /// set up, DtlsFailed when no certificate can be made.
    static Result<std::unique_ptr<MediaTransport>> create(EventLoop& loop, Config config, Handlers handlers);
    /// Blocks until the loop let go; no handler runs afterwards. A live session is closed first, for which
    /// the peer gets less than a second; on the loop's own thread it is only told.
    ~MediaTransport();
    MediaTransport(const MediaTransport&) = delete;
    MediaTransport& operator=(const MediaTransport&) = delete;

    /// `setup` is ActPass when controlling; otherwise Active.
    TransportDescription localDescription() const;
    /// ParseFailed when the description is malformed; nothing has changed then.
    Result<void> setRemoteDescription(const TransportDescription& description);
    /// ParseFailed when the line is malformed; the others go on.
    Result<void> addRemoteCandidate(const QByteArray& candidate);
    void setRemoteCandidatesDone();

    /// Lives as long as the transport; carries octets while Connected. Loop's thread only.
    ByteStream& stream();

    State state() const;
    TransportStatistics statistics() const;
    /// Why it is Failed: known before its stream ends, and so before whoever reads the stream can say anything.
    std::optional<Error> failure() const;
    /// The code that both people compare: digits in groups, the same on both ends. Empty before both
    /// descriptions are known. Derived from both fingerprints (design.md, D3).
    QString securityCode() const;

    /// Ends the stream cleanly: what was written still arrives, then the other side is Failed with Gone.
    /// Idempotent.
    void close();

private:
    class Private;
    explicit MediaTransport(std::shared_ptr<Private> d);
    std::shared_ptr<Private> m_d; ///< shared with what is posted to the loop
};

} // namespace sightline
