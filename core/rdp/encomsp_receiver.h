#pragma once

#include "core/rdp/channel_chunks.h"
#include "core/rdp/encomsp_pdu.h"

#include <cstdint>

namespace sightline {

/// Puts the chunks of the multiparty channel (MS-RDPBCGR 2.2.6.1) together and reads what they say. Holds one
/// message of at most kMaxEncomspMessage octets. Pure.
class EncomspReceiver {
public:
    static constexpr std::uint32_t kFirst = ChannelChunk::kFirst;
    static constexpr std::uint32_t kLast = ChannelChunk::kLast;
    static constexpr std::uint32_t kCompressed = ChannelChunk::kCompressed;

    /// `total`: octets of the whole message, as the chunk's header announces. The PDUs of a message come with
    /// its last chunk. ParseFailed, TooLarge: the connection is to be dropped.
    Result<std::vector<EncomspPdu>> add(ByteView chunk, std::uint32_t flags, std::size_t total);

private:
    ChannelAssembler m_assembler{kMaxEncomspMessage};
};

} // namespace sightline
