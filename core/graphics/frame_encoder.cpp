#include "core/graphics/frame_encoder.h"

#include "core/graphics/frame_writer.h"
#include "core/graphics/rect_merge.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr std::uint16_t kSurface = 1;

constexpr std::size_t kTilesPerMessage = 32; // about 2 ms of decoding

bool isSpent(const FrameWriter& writer, std::size_t byteBudget)
{
    return byteBudget != 0 && writer.bytes() >= byteBudget;
}

} // namespace

FrameEncoder::FrameEncoder(GfxSink& sink, Options options)
    : m_sink(sink)
    , m_options(options)
{
}

void FrameEncoder::reset(Size size, const Rects& monitors)
{
    m_reference.reset(size);
    m_sink.accept(ResetGraphics{size, monitors});
    m_sink.accept(CreateSurface{kSurface, size});
    m_sink.accept(MapSurfaceToOutput{kSurface, {}});
}

FrameEncoder::Outcome FrameEncoder::encode(
    const PictureView& screen, const Rects& damage, std::uint32_t frame, std::size_t byteBudget)
{
    Outcome outcome;
    if (!fits(screen))
        return outcome;
    FrameWriter writer(m_sink, kSurface, frame);
    const std::vector<TileChange>& changes = m_diff.find(screen, m_reference, damage);
    outcome.tiles = static_cast<int>(changes.size());
    if (sendMoves(writer, screen, changes))
        m_diff.find(screen, m_reference, m_touched);
    const FramePlan& plan = m_planner.plan(screen, changes, m_options.allowLossy);
    sendFills(writer, screen, plan.fills);
    sendLossless(writer, screen, plan.lossless, byteBudget, outcome.remaining);
    sendLossy(writer, screen, plan.lossy, byteBudget, outcome.remaining);
    writer.finish();
    outcome.bytes = writer.bytes();
    outcome.isEmpty = writer.isEmpty();
    return outcome;
}

FrameEncoder::Outcome FrameEncoder::refine(
    const PictureView& screen, std::uint32_t frame, std::size_t byteBudget)
{
    Outcome outcome;
    if (!fits(screen))
        return outcome;
    FrameWriter writer(m_sink, kSurface, frame);
    for (const int tile : m_reference.lossyTiles()) {
        if (isSpent(writer, byteBudget))
            break;
        sendPlanar(writer, screen, m_reference.lossyBox(tile));
        ++outcome.tiles;
    }
    writer.finish();
    outcome.bytes = writer.bytes();
    outcome.isEmpty = writer.isEmpty();
    return outcome;
}

bool FrameEncoder::fits(const PictureView& screen) const
{
    return Size{screen.width, screen.height} == m_reference.grid().size;
}

/// True when something was moved: then `changes` are to be looked for anew, in m_touched.
bool FrameEncoder::sendMoves(
    FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes)
{
    const std::vector<Move>& moves = m_scroll.find(screen, m_reference, changes);
    if (moves.empty())
        return false;
    m_touched.clear();
    for (const TileChange& change : changes)
        m_touched.push_back(change.box);
    for (const Move& move : moves) {
        writer.copy(move.source, move.to);
        m_reference.copy(move.source, move.to);
        m_touched.push_back(move.target());
    }
    return true;
}

void FrameEncoder::sendFills(
    FrameWriter& writer, const PictureView& screen, const std::vector<FramePlan::Fill>& fills)
{
    std::vector<FramePlan::Fill> sorted = fills;
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const FramePlan::Fill& a, const FramePlan::Fill& b) { return a.color < b.color; });
    for (std::size_t begin = 0; begin < sorted.size();) {
        Rects rects;
        const std::uint32_t color = sorted[begin].color;
        for (; begin < sorted.size() && sorted[begin].color == color; ++begin) {
            rects.push_back(sorted[begin].rect);
            m_reference.store(screen, sorted[begin].rect);
        }
        writer.fill(color, mergeRects(rects));
    }
}

/// Small ones first: when not everything fits, what a person has just done is among them. At least one is
/// sent, so that a budget that is too small ends in more frames, not in none.
void FrameEncoder::sendLossless(FrameWriter& writer, const PictureView& screen, const Rects& rects,
    std::size_t byteBudget, Rects& remaining)
{
    Rects ordered = rects;
    if (byteBudget != 0) {
        std::stable_sort(
            ordered.begin(), ordered.end(), [](const Rect& a, const Rect& b) { return a.area() < b.area(); });
    }
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        if (i > 0 && isSpent(writer, byteBudget)) {
            remaining.insert(
                remaining.end(), ordered.begin() + static_cast<std::ptrdiff_t>(i), ordered.end());
            break;
        }
        sendPlanar(writer, screen, ordered[i]);
    }
}

/// At least one is sent, as above. The messages are short: a viewer sends no input while it decodes one.
void FrameEncoder::sendLossy(FrameWriter& writer, const PictureView& screen, const Rects& rects,
    std::size_t byteBudget, Rects& remaining)
{
    for (std::size_t i = 0; i < rects.size();) {
        const std::size_t end = std::min(i + kTilesPerMessage, rects.size());
        Rect bounds;
        for (std::size_t each = i; each < end; ++each)
            bounds = united(bounds, rects[each]);
        const Point corner{
            bounds.x / kRemoteFxTile * kRemoteFxTile, bounds.y / kRemoteFxTile * kRemoteFxTile};
        bounds = united(bounds, {corner.x, corner.y, 1, 1});
        m_remoteFx.begin(bounds);
        bool isFull = false;
        for (; i < end && !isFull; ++i) {
            m_remoteFx.add(screen, rects[i]);
            m_reference.store(screen, rects[i]);
            m_reference.markLossy(rects[i]);
            isFull = byteBudget != 0 && writer.bytes() + m_remoteFx.size() >= byteBudget;
        }
        writer.tile(TileCodec::RemoteFx, bounds, m_remoteFx.finish());
        if (isFull) {
            remaining.insert(remaining.end(), rects.begin() + static_cast<std::ptrdiff_t>(i), rects.end());
            return;
        }
    }
}

void FrameEncoder::sendPlanar(FrameWriter& writer, const PictureView& screen, const Rect& rect)
{
    m_reference.store(screen, rect);
    writer.tile(TileCodec::Planar, rect, m_planar.encode(screen.part(rect)));
}

} // namespace sightline
