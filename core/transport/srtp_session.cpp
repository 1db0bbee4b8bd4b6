#include "core/transport/srtp_session.h"

#include "core/base/log.h"

#include <srtp2/srtp.h>

#include <algorithm>
#include <mutex>

namespace sightline {

namespace {

// Retransmissions are new packets, so this only has to cover reordering on the path; RFC 3711 3.3.2 asks for
// 64 at least, and a burst at 100 Mbit/s puts thousands of packets into flight.
constexpr unsigned long kReplayWindow = 8192;
constexpr std::size_t kMinRtpSize = 12;
constexpr std::size_t kMinRtcpSize = 8;

} // namespace

/// Keeps libsrtp initialised while sessions exist. A lock, because shutting down must not overlap the next
/// start.
class SrtpSession::Library {
public:
    Library()
    {
        const std::lock_guard lock(s_mutex);
        m_isReady = s_users > 0 || srtp_init() == srtp_err_status_ok;
        s_users += m_isReady;
    }
    ~Library()
    {
        const std::lock_guard lock(s_mutex);
        if (m_isReady && --s_users == 0)
            srtp_shutdown();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    bool isReady() const { return m_isReady; }

private:
    static inline std::mutex s_mutex;
    static inline int s_users = 0;
    bool m_isReady = false;
};

void SrtpSession::ContextDeleter::operator()(srtp_ctx_t_* context) const
{
    srtp_dealloc(context);
}

SrtpSession::ContextPtr SrtpSession::createContext(const SrtpKeys& keys, bool isSender)
{
    srtp_policy_t policy{};
    if (keys.profile == SrtpKeys::Profile::AeadAes256Gcm) {
        srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp);
        srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtcp);
    } else {
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
        srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
    }
    SrtpKeys copy = keys; // libsrtp takes it by a pointer to non-const
    policy.ssrc.type = isSender ? ssrc_any_outbound : ssrc_any_inbound;
    policy.key = isSender ? copy.local.data() : copy.remote.data();
    policy.window_size = kReplayWindow;
    srtp_t context = nullptr;
    return ContextPtr(srtp_create(&context, &policy) == srtp_err_status_ok ? context : nullptr);
}

Result<std::unique_ptr<SrtpSession>> SrtpSession::create(const SrtpKeys& keys)
{
    auto library = std::make_unique<Library>();
    if (!library->isReady())
        return Error(ErrorCode::Internal, QStringLiteral("cannot initialise libsrtp"));
    ContextPtr sender = createContext(keys, true);
    ContextPtr receiver = createContext(keys, false);
    if (!sender || !receiver)
        return Error(ErrorCode::Internal, QStringLiteral("cannot set up SRTP"));
    return std::unique_ptr<SrtpSession>(
        new SrtpSession(std::move(library), std::move(sender), std::move(receiver)));
}

SrtpSession::SrtpSession(std::unique_ptr<Library> library, ContextPtr sender, ContextPtr receiver)
    : m_library(std::move(library))
    , m_sender(std::move(sender))
    , m_receiver(std::move(receiver))
    , m_forged(logDtls, "Packets that are not authentic")
    , m_replayed(logDtls, "Packets that are replayed or too old")
    , m_malformed(logDtls, "Packets that are no SRTP")
{
}

SrtpSession::~SrtpSession() = default;

std::optional<ByteView> SrtpSession::protect(ByteView packet, Kind kind)
{
    if (packet.size() > kMaxPacketSize || packet.size() < (kind == Kind::Rtp ? kMinRtpSize : kMinRtcpSize))
        return std::nullopt;
    std::copy(packet.begin(), packet.end(), m_buffer.begin());
    int size = static_cast<int>(packet.size());
    const srtp_err_status_t status = kind == Kind::Rtp
        ? srtp_protect(m_sender.get(), m_buffer.data(), &size)
        : srtp_protect_rtcp(m_sender.get(), m_buffer.data(), &size);
    if (status != srtp_err_status_ok)
        return std::nullopt;
    return ByteView(m_buffer).first(static_cast<std::size_t>(size));
}

std::optional<ByteView> SrtpSession::unprotect(ByteView packet, Kind kind, TimePoint now)
{
    if (packet.size() > kMaxPacketSize || packet.size() < (kind == Kind::Rtp ? kMinRtpSize : kMinRtcpSize)) {
        m_malformed.add(now);
        return std::nullopt;
    }
    std::copy(packet.begin(), packet.end(), m_buffer.begin());
    int size = static_cast<int>(packet.size());
    const srtp_err_status_t status = kind == Kind::Rtp
        ? srtp_unprotect(m_receiver.get(), m_buffer.data(), &size)
        : srtp_unprotect_rtcp(m_receiver.get(), m_buffer.data(), &size);
    switch (status) {
    case srtp_err_status_ok:
        return ByteView(m_buffer).first(static_cast<std::size_t>(size));
    case srtp_err_status_auth_fail:
    case srtp_err_status_cipher_fail:
        m_forged.add(now);
        break;
    case srtp_err_status_replay_fail:
    case srtp_err_status_replay_old:
        m_replayed.add(now);
        break;
    default:
        m_malformed.add(now);
    }
    return std::nullopt;
}

std::uint64_t SrtpSession::rejectedPackets() const
{
    return m_forged.total() + m_replayed.total() + m_malformed.total();
}

} // namespace sightline
