#include "core/rdp/dvc_framing.h"

#include "core/rdp/gfx_pdu_parser.h"
#include "core/rdp/little_endian.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

constexpr std::uint8_t kDataFirst = 0x2; // Cmd of DYNVC_DATA_FIRST (2.2.3.1)
constexpr std::uint8_t kData = 0x3; // Cmd of DYNVC_DATA (2.2.3.2)

// cbId, Sp and Len: how long the number behind the header is.
std::uint8_t lengthCode(std::uint32_t value)
{
    return value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : 2;
}

void appendNumber(Bytes& out, std::uint32_t value)
{
    switch (lengthCode(value)) {
    case 0:
        appendU8(out, static_cast<std::uint8_t>(value));
        break;
    case 1:
        appendU16(out, static_cast<std::uint16_t>(value));
        break;
    default:
        appendU32(out, value);
    }
}

std::uint8_t headerOctet(std::uint8_t command, std::uint8_t sp, std::uint32_t channel)
{
    return static_cast<std::uint8_t>(command << 4 | sp << 2 | lengthCode(channel));
}

void appendDataHeader(Bytes& out, std::uint32_t channel)
{
    appendU8(out, headerOctet(kData, 0, channel)); // cbId, Sp, Cmd (1 byte)
    appendNumber(out, channel); // ChannelId (1, 2 or 4 bytes)
}

void appendDataFirstHeader(Bytes& out, std::uint32_t channel, std::uint32_t total)
{
    appendU8(out, headerOctet(kDataFirst, lengthCode(total), channel)); // cbId, Len, Cmd (1 byte)
    appendNumber(out, channel); // ChannelId (1, 2 or 4 bytes)
    appendNumber(out, total); // Length (1, 2 or 4 bytes)
}

} // namespace

std::size_t writeDvcDataHeader(ByteSpan room, std::uint32_t channel)
{
    Bytes header;
    appendDataHeader(header, channel);
    std::ranges::copy(header, room.last(header.size()).begin());
    return header.size();
}

bool sendDvcMessage(std::uint32_t channel, ByteView message, const std::function<bool(ByteView)>& send)
{
    Bytes pdu;
    pdu.reserve(kMaxDvcPdu);
    const auto total = static_cast<std::uint32_t>(message.size());
    bool isFirst = true;
    do {
        pdu.clear();
        appendDataHeader(pdu, channel);
        if (std::exchange(isFirst, false) && pdu.size() + message.size() > kMaxDvcPdu) {
            pdu.clear();
            appendDataFirstHeader(pdu, channel, total);
        }
        const std::size_t size = std::min(message.size(), kMaxDvcPdu - pdu.size());
        const ByteView piece = message.first(size);
        pdu.insert(pdu.end(), piece.begin(), piece.end());
        message = message.subspan(size);
        if (!send(pdu))
            return false;
    } while (!message.empty());
    return true;
}

bool announcesAcceptableSize(ByteView startOfPdu)
{
    if (startOfPdu.empty() || startOfPdu[0] >> 4 != kDataFirst)
        return true;
    const std::uint8_t idCode = startOfPdu[0] & 0x3;
    const std::uint8_t lengthField = startOfPdu[0] >> 2 & 0x3;
    const std::size_t idSize = idCode == 0 ? 1 : idCode == 1 ? 2 : 4;
    if (lengthField < 2)
        return true; // at most 65535
    return startOfPdu.size() >= 1 + idSize + 4 && readU32(startOfPdu, 1 + idSize) <= kMaxGfxClientMessage;
}

} // namespace sightline
