#include "core/relay/gfx_relay.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// A frame larger than this leaves before it has ended.
constexpr std::size_t kLargeFrame = 48 * 1024;
// So does one that comes in slowly.
constexpr Duration kSlowFrame = 50ms;
// Of a first frame, which is held back whole.
constexpr std::size_t kLargestFirstFrame = 16 * 1024 * 1024;
constexpr std::size_t kCommandOctets = 32; ///< about, beside the payload

constexpr Duration kRefreshPause = 1s;
constexpr Duration kPoll = 20ms; ///< while somebody lacks something
// What a film takes of a path that carries it.
constexpr double kFilmShare = 0.6;

std::size_t octetsOf(const GfxCommand& command)
{
    const auto* tile = std::get_if<TileData>(&command);
    return kCommandOctets + (tile && tile->payload ? tile->payload->size() : 0);
}

} // namespace

GfxRelay::GfxRelay()
    : m_screen(std::make_unique<GfxScreen>())
    , m_lanes(m_bank.compressor())
    , m_repairer(m_bank)
    , m_lastRefresh(TimePoint::min())
{
}

void GfxRelay::beginSource(RelaySourceHandlers handlers, TimePoint now)
{
    endSource(now);
    m_handlers = std::move(handlers);
    m_hasSource = true;
    m_next = std::make_unique<GfxScreen>();
}

void GfxRelay::endSource(TimePoint now)
{
    m_hasSource = false;
    m_handlers = {};
    m_acks.clear();
    if (m_next) { // nobody has seen anything of it
        m_next.reset();
        m_held.clear();
        m_heldOctets = 0;
    }
    if (m_screen->isInsideFrame()) {
        const EndFrame end{m_sourceFrame};
        if (m_screen->execute(end))
            m_held.emplace_back(end);
    }
    dispatch(now);
}

void GfxRelay::accept(const GfxCommand& command, TimePoint now)
{
    if (!m_hasSource)
        return;
    if (const Result<void> done = execute(command, now); !done) {
        refuseSource(done.error(), now);
        return;
    }
    if (!m_next && (!m_screen->isInsideFrame() || m_isInFrame || m_heldOctets >= kLargeFrame))
        dispatch(now);
    tellSource(now);
}

void GfxRelay::refuseSource(const Error& why, TimePoint now)
{
    const auto failed = m_handlers.failed;
    endSource(now);
    if (failed)
        failed({ErrorCode::RdpFailed, QStringLiteral("the sharer sends bad graphics"), why});
}

Result<void> GfxRelay::execute(const GfxCommand& command, TimePoint now)
{
    const TimePoint began = Clock::now();
    if (std::holds_alternative<ResetGraphics>(command)) {
        if (m_screen->isInsideFrame())
            return Error(ErrorCode::ParseFailed, QStringLiteral("a reset inside a frame"));
        m_next = std::make_unique<GfxScreen>(); // what was held back was for the former one, if there was one
        m_held.clear();
        m_heldOctets = 0;
    }
    if (Result<void> done = (m_next ? *m_next : *m_screen).execute(command); !done)
        return done;
    if (m_held.empty())
        m_heldSince = now;
    m_held.push_back(command);
    m_heldOctets += octetsOf(command);
    if (const auto* start = std::get_if<StartFrame>(&command))
        m_sourceFrame = start->frame;
    const bool isEnd = std::holds_alternative<EndFrame>(command);
    if (m_next && (isEnd || m_heldOctets > kLargestFirstFrame))
        swapScreens();
    m_counters.framesIn += isEnd ? 1 : 0;
    m_counters.decodeTime += Clock::now() - began;
    return {};
}

void GfxRelay::swapScreens()
{
    m_screen = std::move(m_next);
    m_bank.prune(m_scene);
}

/// Passes on what was held back.
void GfxRelay::dispatch(TimePoint now)
{
    if (m_held.empty())
        return;
    const TimePoint began = Clock::now();
    if (!m_lanes.isActive())
        beginBatch(now);
    for (const GfxCommand& command : std::exchange(m_held, {}))
        pass(command, now);
    m_heldOctets = 0;
    if (!m_isInFrame)
        m_lanes.end();
    m_counters.packTime += Clock::now() - began;
    if (m_isInFrame || m_classics.empty()) {
        if (m_classics.empty())
            m_screen->takeDirty();
        return;
    }
    const Rects dirty = m_screen->takeDirty();
    for (auto& [id, leg] : m_classics)
        leg.changed(dirty);
    paintClassic();
}

void GfxRelay::beginBatch(TimePoint now)
{
    const bool isReset = std::holds_alternative<ResetGraphics>(m_held.front());
    const bool hasFrame = std::ranges::any_of(
        m_held, [](const GfxCommand& command) { return std::holds_alternative<StartFrame>(command); });
    const auto octets
        = static_cast<std::size_t>(static_cast<double>(m_heldOctets) * std::min(1.0, m_lanes.compression()));
    std::vector<RelayLeg*> legs;
    for (auto& [id, leg] : m_legs) {
        if ((isReset || leg->ledger().isReconciled(m_scene)) && leg->mayTakeFrame(octets, now)) {
            m_repairer.close(*leg);
            legs.push_back(leg.get());
        } else if (hasFrame) {
            ++m_counters.framesMissed;
        }
    }
    m_lanes.begin(legs);
}

void GfxRelay::pass(const GfxCommand& command, TimePoint now)
{
    if (const auto* start = std::get_if<StartFrame>(&command)) {
        m_isInFrame = true;
        m_lanes.startFrame(++m_frames);
        m_acks.sent(start->frame, m_frames, m_lanes.legCount(), now);
        return;
    }
    if (const auto* end = std::get_if<EndFrame>(&command)) {
        endFrame(*end, now);
        return;
    }
    const CommandEffect effect = m_scene.effectOf(command);
    for (auto& [id, leg] : m_legs) {
        if (!leg->isRelaying())
            leg->ledger().miss(command, effect);
    }
    m_lanes.add(command, effect, m_scene);
    m_scene.apply(command, effect, now);
}

void GfxRelay::endFrame(const EndFrame&, TimePoint now)
{
    m_isInFrame = false;
    m_lanes.endFrame();
    tellSource(now);
}

void GfxRelay::tellSource(TimePoint now)
{
    const std::optional<std::uint32_t> frame = m_acks.take(now);
    if (frame && m_handlers.acknowledge)
        m_handlers.acknowledge(*frame);
}

void GfxRelay::addViewer(ViewerId id, const RelayViewer& viewer, std::shared_ptr<RelayOutput> output)
{
    if (viewer.isClassic)
        m_classics.emplace(id, ClassicLeg(std::move(output)));
    else
        m_legs.emplace(id, std::make_unique<RelayLeg>(viewer, std::move(output)));
}

void GfxRelay::removeViewer(ViewerId id)
{
    m_classics.erase(id);
    const auto found = m_legs.find(id);
    if (found == m_legs.end())
        return;
    m_lanes.remove(found->second.get());
    m_legs.erase(found);
}

void GfxRelay::restartViewer(ViewerId id, const RelayViewer* viewer)
{
    if (const auto classic = m_classics.find(id); classic != m_classics.end())
        classic->second.restart();
    const auto found = m_legs.find(id);
    if (found == m_legs.end())
        return;
    m_lanes.remove(found->second.get());
    if (viewer)
        found->second->restart(*viewer);
    else
        found->second->restart();
}

void GfxRelay::acknowledged(ViewerId id, std::uint32_t frame, TimePoint now)
{
    if (const auto classic = m_classics.find(id); classic != m_classics.end())
        classic->second.acknowledged(frame);
    if (const auto found = m_legs.find(id); found != m_legs.end()) {
        if (const std::optional<std::uint32_t> relayed = found->second->acknowledged(frame))
            m_acks.acknowledged(*relayed);
    }
    tellSource(now);
}

bool GfxRelay::work(TimePoint now)
{
    tellSource(now);
    if (!m_held.empty() && !m_next && now - m_heldSince >= kSlowFrame)
        dispatch(now);
    if (m_scene.resets() == 0 || (!m_held.empty() && !m_next))
        return false; // the screen is ahead of what viewers were given
    askForKeys(now);
    if (paintClassic())
        return true;
    const TimePoint began = Clock::now();
    // Each in turn, beginning behind the one that was served last.
    auto next = m_legs.upper_bound(m_lastServed);
    for (std::size_t i = 0; i < m_legs.size(); ++i, ++next) {
        if (next == m_legs.end())
            next = m_legs.begin();
        if (next->second->isRelaying()
            || !m_repairer.repair(*next->second, m_scene, *m_screen, m_frames, now))
            continue;
        m_lastServed = next->first;
        m_counters.repairTime += Clock::now() - began;
        return true;
    }
    return false;
}

bool GfxRelay::paintClassic()
{
    if (m_next == nullptr && m_screen->isInsideFrame())
        return false;
    bool hasPainted = false;
    for (auto& [id, leg] : m_classics)
        hasPainted = leg.paint(m_screen->output(), m_frames) || hasPainted;
    return hasPainted;
}

TimePoint GfxRelay::dueAt(TimePoint now) const
{
    const bool isSomebodyBehind = std::ranges::any_of(m_legs, [this](const auto& entry) {
        const ViewerLedger& ledger = entry.second->ledger();
        return ledger.isStale() || ledger.isLossy() || !ledger.isReconciled(m_scene);
    }) || std::ranges::any_of(m_classics, [](const auto& entry) { return entry.second.isStale(); });
    return isSomebodyBehind || !m_held.empty() || m_acks.isWaiting() ? now + kPoll : TimePoint::max();
}

/// For viewers that could follow a film again, if they had one picture that needs no other.
void GfxRelay::askForKeys(TimePoint now)
{
    if (!m_handlers.refresh || (m_lastRefresh != TimePoint::min() && now - m_lastRefresh < kRefreshPause))
        return;
    Rects areas;
    for (const auto& [surfaceId, surface] : m_scene.surfaces()) {
        if (!surface.hasFilm || !surface.origin)
            continue;
        const auto rate = static_cast<double>(std::max(surface.filmRate, surface.filmBytes));
        bool isWanted = false;
        for (auto& [id, leg] : m_legs) {
            if (!leg->ledger().lacksFilm(surfaceId) || !leg->mayAskForKey(now)
                || rate > leg->rate() * kFilmShare || !leg->mayTakeFrame(kLargeFrame / 4, now))
                continue;
            leg->askedForKey(now);
            isWanted = true;
        }
        if (isWanted)
            areas.push_back(
                {surface.origin->x, surface.origin->y, surface.grid.size.width, surface.grid.size.height});
    }
    if (areas.empty())
        return;
    m_lastRefresh = now;
    ++m_counters.refreshes;
    m_handlers.refresh(areas);
}

const ViewerLedger* GfxRelay::ledger(ViewerId id) const
{
    const auto found = m_legs.find(id);
    return found == m_legs.end() ? nullptr : &found->second->ledger();
}

RelayStatistics GfxRelay::statistics() const
{
    RelayStatistics all = m_counters;
    for (const auto& [id, leg] : m_legs) {
        const ViewerLedger& ledger = leg->ledger();
        ++(leg->isInStep() ? all.viewersInStep : all.viewersStale);
        all.staleTiles += static_cast<std::size_t>(
            ledger.count(ViewerLedger::Mark::Stale) + ledger.count(ViewerLedger::Mark::Due));
        all.lossyTiles += static_cast<std::size_t>(
            ledger.count(ViewerLedger::Mark::Fine) + ledger.count(ViewerLedger::Mark::Coarse));
        all.ledgerBytes += ledger.bytes() + sizeof(RelayLeg)
            + leg->pass().steps.capacity() * sizeof(RelayLeg::Pass::Step);
    }
    for (const auto& [id, leg] : m_classics) {
        ++(leg.isStale() ? all.viewersStale : all.viewersInStep);
        all.staleTiles += static_cast<std::size_t>(leg.staleTiles());
    }
    all.bankBytes = m_bank.bytes();
    all.screenBytes = m_screen->bytes() + (m_next ? m_next->bytes() : 0);
    all.bytesRelayed = m_lanes.bytesSent();
    all.bytesRepaired = m_repairer.bytesSent();
    all.repairsShared = m_bank.counters().shared;
    all.repairsEncoded = m_bank.counters().encoded;
    return all;
}

} // namespace sightline
