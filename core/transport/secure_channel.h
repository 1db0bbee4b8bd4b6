#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/counter_log.h"
#include "core/transport/dtls_session.h"
#include "core/transport/srtp_session.h"

#include <memory>
#include <optional>
#include <vector>

namespace sightline {

/// The encryption of one path: tells DTLS, RTP and RTCP apart by their first octets (RFC 7983, RFC 5761),
/// shakes hands, and then protects and unprotects packets with the keys agreed on. No I/O, no thread:
/// datagrams are handed in and taken out. What a stranger can send is counted and dropped.
class SecureChannel {
public:
    enum class State { New, Handshaking, Established, Closed, Failed };
    using Kind = SrtpSession::Kind;

    struct Media {
        ByteView packet; ///< plain; valid until the next call
        Kind kind;
    };

    SecureChannel();
    SecureChannel(const SecureChannel&) = delete;
    SecureChannel& operator=(const SecureChannel&) = delete;

    /// The path is there: DTLS that came early is answered now. `identity` outlives the channel.
    void start(const DtlsIdentity& identity, DtlsSession::Role role, const QByteArray& remoteFingerprint);

    /// Something arrived: a media packet, or nothing that concerns others. Look at state() and takeDatagram()
    /// after it.
    std::optional<Media> onDatagram(ByteView datagram, TimePoint now);
    /// DTLS to send.
    std::optional<Bytes> takeDatagram();
    /// While Established or Closed; valid until the next call.
    std::optional<ByteView> protect(ByteView packet, Kind kind);

    TimePoint nextTimeout(TimePoint now) const;
    void onTimeout();

    State state() const { return m_state; }
    const std::optional<Error>& error() const { return m_error; }
    std::uint64_t rejectedPackets() const;

    /// Queues our close_notify.
    void close();

private:
    std::optional<Media> onMedia(ByteView datagram, TimePoint now);
    void onDtls(ByteView datagram);
    void update();
    void fail(const Error& error);

    State m_state = State::New;
    std::optional<Error> m_error;
    std::unique_ptr<DtlsSession> m_dtls;
    std::unique_ptr<SrtpSession> m_srtp;
    std::vector<Bytes> m_early; ///< DTLS that arrived before start()
    CounterLog m_unknown;
};

} // namespace sightline
