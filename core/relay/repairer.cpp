#include "core/relay/repairer.h"

#include <algorithm>
#include <map>

namespace sightline {

namespace {

using namespace std::chrono_literals;
using Mark = ViewerLedger::Mark;

// In seconds of the path: how long the whole of what is stale may take to arrive. A change that comes just
// too late for one repair is in the next one, so a picture gets at most twice as old.
constexpr double kSharpTime = 0.5;
constexpr double kCoarseTime = 0.7;
constexpr double kRefinementTime = 0.1;
constexpr double kLeastRefinement = 2048;

// So long nothing may change where something is made exact.
constexpr Duration kRest = 150ms;

// Tiles in one piece of work.
constexpr int kMostEncoded = 24;
constexpr std::size_t kMostCoarse = 48;

// From what is almost as good as the sharer's pictures to what can just be read.
constexpr std::array<int, 4> kCoarseLevels{2, 4, 6, RepairBank::kCoarsest};

RepairBank::Place placeOf(std::uint16_t id, const RelayScene& scene, const GfxScreen& screen)
{
    return {id, scene.surfaces().at(id), screen.surfaces().at(id).view()};
}

bool isDue(const RelayLeg& leg, std::uint16_t surface, int tile)
{
    const Mark mark = leg.ledger().mark(surface, tile);
    if (leg.pass().kind == RelayLeg::Pass::Kind::Refine)
        return mark == Mark::Fine || mark == Mark::Coarse;
    return mark == Mark::Due;
}

void sortNewestFirst(std::vector<RelayLeg::Pass::Step>& steps)
{
    std::ranges::stable_sort(steps, std::ranges::greater(), &RelayLeg::Pass::Step::version);
}

} // namespace

bool Repairer::repair(
    RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen, std::uint32_t& frames, TimePoint now)
{
    const bool isNew = !leg.isInFrame();
    if (isNew && !leg.mayTakeRepair())
        return false;
    if (leg.ledger().isReconciled(scene)) {
        if (leg.pass().isOver() && !begin(leg, scene, screen, now))
            return false;
    } else {
        close(leg);
        send(leg, m_bank.pack(leg.ledger().reconcile(scene)));
        leg.pass() = {};
        return true;
    }
    if (isNew) {
        leg.beginFrame(++frames, false);
        send(leg, m_bank.pack({StartFrame{frames}}));
    }
    if (leg.pass().kind == Pass::Kind::Coarse)
        sendCoarse(leg, scene, screen);
    else
        sendShared(leg, scene, screen);
    if (leg.pass().isOver())
        close(leg);
    return true;
}

void Repairer::close(RelayLeg& leg)
{
    if (!leg.isInFrame())
        return;
    send(leg, m_bank.pack({EndFrame{leg.openFrame()}}));
    leg.endFrame();
}

/// Plans what goes out next. Stale tiles come first, but not for ever: between two repairs of what never
/// rests some of what does is made exact.
bool Repairer::begin(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen, TimePoint now)
{
    const bool isTurnOfLossy = leg.pass().kind != Pass::Kind::Refine;
    Pass stale = leg.ledger().isStale() ? staleOf(leg, scene) : Pass();
    leg.setOnlyHiddenStale(stale.steps.empty());
    Pass lossy = leg.ledger().isLossy() && (isTurnOfLossy || stale.steps.empty()) ? lossyOf(leg, scene, now)
                                                                                  : Pass();
    if (!lossy.steps.empty()) {
        lossy.octetsLeft = static_cast<std::size_t>(std::max(kLeastRefinement, leg.rate() * kRefinementTime));
        leg.pass() = std::move(lossy);
        return true;
    }
    if (stale.steps.empty())
        return false;
    leg.ledger().beginRepair();
    stale.began = now;
    choose(stale, leg, scene, screen);
    leg.pass() = std::move(stale);
    return true;
}

/// Without what is under other surfaces: nobody sees it, and drawing it would draw over them.
RelayLeg::Pass Repairer::staleOf(const RelayLeg& leg, const RelayScene& scene) const
{
    Pass pass;
    for (const auto& [id, surface] : scene.surfaces()) {
        for (int tile = 0; tile < surface.grid.count(); ++tile) {
            if (leg.ledger().mark(id, tile) >= Mark::Stale
                && scene.coverOf(surface, tile) != RelayScene::Cover::Whole)
                pass.steps.push_back({id, tile, surface.tiles[static_cast<std::size_t>(tile)].version});
        }
    }
    sortNewestFirst(pass.steps);
    return pass;
}

RelayLeg::Pass Repairer::lossyOf(const RelayLeg& leg, const RelayScene& scene, TimePoint now) const
{
    Pass pass;
    pass.kind = Pass::Kind::Refine;
    for (const auto& [id, surface] : scene.surfaces()) {
        for (int tile = 0; tile < surface.grid.count(); ++tile) {
            const Mark mark = leg.ledger().mark(id, tile);
            const RelayScene::Tile& seen = surface.tiles[static_cast<std::size_t>(tile)];
            if ((mark == Mark::Fine || mark == Mark::Coarse) && now - seen.changed >= kRest
                && scene.coverOf(surface, tile) != RelayScene::Cover::Whole)
                pass.steps.push_back({id, tile, seen.version});
        }
    }
    sortNewestFirst(pass.steps);
    return pass;
}

void Repairer::choose(Pass& pass, const RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen)
{
    const double rate = leg.rate();
    for (const int level : kCoarseLevels) {
        Costs sum;
        for (const Pass::Step& step : pass.steps) {
            const TileLook& look = m_bank.look(placeOf(step.surface, scene, screen), step.tile);
            sum.lossless += m_bank.losslessOctets(look);
            sum.fine += m_bank.fineOctets(look);
            sum.coarse += m_bank.coarseOctets(look, level);
        }
        if (sum.lossless <= rate * kSharpTime) {
            pass.kind = Pass::Kind::Lossless;
            return;
        }
        if (sum.fine <= rate * kSharpTime) {
            pass.kind = Pass::Kind::Fine;
            return;
        }
        pass.kind = Pass::Kind::Coarse;
        pass.level = level;
        if (sum.coarse <= rate * kCoarseTime)
            return;
    }
}

void Repairer::sendShared(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen)
{
    Pass& pass = leg.pass();
    const std::uint64_t before = m_bank.counters().encoded;
    for (int sent = 0; !pass.isOver() && sent < 8 * kMostEncoded
         && m_bank.counters().encoded - before < kMostEncoded / RepairBank::kTilesTogether;
         ++sent) {
        const Pass::Step step = pass.steps[pass.next++];
        if (!isDue(leg, step.surface, step.tile))
            continue;
        const std::size_t octets = sendTile(leg, placeOf(step.surface, scene, screen), step.tile);
        redrawAbove(leg, scene, step.surface, step.tile);
        if (octets >= pass.octetsLeft) {
            pass.next = pass.steps.size();
            return;
        }
        pass.octetsLeft -= octets;
    }
}

/// Together with its neighbours, when they are needed as well.
std::size_t Repairer::sendTile(RelayLeg& leg, const RepairBank::Place& place, int tile)
{
    const TileGrid& grid = place.surface.grid;
    constexpr int kTogether = RepairBank::kTilesTogether;
    int first = tile - grid.columnOf(tile) % kTogether;
    int count = kTogether;
    const bool isWhole = grid.columnOf(first) + kTogether <= grid.columns();
    for (int other = first; isWhole && other < first + kTogether; ++other)
        count -= isDue(leg, place.id, other) ? 0 : 1;
    if (!isWhole || count < kTogether) {
        first = tile;
        count = 1;
    }
    const Mark mark = leg.ledger().mark(place.id, tile);
    const bool isFirstStep = leg.pass().kind == Pass::Kind::Refine && mark == Mark::Coarse;
    const auto quality = leg.pass().kind == Pass::Kind::Fine || isFirstStep ? RepairBank::Quality::Fine
                                                                            : RepairBank::Quality::Lossless;
    const RepairBank::Repair& repair = m_bank.repair(place, first, count, quality);
    const std::size_t octets = repair.octets;
    const Mark after = repair.isExact ? Mark::Exact : Mark::Fine;
    send(leg, repair.messages);
    for (int other = first; other < first + count; ++other)
        leg.ledger().setMark(place.id, other, after);
    return octets;
}

/// A piece of what is due as one message of RemoteFX for each surface; what is cheap without it goes exact.
void Repairer::sendCoarse(RelayLeg& leg, const RelayScene& scene, const GfxScreen& screen)
{
    Pass& pass = leg.pass();
    std::map<std::uint16_t, std::vector<int>> tiles;
    for (std::size_t count = 0; !pass.isOver() && count < kMostCoarse;) {
        const Pass::Step& step = pass.steps[pass.next++];
        if (!isDue(leg, step.surface, step.tile))
            continue;
        tiles[step.surface].push_back(step.tile);
        ++count;
    }
    for (auto& [id, numbers] : tiles) {
        const RepairBank::Place place = placeOf(id, scene, screen);
        std::ranges::sort(numbers);
        const RepairBank::Coarse coarse = m_bank.coarse(place, numbers, pass.level);
        send(leg, coarse.messages);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            leg.ledger().setMark(id, numbers[i], coarse.isExact[i] ? Mark::Exact : Mark::Coarse);
            redrawAbove(leg, scene, id, numbers[i]);
        }
    }
}

/// A surface that lies above a part of the tile has been drawn over. A film draws itself anew.
void Repairer::redrawAbove(RelayLeg& leg, const RelayScene& scene, std::uint16_t surface, int tile)
{
    const RelayScene::Surface& below = scene.surfaces().at(surface);
    if (scene.coverOf(below, tile) != RelayScene::Cover::Part)
        return;
    const Rect place = below.grid.tile(tile);
    for (const auto& [id, above] : scene.surfaces()) {
        if (!above.origin || above.order <= below.order)
            continue;
        leg.ledger().makeStale(id,
            {place.x + below.origin->x - above.origin->x, place.y + below.origin->y - above.origin->y,
                place.width, place.height});
    }
}

void Repairer::send(RelayLeg& leg, const RepairBank::Messages& messages)
{
    for (const auto& message : messages) {
        m_bytesSent += message->size();
        leg.send(message);
    }
}

} // namespace sightline
