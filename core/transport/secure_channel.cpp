#include "core/transport/secure_channel.h"

#include "core/base/log.h"

namespace sightline {

namespace {

constexpr std::size_t kMaxEarly = 8; // a flight of a hello is one datagram; the rest are its repeats

// RFC 7983 7
bool isDtls(ByteView datagram)
{
    return datagram.size() > 13 && datagram[0] >= 20 && datagram[0] <= 63;
}

bool isRtpOrRtcp(ByteView datagram)
{
    return datagram.size() >= 2 && datagram[0] >= 128 && datagram[0] <= 191;
}

// RFC 5761 4: the second octet of RTCP is a packet type from 192 to 223.
SecureChannel::Kind kindOf(ByteView datagram)
{
    return datagram[1] >= 192 && datagram[1] <= 223 ? SecureChannel::Kind::Rtcp : SecureChannel::Kind::Rtp;
}

} // namespace

SecureChannel::SecureChannel()
    : m_unknown(logDtls, "Datagrams that are neither DTLS nor SRTP")
{
}

void SecureChannel::start(
    const DtlsIdentity& identity, DtlsSession::Role role, const QByteArray& remoteFingerprint)
{
    auto session = DtlsSession::create(identity, role, remoteFingerprint);
    if (!session) {
        fail(session.error());
        return;
    }
    m_dtls = *std::move(session);
    m_state = State::Handshaking;
    for (const Bytes& datagram : std::exchange(m_early, {}))
        onDtls(datagram);
}

std::optional<SecureChannel::Media> SecureChannel::onDatagram(ByteView datagram, TimePoint now)
{
    if (isRtpOrRtcp(datagram))
        return onMedia(datagram, now);
    if (isDtls(datagram))
        onDtls(datagram);
    else
        m_unknown.add(now);
    return std::nullopt;
}

std::optional<SecureChannel::Media> SecureChannel::onMedia(ByteView datagram, TimePoint now)
{
    // Before the keys are known it overtook the end of the handshake: lost, and sent again.
    if (!m_srtp)
        return std::nullopt;
    const Kind kind = kindOf(datagram);
    const auto packet = m_srtp->unprotect(datagram, kind, now);
    return packet ? std::optional(Media{*packet, kind}) : std::nullopt;
}

void SecureChannel::onDtls(ByteView datagram)
{
    if (m_dtls) {
        m_dtls->onDatagram(datagram);
        update();
    } else if (m_state == State::New && m_early.size() < kMaxEarly) {
        m_early.emplace_back(datagram.begin(), datagram.end());
    }
}

void SecureChannel::update()
{
    switch (m_dtls->state()) {
    case DtlsSession::State::Handshaking:
        break;
    case DtlsSession::State::Established:
        if (m_state == State::Handshaking) {
            auto srtp = SrtpSession::create(m_dtls->keys());
            if (!srtp) {
                fail(srtp.error());
                return;
            }
            m_srtp = *std::move(srtp);
            m_state = State::Established;
        }
        break;
    case DtlsSession::State::Closed:
        if (m_state == State::Established)
            m_state = State::Closed;
        break;
    case DtlsSession::State::Failed:
        if (m_state != State::Failed)
            fail(*m_dtls->error());
        break;
    }
}

void SecureChannel::fail(const Error& error)
{
    m_state = State::Failed;
    m_error = error;
}

std::optional<Bytes> SecureChannel::takeDatagram()
{
    return m_dtls ? m_dtls->takeDatagram() : std::nullopt;
}

std::optional<ByteView> SecureChannel::protect(ByteView packet, Kind kind)
{
    return m_srtp ? m_srtp->protect(packet, kind) : std::nullopt;
}

TimePoint SecureChannel::nextTimeout(TimePoint now) const
{
    return m_dtls ? m_dtls->nextTimeout(now) : TimePoint::max();
}

void SecureChannel::onTimeout()
{
    if (!m_dtls)
        return;
    m_dtls->onTimeout();
    update();
}

std::uint64_t SecureChannel::rejectedPackets() const
{
    return m_unknown.total() + (m_srtp ? m_srtp->rejectedPackets() : 0);
}

void SecureChannel::close()
{
    if (m_dtls)
        m_dtls->close();
}

} // namespace sightline
