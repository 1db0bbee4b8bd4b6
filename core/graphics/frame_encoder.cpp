#include "core/graphics/frame_encoder.h"

#include "core/graphics/content_hash.h"
#include "core/graphics/frame_writer.h"
#include "core/graphics/rect_merge.h"

#include <algorithm>
#include <random>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t kSurface = 1;
constexpr std::uint16_t kVideoSurface = 2;

// So long nothing may be sent lossily before lossy tiles are sent again losslessly: longer than the pause
// between two frames of what moves, short enough that a page stands sharp before the eye asks for it.
constexpr Duration kRestBeforeRefinement = 100ms;

// When so many tiles are replaced, another window or page has come, and what was there may come back.
constexpr int kManyTiles = 16;
constexpr std::size_t kTileOctets = TileGrid::kTile * TileGrid::kTile * sizeof(std::uint32_t);
// At most a fraction of what the protocol allows: eight screens of 1920x1080, in the viewer's memory.
constexpr int kMostCacheSlots = 4096;

// A RemoteFX message of more areas than this is cut, so that the viewer decodes the first while the others
// are encoded. It sends no input while it decodes one: these take about 2 ms.
constexpr std::size_t kMostAreasPerMessage = 32;

std::uint64_t randomSeed()
{
    std::random_device random;
    return std::uint64_t(random()) << 32 | random();
}

bool isReplaced(const TileChange& change)
{
    constexpr int kTile = TileGrid::kTile;
    return change.box.area() * 4 >= 3 * kTile * kTile;
}

bool isSpent(const FrameWriter& writer, std::size_t byteBudget)
{
    return byteBudget != 0 && writer.bytes() >= byteBudget;
}

} // namespace

FrameEncoder::FrameEncoder(GfxSink& sink, Options options)
    : m_sink(sink)
    , m_options(options)
    , m_seed(randomSeed())
{
}

void FrameEncoder::reset(Size size, const ViewerAbilities& abilities, const Rects& monitors)
{
    m_abilities = abilities;
    m_reference.reset(size);
    m_cache.reset(static_cast<int>(std::min<std::size_t>({static_cast<std::size_t>(abilities.cacheSlots),
        abilities.cacheBytes / kTileOctets, static_cast<std::size_t>(kMostCacheSlots)})));
    m_finder.reset(m_reference.grid());
    m_video.stop();
    m_sink.accept(ResetGraphics{size, monitors});
    m_sink.accept(CreateSurface{kSurface, size});
    m_sink.accept(MapSurfaceToOutput{kSurface, {}});
}

FrameEncoder::Outcome FrameEncoder::encode(
    const PictureView& screen, const Rects& damage, std::uint32_t frame, const EncodeLimits& limits)
{
    Outcome outcome;
    if (!fits(screen))
        return outcome;
    FrameWriter writer(m_sink, kSurface, frame);
    const std::vector<TileChange>& differing
        = m_diff.find(screen, m_reference, sendVideo(writer, screen, damage, limits));
    outcome.tiles = static_cast<int>(differing.size());
    const std::span<const TileChange> changes = explain(writer, screen, differing);
    const FramePlan& plan = m_planner.plan(screen, changes, m_options.allowLossy);
    sendFills(writer, screen, plan.fills);
    sendLossless(writer, screen, plan.lossless, limits.byteBudget, outcome.remaining);
    sendLossy(writer, screen, plan.lossy, limits.byteBudget, outcome.remaining);
    writer.finish();
    if (!plan.lossy.empty())
        m_lastLossy = limits.now;
    outcome.bytes = writer.bytes();
    outcome.isEmpty = writer.isEmpty();
    findVideo(screen, changes, limits);
    return outcome;
}

TimePoint FrameEncoder::refinementDue() const
{
    TimePoint due = TimePoint::max();
    if (m_reference.hasLossy())
        due = m_lastLossy + kRestBeforeRefinement;
    return m_video.isActive() ? std::min(due, m_video.restsAt()) : due;
}

FrameEncoder::Outcome FrameEncoder::refine(
    const PictureView& screen, std::uint32_t frame, const EncodeLimits& limits)
{
    Outcome outcome;
    if (!fits(screen))
        return outcome;
    if (m_video.isActive() && m_video.restsAt() <= limits.now)
        endVideo();
    FrameWriter writer(m_sink, kSurface, frame);
    for (const int tile : m_reference.lossyTiles()) {
        if (isSpent(writer, limits.byteBudget))
            break;
        sendPlanar(writer, screen, m_reference.lossyBox(tile));
        ++outcome.tiles;
    }
    writer.finish();
    outcome.bytes = writer.bytes();
    outcome.isEmpty = writer.isEmpty();
    return outcome;
}

void FrameEncoder::refresh(const Rects& areas)
{
    for (const Rect& area : areas) {
        const Rect inside = intersected(area, m_reference.grid().picture());
        if (m_video.isActive() && !intersected(inside, m_video.area()).isEmpty())
            m_video.wantKey();
        m_reference.forget(inside);
    }
}

/// The film's part of `damage`; the rest of it comes back.
const Rects& FrameEncoder::sendVideo(
    FrameWriter& writer, const PictureView& screen, const Rects& damage, const EncodeLimits& limits)
{
    if (m_video.isActive() && (m_video.restsAt() <= limits.now || m_video.isTooLarge()))
        endVideo();
    if (!m_video.isActive())
        return damage;
    const Rect area = m_video.area();
    m_outside = without(damage, area);
    Rect changed;
    for (const Rect& rect : damage)
        changed = united(changed, recoloredBox(screen, m_reference.view(), intersected(rect, area)));
    if (changed.isEmpty() && !m_video.isKeyWanted())
        return m_outside;
    const ByteView payload = m_video.encode(screen, changed, limits.now, limits.pathRate);
    if (payload.empty()) {
        endVideo();
        return damage;
    }
    writer.tileOf(kVideoSurface, TileCodec::Avc420, {0, 0, area.width, area.height}, payload);
    m_reference.cover(screen, area);
    return m_outside;
}

void FrameEncoder::findVideo(
    const PictureView& screen, std::span<const TileChange> changes, const EncodeLimits& limits)
{
    if (!m_abilities.avc420 || m_video.isActive() || changes.empty())
        return;
    m_finder.note(changes, m_planner.last().lossy, limits.now);
    const std::optional<Rect> area = m_finder.find(limits.now);
    if (!area || !m_video.start(*area, limits.now))
        return;
    m_sink.accept(CreateSurface{kVideoSurface, {area->width, area->height}});
    m_sink.accept(MapSurfaceToOutput{kVideoSurface, {area->x, area->y}});
    m_reference.cover(screen, *area);
}

/// Its picture stays on the viewer's screen until it is made exact.
void FrameEncoder::endVideo()
{
    m_reference.uncover(m_video.area());
    m_video.stop();
    m_sink.accept(DeleteSurface{kVideoSurface});
}

bool FrameEncoder::touchesVideo(std::span<const Move> moves) const
{
    return m_video.isActive() && std::any_of(moves.begin(), moves.end(), [this](const Move& move) {
        return !intersected(move.source, m_video.area()).isEmpty()
            || !intersected(move.target(), m_video.area()).isEmpty();
    });
}

/// Sends what can be said without pixels; what is left has to be encoded.
std::span<const TileChange> FrameEncoder::explain(
    FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes)
{
    if (sendMoves(writer, screen, changes))
        return m_diff.find(screen, m_reference, m_touched);
    if (std::count_if(changes.begin(), changes.end(), isReplaced) < kManyTiles)
        return changes;
    return useCache(writer, screen, changes);
}

std::span<const TileChange> FrameEncoder::useCache(
    FrameWriter& writer, const PictureView& screen, std::span<const TileChange> changes)
{
    m_notCached.clear();
    for (const TileChange& change : changes) {
        const Rect tile = m_reference.grid().tile(change.tile);
        if (!isReplaced(change) || tile.width != TileGrid::kTile || tile.height != TileGrid::kTile) {
            m_notCached.push_back(change);
            continue;
        }
        const Content content = contentOf(screen.part(tile), m_seed);
        const std::optional<std::uint16_t> slot = m_cache.find(content.hash);
        keepInCache(writer, tile);
        if (!slot) {
            m_notCached.push_back(change);
            continue;
        }
        writer.cached(*slot, {tile.x, tile.y});
        m_reference.store(screen, tile);
    }
    return m_notCached;
}

/// What the viewer shows there and is about to lose.
void FrameEncoder::keepInCache(FrameWriter& writer, const Rect& tile)
{
    const Content content = contentOf(m_reference.view().part(tile), m_seed);
    if (content.isOneColor || content.marks != 0)
        return;
    const std::optional<TileCache::Place> place = m_cache.insert(content.hash);
    if (!place)
        return;
    if (place->mustEvict)
        writer.evict(place->slot);
    writer.keep(content.hash, place->slot, tile);
}

bool FrameEncoder::fits(const PictureView& screen) const
{
    return Size{screen.width, screen.height} == m_reference.grid().size;
}

std::vector<Move> FrameEncoder::findMoves(const PictureView& screen, const std::vector<TileChange>& changes)
{
    const std::vector<Move>& scrolled = m_scroll.find(screen, m_reference, changes);
    if (!scrolled.empty())
        return scrolled;
    const std::optional<Move> dragged = m_drag.find(screen, m_reference, changes);
    return dragged ? std::vector<Move>{*dragged} : std::vector<Move>{};
}

/// True when something was moved: then `changes` are to be looked for anew, in m_touched.
bool FrameEncoder::sendMoves(
    FrameWriter& writer, const PictureView& screen, const std::vector<TileChange>& changes)
{
    const std::vector<Move> moves = findMoves(screen, changes);
    if (moves.empty())
        return false;
    m_touched.clear();
    if (touchesVideo(moves)) {
        // The film is scrolled, or what is around it: its place is another one now.
        m_touched.push_back(m_video.area());
        endVideo();
    }
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

/// At least one is sent, as above.
void FrameEncoder::sendLossy(FrameWriter& writer, const PictureView& screen, const Rects& rects,
    std::size_t byteBudget, Rects& remaining)
{
    for (std::size_t begin = 0; begin < rects.size();) {
        const std::size_t end = std::min(begin + kMostAreasPerMessage, rects.size());
        const std::size_t sent
            = sendLossyMessage(writer, screen, std::span(rects).subspan(begin, end - begin), byteBudget);
        begin += sent;
        if (begin < end || (begin < rects.size() && isSpent(writer, byteBudget))) {
            remaining.insert(
                remaining.end(), rects.begin() + static_cast<std::ptrdiff_t>(begin), rects.end());
            return;
        }
    }
}

/// How many of them the budget allowed, one at least.
std::size_t FrameEncoder::sendLossyMessage(
    FrameWriter& writer, const PictureView& screen, std::span<const Rect> rects, std::size_t byteBudget)
{
    Rect bounds;
    for (const Rect& rect : rects)
        bounds = united(bounds, rect);
    const Point corner{bounds.x / kRemoteFxTile * kRemoteFxTile, bounds.y / kRemoteFxTile * kRemoteFxTile};
    bounds = united(bounds, {corner.x, corner.y, 1, 1});
    m_remoteFx.begin(bounds);
    std::size_t sent = 0;
    for (; sent < rects.size(); ++sent) {
        if (sent > 0 && byteBudget != 0 && writer.bytes() + m_remoteFx.size() >= byteBudget)
            break;
        m_remoteFx.add(screen, rects[sent]);
        m_reference.store(screen, rects[sent]);
        m_reference.markLossy(rects[sent]);
    }
    writer.tile(TileCodec::RemoteFx, bounds, m_remoteFx.finish());
    return sent;
}

void FrameEncoder::sendPlanar(FrameWriter& writer, const PictureView& screen, const Rect& rect)
{
    m_reference.store(screen, rect);
    writer.tile(TileCodec::Planar, rect, m_planar.encode(screen.part(rect)));
}

} // namespace sightline
