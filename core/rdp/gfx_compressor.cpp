#include "core/rdp/gfx_compressor.h"

#include "core/rdp/little_endian.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

// Below this rate, and for messages this small, the octets that a better search saves are worth its time.
constexpr double kSlowPath = 2.5e6;
constexpr std::size_t kSmallPayload = 4096;
// Below this one, what little there is to find in coarse RemoteFX is worth it as well: half of its octets are
// headers.
constexpr double kVerySlowPath = 1e5;

// How much of the ratio each octet of payload is worth: about that of the last 256 KB counts.
constexpr double kRatioMemory = 256 * 1024;

} // namespace

GfxCompressor::GfxCompressor()
    : GfxCompressor(std::make_shared<ZgfxEncoder>())
{
}

GfxCompressor::GfxCompressor(std::shared_ptr<ZgfxEncoder> encoder)
    : m_zgfx(std::move(encoder))
{
}

bool GfxCompressor::isSlow() const
{
    return m_pathRate > 0 && m_pathRate < kSlowPath;
}

GfxMessage GfxCompressor::compress(const GfxBatch& batch)
{
    const ByteView pdus = batch.pdus;
    const bool isVerySlow = m_pathRate > 0 && m_pathRate < kVerySlowPath;
    const std::size_t incompressible
        = (isVerySlow ? 0 : batch.codedBytes) + (isSlow() ? 0 : batch.noisyBytes);
    if (2 * incompressible > pdus.size())
        m_zgfx->setEffort(ZgfxEncoder::Effort::None);
    else if (isSlow() || pdus.size() <= kSmallPayload)
        m_zgfx->setEffort(ZgfxEncoder::Effort::Thorough);
    else
        m_zgfx->setEffort(ZgfxEncoder::Effort::Fast);

    GfxMessage message;
    message.endOfFrame = batch.endOfFrame;
    Bytes& octets = message.octets;
    octets.reserve(16 + pdus.size());
    if (pdus.size() <= kZgfxSegment) {
        appendU8(octets, kZgfxSingle); // descriptor (1 byte)
        m_zgfx->encode(pdus, octets);
    } else {
        const std::size_t segments = (pdus.size() + kZgfxSegment - 1) / kZgfxSegment;
        appendU8(octets, kZgfxMultipart); // descriptor (1 byte)
        appendU16(octets, static_cast<std::uint16_t>(segments)); // segmentCount (2 bytes)
        appendU32(octets, static_cast<std::uint32_t>(pdus.size())); // uncompressedSize (4 bytes)
        for (std::size_t at = 0; at < pdus.size(); at += kZgfxSegment) {
            const std::size_t sizeAt = octets.size();
            appendU32(octets, 0); // RDP_DATA_SEGMENT.size (4 bytes), known only afterwards
            m_zgfx->encode(pdus.subspan(at, std::min(kZgfxSegment, pdus.size() - at)), octets);
            writeU32(octets, sizeAt, static_cast<std::uint32_t>(octets.size() - sizeAt - 4));
        }
    }
    const auto size = static_cast<double>(pdus.size());
    const double weight = std::min(1.0, size / kRatioMemory);
    m_ratio += weight * (static_cast<double>(message.size()) / size - m_ratio);
    return message;
}

} // namespace sightline
