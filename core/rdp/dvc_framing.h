#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <functional>

namespace sightline {

// The dynamic channel's own PDUs (MS-RDPEDYC 2.2.3), as far as FreeRDP leaves them to us. Pure.

/// The largest PDU that the specification allows.
inline constexpr std::size_t kMaxDvcPdu = 1600;

/// Of a DYNVC_DATA.
inline constexpr std::size_t kMaxDvcDataHeader = 5;

/// How much of `room` a DYNVC_DATA header takes when it is written against its end.
std::size_t writeDvcDataHeader(ByteSpan room, std::uint32_t channel);

/// Cuts `message` into PDUs of at most kMaxDvcPdu octets, DYNVC_DATA_FIRST and DYNVC_DATA, and hands them to
/// `send` one by one until it refuses. Whether it took them all.
bool sendDvcMessage(std::uint32_t channel, ByteView message, const std::function<bool(ByteView pdu)>& send);

/// Whether a PDU that starts like this, from a viewer, announces a message of a sane size. FreeRDP allocates
/// what a DYNVC_DATA_FIRST announces, up to 4 GB, before anything of it has arrived.
bool announcesAcceptableSize(ByteView startOfPdu);

} // namespace sightline
