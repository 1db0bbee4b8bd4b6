#include "core/rdp/gfx_pdu_parser.h"

#include "core/rdp/little_endian.h"

namespace sightline {

namespace {

// RDPGFX_CMDID_* that a client may send (MS-RDPEGFX 2.2.1.5)
constexpr std::uint16_t kFrameAcknowledge = 0x000D;
constexpr std::uint16_t kCacheImportOffer = 0x0010;
constexpr std::uint16_t kCapsAdvertise = 0x0012;
constexpr std::uint16_t kQoeFrameAcknowledge = 0x0016;

constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kMaxCapabilitySets = 32; // a dozen versions exist

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

Result<GfxClientPdu> parseCapsAdvertise(ByteView body)
{
    if (body.size() < 2)
        return malformed("truncated capabilities");
    const std::size_t count = readU16(body, 0); // capsSetCount (2 bytes)
    if (count > kMaxCapabilitySets)
        return malformed("too many capability sets");
    body = body.subspan(2);
    GfxCapsAdvertise advertise;
    for (std::size_t i = 0; i < count; ++i) {
        if (body.size() < 8)
            return malformed("truncated capability set");
        GfxCapabilitySet set;
        set.version = readU32(body, 0); // version (4 bytes)
        const std::size_t length = readU32(body, 4); // capsDataLength (4 bytes)
        body = body.subspan(8);
        if (length > body.size())
            return malformed("truncated capability set");
        if (length >= 4)
            set.flags = readU32(body, 0); // capsData: flags (4 bytes)
        body = body.subspan(length);
        advertise.sets.push_back(set);
    }
    return GfxClientPdu(std::move(advertise));
}

Result<GfxClientPdu> parseFrameAcknowledge(ByteView body)
{
    if (body.size() < 12)
        return malformed("truncated acknowledgement");
    GfxFrameAcknowledge acknowledge;
    acknowledge.queueDepth = readU32(body, 0); // queueDepth (4 bytes)
    acknowledge.frame = readU32(body, 4); // frameId (4 bytes)
    acknowledge.framesDecoded = readU32(body, 8); // totalFramesDecoded (4 bytes)
    return GfxClientPdu(acknowledge);
}

} // namespace

Result<std::vector<GfxClientPdu>> parseGfxClientMessage(ByteView message)
{
    if (message.size() > kMaxGfxClientMessage)
        return malformed("message too large");
    std::vector<GfxClientPdu> pdus;
    while (!message.empty()) {
        if (message.size() < kHeaderSize)
            return malformed("truncated header");
        const std::uint16_t id = readU16(message, 0); // cmdId (2 bytes), flags (2 bytes)
        const std::size_t length = readU32(message, 4); // pduLength (4 bytes)
        if (length < kHeaderSize || length > message.size())
            return malformed("length out of range");
        const ByteView body = message.subspan(kHeaderSize, length - kHeaderSize);
        message = message.subspan(length);
        if (id == kCacheImportOffer || id == kQoeFrameAcknowledge)
            continue;
        if (id != kCapsAdvertise && id != kFrameAcknowledge)
            return malformed("unknown command");
        auto pdu = id == kCapsAdvertise ? parseCapsAdvertise(body) : parseFrameAcknowledge(body);
        if (!pdu)
            return pdu.error();
        pdus.push_back(std::move(*pdu));
    }
    return pdus;
}

} // namespace sightline
