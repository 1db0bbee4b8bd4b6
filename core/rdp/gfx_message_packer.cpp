#include "core/rdp/gfx_message_packer.h"

#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/little_endian.h"

#include <utility>

namespace sightline {

void GfxMessagePacker::add(const GfxCommand& command, std::uint32_t timestamp)
{
    m_batcher.add(command, timestamp);
    compressFinished();
}

void GfxMessagePacker::flush()
{
    m_batcher.flush();
    compressFinished();
}

void GfxMessagePacker::compressFinished()
{
    while (const auto batch = m_batcher.takeFinished()) {
        m_finished.push_back(m_compressor.compress(*batch));
        m_bytesFinished += m_finished.back().size();
    }
}

void GfxMessagePacker::clear()
{
    m_batcher.clear();
    m_compressor.reset();
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
