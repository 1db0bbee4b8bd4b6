#include "core/graphics/frame_plan.h"

#include "core/graphics/tile_classifier.h"

namespace sightline {

namespace {

// An area is a photo when planar needs more than this many octets a pixel for it: plain pixels are 3, dense
// anti-aliased text is about 1, and RemoteFX needs 0.2 to 0.5 for anything.
constexpr double kPhotoOctetsPerPixel = 1.5;
constexpr double kPhotoOctetsPerPixelInLargeFrames = 0.75;

// What a frame may come to losslessly before dense text is sent lossily first. Moving more takes longer than
// a person notices, whatever the link.
constexpr int kLargeFrameOctets = 384 * 1024;

// RemoteFX always transforms 64x64 pixels and has about 80 octets of headers: not for small areas.
constexpr long kSmallestPhoto = 1024;
constexpr int kFewColors = 24;

bool canJoin(const Rect& strip, const Rect& box)
{
    const bool inSameRow = strip.y / TileGrid::kTile == box.y / TileGrid::kTile;
    if (!inSameRow || strip.right() != box.x)
        return false;
    const long joined = united(strip, box).area();
    return joined - strip.area() - box.area() <= joined / 8;
}

} // namespace

const FramePlan& FramePlanner::plan(
    const PictureView& screen, std::span<const TileChange> changes, bool allowLossy)
{
    m_plan.fills.clear();
    m_plan.lossless.clear();
    m_plan.lossy.clear();
    m_candidates.clear();
    long total = 0;
    for (const TileChange& change : changes) {
        const TileLook look = lookAt(screen.part(change.box));
        if (look.isOneColor) {
            m_plan.fills.push_back({look.color, change.box});
            continue;
        }
        m_candidates.push_back({change.box, look.planarBytes});
        total += look.planarBytes;
    }
    const double limit = total > kLargeFrameOctets ? kPhotoOctetsPerPixelInLargeFrames : kPhotoOctetsPerPixel;
    for (const Candidate& candidate : m_candidates) {
        const auto area = static_cast<double>(candidate.box.area());
        const bool isPhoto = allowLossy && candidate.box.area() >= kSmallestPhoto
            && candidate.planarBytes > area * limit
            && hasMoreColorsThan(kFewColors, screen.part(candidate.box));
        if (isPhoto)
            m_plan.lossy.push_back(candidate.box);
        else
            addLossless(candidate.box);
    }
    return m_plan;
}

void FramePlanner::addLossless(const Rect& box)
{
    if (!m_plan.lossless.empty() && canJoin(m_plan.lossless.back(), box))
        m_plan.lossless.back() = united(m_plan.lossless.back(), box);
    else
        m_plan.lossless.push_back(box);
}

} // namespace sightline
