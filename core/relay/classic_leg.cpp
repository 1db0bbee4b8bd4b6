#include "core/relay/classic_leg.h"

#include "core/graphics/rect_merge.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr std::size_t kMostFrames = 2; ///< not acknowledged
constexpr double kUnknownRate = 1e6;
constexpr double kPaintTime = 0.2; ///< of the path, in one paint
constexpr double kTileOctets = 3000; ///< of a tile of text, as bitmaps of 32 bits go
constexpr double kQueueTime = 0.1;
constexpr int kLeastTiles = 4;

} // namespace

ClassicLeg::ClassicLeg(std::shared_ptr<RelayOutput> output)
    : m_output(std::move(output))
{
}

void ClassicLeg::changed(const Rects& dirty)
{
    for (const Rect& area : dirty) {
        m_grid.forEachTile(area, [this](int tile, const Rect&) {
            m_stale += m_isStale[static_cast<std::size_t>(tile)] ? 0 : 1;
            m_isStale[static_cast<std::size_t>(tile)] = true;
        });
    }
}

void ClassicLeg::acknowledged(std::uint32_t frame)
{
    while (!m_underWay.empty() && static_cast<std::int32_t>(frame - m_underWay.front()) >= 0)
        m_underWay.pop_front();
}

bool ClassicLeg::paint(const PictureView& output, std::uint32_t& frames)
{
    const Size size{output.width, output.height};
    const double rate = m_output->pathRate() > 0 ? m_output->pathRate() : kUnknownRate;
    if (size.isEmpty() || !isStale() || m_underWay.size() >= kMostFrames
        || static_cast<double>(m_output->queuedBytes()) > rate * kQueueTime)
        return false;
    if (m_grid.size != size) {
        m_grid = {size};
        m_next = 0;
        m_stale = m_grid.count();
        m_isStale.assign(static_cast<std::size_t>(m_stale), true);
        m_output->outputResized(size);
    }
    // Round and round, so that what always changes does not keep the rest waiting.
    int room = std::max(kLeastTiles, static_cast<int>(rate * kPaintTime / kTileOctets));
    std::vector<int> tiles;
    for (int i = 0; i < m_grid.count() && room > 0 && m_stale > 0; ++i) {
        const int tile = (m_next + i) % m_grid.count();
        if (!m_isStale[static_cast<std::size_t>(tile)])
            continue;
        m_isStale[static_cast<std::size_t>(tile)] = false;
        tiles.push_back(tile);
        --m_stale;
        --room;
    }
    m_next = (tiles.back() + 1) % m_grid.count();
    std::ranges::sort(tiles);
    Rects rects;
    for (const int tile : tiles)
        rects.push_back(m_grid.tile(tile));
    m_underWay.push_back(++frames);
    m_output->paint(output, mergeRects(rects), frames);
    return true;
}

} // namespace sightline
