#include "core/graphics/video_surface.h"

#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kRest = 150ms;
constexpr Duration kPeriod = 1s;

// What of the path a film may take: text and input come beside it.
constexpr double kShareOfPath = 0.7;

// RDPGFX_AVC420_QUANT_QUALITY (MS-RDPEGFX 2.2.4.4.2): for the viewer's information only.
constexpr std::uint8_t kQuantiser = 23;
constexpr std::uint8_t kQuality = 100;

void append(Bytes& out, std::uint32_t value, std::size_t octets)
{
    for (std::size_t i = 0; i < octets; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}

} // namespace

VideoSurface::VideoSurface() = default;
VideoSurface::~VideoSurface() = default;

bool VideoSurface::start(const Rect& area, TimePoint now)
{
    if (m_isUnavailable)
        return false;
    Result<std::unique_ptr<H264Encoder>> encoder = H264Encoder::create({area.width, area.height});
    m_isUnavailable = !encoder;
    if (!encoder)
        return false;
    m_encoder = std::move(encoder).value();
    m_area = area;
    m_lastChange = now;
    m_recentSince = now;
    m_recent = area;
    m_earlier = area;
    return true;
}

void VideoSurface::stop()
{
    m_encoder.reset();
    m_isKeyWanted = false;
    m_area = {};
}

ByteView VideoSurface::encode(const PictureView& screen, const Rect& changed, TimePoint now, double pathRate)
{
    noteChange(changed, now);
    if (pathRate > 0)
        m_encoder->setRate(static_cast<std::int64_t>(pathRate * 8 * kShareOfPath));
    const Result<ByteView> unit
        = m_encoder->encode(screen.part(m_area), now, std::exchange(m_isKeyWanted, false));
    m_payload.clear();
    if (!unit)
        return {};
    // The whole area: where nothing changed the picture comes closer to the screen's.
    append(m_payload, 1, 4); // numRegionRects (4 bytes)
    append(m_payload, 0, 4); // left, top (2 bytes each)
    append(m_payload, static_cast<std::uint32_t>(m_area.width), 2); // right (2 bytes)
    append(m_payload, static_cast<std::uint32_t>(m_area.height), 2); // bottom (2 bytes)
    append(m_payload, kQuantiser, 1); // qpVal (1 byte)
    append(m_payload, kQuality, 1); // qualityVal (1 byte)
    m_payload.insert(m_payload.end(), unit->begin(), unit->end()); // avc420EncodedBitstream
    return m_payload;
}

void VideoSurface::noteChange(const Rect& changed, TimePoint now)
{
    if (changed.isEmpty())
        return;
    m_lastChange = now;
    if (now - m_recentSince > kPeriod) {
        m_earlier = m_recent;
        m_recent = {};
        m_recentSince = now;
    }
    m_recent = united(m_recent, changed);
}

TimePoint VideoSurface::restsAt() const
{
    return m_lastChange + kRest;
}

bool VideoSurface::isTooLarge() const
{
    return m_earlier.area() < m_area.area() / 4 * 3;
}

} // namespace sightline
