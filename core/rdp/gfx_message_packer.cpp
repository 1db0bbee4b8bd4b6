#include "core/rdp/gfx_message_packer.h"

#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/little_endian.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

constexpr std::uint8_t kSingle = 0xE0; // RDP_SEGMENTED_DATA.descriptor
constexpr std::uint8_t kMultipart = 0xE1;
constexpr std::uint8_t kUncompressedRdp8 = 0x04; // RDP8_BULK_ENCODED_DATA.header: PACKET_COMPR_TYPE_RDP8
constexpr std::size_t kSinglePrefix = 2;

} // namespace

std::size_t GfxMessagePacker::currentPayload() const
{
    return m_current.octets.empty() ? 0 : m_current.size() - kSinglePrefix;
}

void GfxMessagePacker::startMessage()
{
    m_current.octets.resize(GfxMessage::kHeadroom);
    appendU8(m_current.octets, kSingle); // descriptor (1 byte)
    appendU8(m_current.octets, kUncompressedRdp8); // bulkData.header (1 byte)
}

void GfxMessagePacker::add(const GfxCommand& command, std::uint32_t timestamp)
{
    const std::size_t pduSize = gfxPduSize(command);
    if (currentPayload() + pduSize > kMaxSegment)
        flush();
    if (pduSize > kMaxSegment) {
        addLarge(command, pduSize, timestamp);
        return;
    }
    if (m_current.octets.empty())
        startMessage();
    appendGfxPdu(m_current.octets, command, timestamp);
    if (const auto* end = std::get_if<EndFrame>(&command))
        m_current.endOfFrame = end->frame;
}

void GfxMessagePacker::addLarge(const GfxCommand& command, std::size_t pduSize, std::uint32_t timestamp)
{
    Bytes pdu;
    pdu.reserve(pduSize);
    appendGfxPdu(pdu, command, timestamp);

    const std::size_t segments = (pduSize + kMaxSegment - 1) / kMaxSegment;
    GfxMessage message;
    message.octets.reserve(GfxMessage::kHeadroom + 7 + segments * 5 + pduSize);
    message.octets.resize(GfxMessage::kHeadroom);
    appendU8(message.octets, kMultipart); // descriptor (1 byte)
    appendU16(message.octets, static_cast<std::uint16_t>(segments)); // segmentCount (2 bytes)
    appendU32(message.octets, static_cast<std::uint32_t>(pduSize)); // uncompressedSize (4 bytes)
    for (std::size_t at = 0; at < pduSize; at += kMaxSegment) {
        const std::size_t size = std::min(kMaxSegment, pduSize - at);
        appendU32(message.octets, static_cast<std::uint32_t>(size + 1)); // RDP_DATA_SEGMENT.size (4 bytes)
        appendU8(message.octets, kUncompressedRdp8); // bulkData.header (1 byte)
        const auto begin = pdu.begin() + static_cast<std::ptrdiff_t>(at);
        message.octets.insert(message.octets.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
    }
    finish(std::move(message));
}

void GfxMessagePacker::flush()
{
    if (!m_current.octets.empty())
        finish(std::exchange(m_current, {}));
}

void GfxMessagePacker::finish(GfxMessage message)
{
    m_bytesFinished += message.size();
    m_finished.push_back(std::move(message));
}

void GfxMessagePacker::clear()
{
    m_current = {};
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
    message.octets.resize(GfxMessage::kHeadroom);
    appendU8(message.octets, kSingle);
    appendU8(message.octets, kUncompressedRdp8);
    appendCapsConfirm(message.octets, set);
    return message;
}

} // namespace sightline
