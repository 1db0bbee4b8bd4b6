#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/transport/dtls_identity.h"
#include "core/transport/srtp_keys.h"

#include <memory>
#include <optional>

namespace sightline {

/// The DTLS 1.2 handshake that keys SRTP (RFC 5763, RFC 5764), without any I/O or thread: the owner hands in
/// the datagrams that arrive, takes out those to send, and calls onTimeout() when nextTimeout() has come.
/// Both ends show a certificate; the peer's must have the fingerprint of its SDP. Only AES-GCM is offered,
/// for DTLS and for SRTP.
///
/// What is no DTLS record is ignored. A malformed handshake message is a failure: ICE passes on only what
/// comes from an address that knew the peer's password. Not thread-safe.
class DtlsSession {
public:
    enum class Role { Client, Server };
    enum class State { Handshaking, Established, Closed, Failed };

    /// No datagram of ours is longer.
    static constexpr std::size_t kMaxDatagramSize = 1200;

    /// `remoteFingerprint` as normalizedFingerprint() returns it. The client's first datagram is ready at
    /// once.
    static Result<std::unique_ptr<DtlsSession>> create(
        const DtlsIdentity& identity, Role role, QByteArray remoteFingerprint);
    ~DtlsSession();
    DtlsSession(const DtlsSession&) = delete;
    DtlsSession& operator=(const DtlsSession&) = delete;

    void onDatagram(ByteView datagram);
    std::optional<Bytes> takeDatagram();

    /// When a flight has to be sent again unless something arrives; TimePoint::max() without one under way.
    TimePoint nextTimeout(TimePoint now) const;
    void onTimeout();

    State state() const;
    /// Why it is Failed: FingerprintMismatch or DtlsFailed.
    const std::optional<Error>& error() const;
    /// While Established.
    const SrtpKeys& keys() const;

    /// Tells the peer that this is the end (close_notify); takeDatagram() has it.
    void close();

private:
    class Private;
    explicit DtlsSession(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
