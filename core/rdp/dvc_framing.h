#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace sightline {

// The dynamic channel's own PDUs (MS-RDPEDYC 2.2.3), as far as FreeRDP leaves them to us. Pure.

/// The largest PDU that the specification allows.
inline constexpr std::size_t kMaxDvcPdu = 1600;

/// How much of `room` a DYNVC_DATA header takes when it is written against its end.
std::size_t writeDvcDataHeader(ByteSpan room, std::uint32_t channel);

/// Puts the header of the first (DYNVC_DATA_FIRST) of several PDUs that carry `total` octets at the end of
/// `out`.
void appendDvcDataFirstHeader(Bytes& out, std::uint32_t channel, std::uint32_t total);
void appendDvcDataHeader(Bytes& out, std::uint32_t channel);

/// Whether a PDU that starts like this, from a viewer, announces a message of a sane size. FreeRDP allocates
/// what a DYNVC_DATA_FIRST announces, up to 4 GB, before anything of it has arrived.
bool announcesAcceptableSize(ByteView startOfPdu);

} // namespace sightline
