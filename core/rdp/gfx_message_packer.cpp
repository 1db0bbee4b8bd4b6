#include "core/rdp/gfx_message_packer.h"

#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/little_endian.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

// Below this rate, and for messages this small, the octets that a better search saves are worth its time.
constexpr double kSlowPath = 2.5e6;
constexpr std::size_t kSmallPayload = 4096;

// How much of m_compression each octet of payload is worth: about that of the last 256 KB counts.
constexpr double kCompressionMemory = 256 * 1024;

/// RemoteFX and H.264 leave nothing to find.
bool isCoded(const TileData& tile)
{
    return tile.codec == TileCodec::RemoteFx || tile.codec == TileCodec::Avc420;
}

/// Planes that run lengths do not make smaller are of a photo: there is a tenth to find, in ten times the
/// time.
bool isNoisy(const TileData& tile)
{
    constexpr std::uint8_t kRunLength = 0x10; // MS-RDPEGDI 2.2.2.5.1
    return tile.codec == TileCodec::Planar && (tile.payload->front() & kRunLength) == 0;
}

} // namespace

GfxMessagePacker::GfxMessagePacker()
    : GfxMessagePacker(std::make_shared<ZgfxEncoder>())
{
}

GfxMessagePacker::GfxMessagePacker(std::shared_ptr<ZgfxEncoder> compressor)
    : m_zgfx(std::move(compressor))
{
}

void GfxMessagePacker::add(const GfxCommand& command, std::uint32_t timestamp)
{
    const std::size_t pduSize = gfxPduSize(command);
    if (m_payload.size() + pduSize > kMaxSegment)
        flush();
    const auto* const tile = std::get_if<TileData>(&command);
    if (tile && (isCoded(*tile) || (isNoisy(*tile) && !isSlow())))
        m_coded += tile->payload->size();
    if (pduSize > kMaxSegment) {
        addLarge(command, timestamp);
        return;
    }
    appendGfxPdu(m_payload, command, timestamp);
    if (const auto* end = std::get_if<EndFrame>(&command))
        m_endOfFrame = end->frame;
}

void GfxMessagePacker::addLarge(const GfxCommand& command, std::uint32_t timestamp)
{
    appendGfxPdu(m_payload, command, timestamp);
    const ByteView pdu = m_payload;
    const std::size_t segments = (pdu.size() + kMaxSegment - 1) / kMaxSegment;
    GfxMessage message;
    Bytes& octets = message.octets;
    appendU8(octets, kZgfxMultipart); // descriptor (1 byte)
    appendU16(octets, static_cast<std::uint16_t>(segments)); // segmentCount (2 bytes)
    appendU32(octets, static_cast<std::uint32_t>(pdu.size())); // uncompressedSize (4 bytes)
    for (std::size_t at = 0; at < pdu.size(); at += kMaxSegment) {
        const std::size_t sizeAt = octets.size();
        appendU32(octets, 0); // RDP_DATA_SEGMENT.size (4 bytes), known only afterwards
        appendSegment(octets, pdu.subspan(at, std::min(kMaxSegment, pdu.size() - at)));
        writeU32(octets, sizeAt, static_cast<std::uint32_t>(octets.size() - sizeAt - 4));
    }
    finish(std::move(message), pdu.size());
}

void GfxMessagePacker::flush()
{
    if (m_payload.empty())
        return;
    GfxMessage message;
    message.octets.reserve(2 + m_payload.size());
    appendU8(message.octets, kZgfxSingle); // descriptor (1 byte)
    appendSegment(message.octets, m_payload);
    message.endOfFrame = std::exchange(m_endOfFrame, std::nullopt);
    finish(std::move(message), m_payload.size());
}

void GfxMessagePacker::appendSegment(Bytes& out, ByteView payload)
{
    if (2 * m_coded > m_payload.size())
        m_zgfx->setEffort(ZgfxEncoder::Effort::None);
    else if (isSlow() || payload.size() <= kSmallPayload)
        m_zgfx->setEffort(ZgfxEncoder::Effort::Thorough);
    else
        m_zgfx->setEffort(ZgfxEncoder::Effort::Fast);
    m_zgfx->encode(payload, out);
}

bool GfxMessagePacker::isSlow() const
{
    return m_pathRate > 0 && m_pathRate < kSlowPath;
}

void GfxMessagePacker::finish(GfxMessage message, std::size_t payload)
{
    const auto size = static_cast<double>(payload);
    const double weight = std::min(1.0, size / kCompressionMemory);
    m_compression += weight * (static_cast<double>(message.size()) / size - m_compression);
    m_bytesFinished += message.size();
    m_finished.push_back(std::move(message));
    m_payload.clear();
    m_coded = 0;
}

void GfxMessagePacker::clear()
{
    m_zgfx->reset();
    m_payload.clear();
    m_coded = 0;
    m_endOfFrame.reset();
    m_finished.clear();
    m_bytesFinished = 0;
}

std::optional<GfxMessage> GfxMessagePacker::takeFinished()
{
    if (m_finished.empty())
        return std::nullopt;
    GfxMessage message = std::move(m_finished.front());
    m_finished.pop_front();
    m_bytesFinished -= message.size();
    return message;
}

GfxMessage capsConfirmMessage(const GfxCapabilitySet& set)
{
    GfxMessage message;
    appendU8(message.octets, kZgfxSingle);
    appendU8(message.octets, kZgfxTypeRdp8);
    appendCapsConfirm(message.octets, set);
    return message;
}

} // namespace sightline
