#include "core/rdp/gfx_batcher.h"

#include "core/rdp/gfx_pdu_writer.h"

#include <utility>

namespace sightline {

namespace {

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

void GfxBatcher::add(const GfxCommand& command, std::uint32_t timestamp)
{
    const std::size_t pduSize = gfxPduSize(command);
    if (m_next.pdus.size() + pduSize > kMaxBatch)
        flush();
    if (const auto* const tile = std::get_if<TileData>(&command)) {
        m_next.codedBytes += isCoded(*tile) ? tile->payload->size() : 0;
        m_next.noisyBytes += isNoisy(*tile) ? tile->payload->size() : 0;
    }
    appendGfxPdu(m_next.pdus, command, timestamp);
    if (const auto* end = std::get_if<EndFrame>(&command))
        m_next.endOfFrame = end->frame;
    if (pduSize > kMaxBatch)
        flush();
}

void GfxBatcher::flush()
{
    if (m_next.pdus.empty())
        return;
    m_bytesFinished += m_next.pdus.size();
    m_finished.push_back(std::exchange(m_next, {}));
}

void GfxBatcher::clear()
{
    m_next = {};
    m_finished.clear();
    m_bytesFinished = 0;
}

std::optional<GfxBatch> GfxBatcher::takeFinished()
{
    if (m_finished.empty())
        return std::nullopt;
    GfxBatch batch = std::move(m_finished.front());
    m_finished.pop_front();
    m_bytesFinished -= batch.pdus.size();
    return batch;
}

} // namespace sightline
