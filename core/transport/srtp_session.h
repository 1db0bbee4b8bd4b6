#pragma once

#include "core/base/bytes.h"
#include "core/base/counter_log.h"
#include "core/base/result.h"
#include "core/transport/srtp_keys.h"

#include <array>
#include <memory>
#include <optional>

struct srtp_ctx_t_;

namespace sightline {

/// Encrypts and authenticates RTP and RTCP packets with AES-GCM (RFC 3711, RFC 7714), one context per
/// direction. Packets that are short, forged, replayed or too old are counted and dropped: anybody can send
/// them. Not thread-safe.
class SrtpSession {
public:
    enum class Kind { Rtp, Rtcp };

    /// What protect() adds at most: the tag, and SRTCP's index.
    static constexpr std::size_t kMaxOverhead = 16 + 4;
    static constexpr std::size_t kMaxPacketSize = 2048;

    static Result<std::unique_ptr<SrtpSession>> create(const SrtpKeys& keys);
    ~SrtpSession();
    SrtpSession(const SrtpSession&) = delete;
    SrtpSession& operator=(const SrtpSession&) = delete;

    /// The protected packet, valid until the next call; nothing if `packet` is not RTP or RTCP of a sane
    /// size.
    std::optional<ByteView> protect(ByteView packet, Kind kind);
    /// The plain packet, valid until the next call; nothing if it has to be dropped.
    std::optional<ByteView> unprotect(ByteView packet, Kind kind, TimePoint now);

    std::uint64_t rejectedPackets() const;

private:
    class Library;
    struct ContextDeleter {
        void operator()(srtp_ctx_t_* context) const;
    };
    using ContextPtr = std::unique_ptr<srtp_ctx_t_, ContextDeleter>;

    SrtpSession(std::unique_ptr<Library> library, ContextPtr sender, ContextPtr receiver);
    static ContextPtr createContext(const SrtpKeys& keys, bool isSender);

    std::unique_ptr<Library> m_library; // goes last
    ContextPtr m_sender;
    ContextPtr m_receiver;
    CounterLog m_forged;
    CounterLog m_replayed;
    CounterLog m_malformed;
    /// libsrtp works in place, on words.
    alignas(8) std::array<std::uint8_t, kMaxPacketSize + 256> m_buffer{};
};

} // namespace sightline
