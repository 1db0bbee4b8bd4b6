#pragma once

#include "core/rdp/encomsp_pdu.h"

#include <cstdint>

namespace sightline {

/// Puts the chunks of the multiparty channel (MS-RDPBCGR 2.2.6.1) together and reads what they say. Holds one
/// message of at most kMaxEncomspMessage octets. Pure.
class EncomspReceiver {
public:
    static constexpr std::uint32_t kFirst = 0x1; ///< CHANNEL_FLAG_FIRST
    static constexpr std::uint32_t kLast = 0x2; ///< CHANNEL_FLAG_LAST
    static constexpr std::uint32_t kCompressed = 0x00200000; ///< CHANNEL_PACKET_COMPRESSED

    /// `total`: octets of the whole message, as the chunk's header announces. The PDUs of a message come with
    /// its last chunk. ParseFailed, TooLarge: the connection is to be dropped.
    Result<std::vector<EncomspPdu>> add(ByteView chunk, std::uint32_t flags, std::size_t total);

private:
    Bytes m_message;
    std::size_t m_total = 0;
    bool m_isInside = false;
};

} // namespace sightline
