#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sightline {

/// What DTLS-SRTP agreed on (RFC 5764, RFC 7714), regrouped per direction; wiped when it goes away.
struct SrtpKeys {
    enum class Profile { AeadAes256Gcm, AeadAes128Gcm };

    static constexpr std::size_t kSaltSize = 12;
    static constexpr std::size_t keySizeOf(Profile profile)
    {
        return profile == Profile::AeadAes256Gcm ? 32 : 16;
    }

    /// Master key, then master salt, as libsrtp wants them.
    using Material = std::array<std::uint8_t, 32 + kSaltSize>;

    Profile profile = Profile::AeadAes256Gcm;
    Material local{}; ///< protects what we send
    Material remote{}; ///< protects what the peer sends

    SrtpKeys() = default;
    SrtpKeys(const SrtpKeys&) = default;
    SrtpKeys& operator=(const SrtpKeys&) = default;
    ~SrtpKeys();
};

} // namespace sightline
