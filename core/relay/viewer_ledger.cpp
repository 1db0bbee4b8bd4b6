#include "core/relay/viewer_ledger.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

constexpr std::uint32_t kStateBits = 3;
constexpr std::uint32_t kStateMask = (1U << kStateBits) - 1;
constexpr std::uint32_t kLeftOver = kStateMask;

std::size_t octetsIn(std::uint32_t slot)
{
    return static_cast<std::size_t>(slot >> kStateBits) * 4;
}

ViewerLedger::Mark notDue(ViewerLedger::Mark mark)
{
    return mark == ViewerLedger::Mark::Due ? ViewerLedger::Mark::Stale : mark;
}

/// Both may be wrong. What is due stays so.
ViewerLedger::Mark worse(ViewerLedger::Mark own, ViewerLedger::Mark other)
{
    return std::max(own, notDue(other));
}

} // namespace

ViewerLedger::ViewerLedger(const ViewerAbilities& abilities)
    : m_abilities(abilities)
{
}

void ViewerLedger::forget()
{
    *this = ViewerLedger(m_abilities);
}

bool ViewerLedger::isReconciled(const RelayScene& scene) const
{
    if (m_resets != scene.resets() || m_leftOver > 0 || m_surfaces.size() != scene.surfaces().size())
        return false;
    return std::ranges::all_of(m_surfaces, [&](const auto& entry) {
        const auto found = scene.surfaces().find(entry.first);
        return found != scene.surfaces().end() && found->second.generation == entry.second.generation
            && found->second.origin == entry.second.origin;
    });
}

std::vector<GfxCommand> ViewerLedger::reconcile(const RelayScene& scene)
{
    std::vector<GfxCommand> commands;
    if (m_resets != scene.resets()) {
        forget();
        m_resets = scene.resets();
        commands.emplace_back(scene.output());
    }
    for (std::size_t slot = 1; m_leftOver > 0 && slot < m_slots.size(); ++slot) {
        if ((m_slots[slot] & kStateMask) != kLeftOver || m_slots[slot] == 0)
            continue;
        commands.emplace_back(EvictCacheEntry{static_cast<std::uint16_t>(slot)});
        empty(m_slots[slot]);
        --m_leftOver;
    }
    for (auto it = m_surfaces.begin(); it != m_surfaces.end();) {
        const auto found = scene.surfaces().find(it->first);
        if (found != scene.surfaces().end() && found->second.generation == it->second.generation) {
            ++it;
            continue;
        }
        commands.emplace_back(DeleteSurface{it->first});
        drop(it->second);
        it = m_surfaces.erase(it);
    }
    // The lowest first: what is mapped last is on top.
    std::vector<std::uint16_t> order;
    for (const auto& [id, surface] : scene.surfaces())
        order.push_back(id);
    std::ranges::sort(order, {}, [&](std::uint16_t id) { return scene.surfaces().at(id).order; });
    for (const std::uint16_t id : order) {
        const RelayScene::Surface& surface = scene.surfaces().at(id);
        if (!held(id)) {
            commands.emplace_back(CreateSurface{id, surface.grid.size});
            create({id, surface.grid.size}, surface.generation);
            for (int tile = 0; tile < surface.grid.count(); ++tile) {
                if (surface.tiles[static_cast<std::size_t>(tile)].version != 0)
                    set(*held(id), tile, Mark::Stale);
            }
        }
        if (surface.origin && held(id)->origin != surface.origin) {
            commands.emplace_back(MapSurfaceToOutput{id, *surface.origin});
            held(id)->origin = surface.origin;
        }
    }
    return commands;
}

bool ViewerLedger::deliver(const GfxCommand& command, const CommandEffect& effect, const RelayScene& scene)
{
    if (std::holds_alternative<ResetGraphics>(command)) {
        forget();
        m_resets = scene.resets() + 1;
        return true;
    }
    if (const auto* creation = std::get_if<CreateSurface>(&command)) {
        create(*creation, scene.nextGeneration());
        return true;
    }
    if (const auto* deletion = std::get_if<DeleteSurface>(&command)) {
        if (Held* const surface = held(deletion->surface))
            drop(*surface);
        m_surfaces.erase(deletion->surface);
        return true;
    }
    if (const auto* map = std::get_if<MapSurfaceToOutput>(&command)) {
        if (Held* const surface = held(map->surface))
            surface->origin = map->origin;
        return true;
    }
    if (const auto* keeping = std::get_if<SurfaceToCache>(&command))
        return keep(*keeping);
    if (const auto* eviction = std::get_if<EvictCacheEntry>(&command))
        return evict(eviction->slot);
    if (const auto* drawing = std::get_if<CacheToSurface>(&command))
        return draw(*drawing, effect);
    if (const auto* copying = std::get_if<SurfaceToSurface>(&command)) {
        copy(*copying);
        return true;
    }
    if (effect.isFilm) {
        Held* const surface = held(effect.surface);
        const bool isDecodable = surface && m_abilities.avc420 && (surface->hasFilm || effect.isKeyPicture);
        if (!isDecodable) {
            miss(command, effect);
            return false;
        }
        surface->hasFilm = true;
    }
    cover(effect, Mark::Exact);
    return true;
}

void ViewerLedger::miss(const GfxCommand& command, const CommandEffect& effect)
{
    if (const auto* keeping = std::get_if<SurfaceToCache>(&command))
        leaveOver(keeping->slot);
    else if (const auto* eviction = std::get_if<EvictCacheEntry>(&command))
        leaveOver(eviction->slot);
    Held* const surface = held(effect.surface);
    if (surface && effect.isFilm)
        surface->hasFilm = false;
    stain(effect);
}

ViewerLedger::Mark ViewerLedger::mark(std::uint16_t surface, int tile) const
{
    const auto found = m_surfaces.find(surface);
    const auto index = static_cast<std::size_t>(tile);
    return found == m_surfaces.end() || index >= found->second.marks.size() ? Mark::Exact
                                                                            : found->second.marks[index];
}

void ViewerLedger::setMark(std::uint16_t surface, int tile, Mark mark)
{
    if (Held* const there = held(surface))
        set(*there, tile, mark);
}

void ViewerLedger::beginRepair()
{
    for (auto& [id, surface] : m_surfaces)
        std::ranges::replace(surface.marks, Mark::Stale, Mark::Due);
    m_counts[std::size_t(Mark::Due)] += std::exchange(m_counts[std::size_t(Mark::Stale)], 0);
}

void ViewerLedger::makeStale(std::uint16_t surface, const Rect& area)
{
    stain({surface, {area}});
}

int ViewerLedger::count(Mark mark) const
{
    return m_counts[static_cast<std::size_t>(mark)];
}

bool ViewerLedger::lacksFilm(std::uint16_t surface) const
{
    const auto found = m_surfaces.find(surface);
    return m_abilities.avc420 && found != m_surfaces.end() && !found->second.hasFilm;
}

std::size_t ViewerLedger::bytes() const
{
    std::size_t bytes = sizeof *this + m_slots.capacity() * sizeof(Slot);
    for (const auto& [id, surface] : m_surfaces)
        bytes += sizeof surface + surface.marks.capacity() * sizeof(Mark);
    return bytes;
}

ViewerLedger::Held* ViewerLedger::held(std::uint16_t surface)
{
    const auto found = m_surfaces.find(surface);
    return found == m_surfaces.end() ? nullptr : &found->second;
}

void ViewerLedger::create(const CreateSurface& command, std::uint64_t generation)
{
    Held surface;
    surface.generation = generation;
    surface.grid = {command.size};
    surface.marks.resize(static_cast<std::size_t>(surface.grid.count()), Mark::Exact);
    m_counts[std::size_t(Mark::Exact)] += surface.grid.count();
    m_surfaces.insert_or_assign(command.surface, std::move(surface));
}

void ViewerLedger::drop(Held& surface)
{
    for (const Mark mark : surface.marks)
        --m_counts[static_cast<std::size_t>(mark)];
    surface.marks.clear();
}

void ViewerLedger::set(Held& surface, int tile, Mark mark)
{
    Mark& own = surface.marks[static_cast<std::size_t>(tile)];
    --m_counts[static_cast<std::size_t>(own)];
    ++m_counts[static_cast<std::size_t>(mark)];
    own = mark;
}

/// The viewer gets pixels that are as right as `mark` says.
void ViewerLedger::cover(const CommandEffect& effect, Mark mark)
{
    Held* const surface = held(effect.surface);
    if (!surface || (mark == Mark::Exact && !isStale() && !isLossy()))
        return;
    for (const Rect& area : effect.areas) {
        surface->grid.forEachTile(area, [&](int tile, const Rect& part) {
            const Mark own = surface->marks[static_cast<std::size_t>(tile)];
            set(*surface, tile, part == surface->grid.tile(tile) ? notDue(mark) : worse(own, mark));
        });
    }
}

/// The viewer does not get what is drawn.
void ViewerLedger::stain(const CommandEffect& effect)
{
    Held* const surface = held(effect.surface);
    if (!surface)
        return;
    for (const Rect& area : effect.areas) {
        surface->grid.forEachTile(area, [&](int tile, const Rect&) {
            set(*surface, tile, worse(surface->marks[static_cast<std::size_t>(tile)], Mark::Stale));
        });
    }
}

ViewerLedger::Mark ViewerLedger::worst(const Held& surface, const Rect& area) const
{
    Mark worst = Mark::Exact;
    surface.grid.forEachTile(area,
        [&](int tile, const Rect&) { worst = worse(worst, surface.marks[static_cast<std::size_t>(tile)]); });
    return worst;
}

void ViewerLedger::copy(const SurfaceToSurface& command)
{
    Held* const to = held(command.to);
    const Held* const from = held(command.from);
    if (!to || !from || (!isStale() && !isLossy()))
        return;
    const Held before = *from; // the target may be part of the source
    for (const Point& at : command.destinations) {
        const Rect target{at.x, at.y, command.source.width, command.source.height};
        to->grid.forEachTile(target, [&](int tile, const Rect& part) {
            const Mark copied = worst(before,
                {part.x - at.x + command.source.x, part.y - at.y + command.source.y, part.width,
                    part.height});
            const Mark own = to->marks[static_cast<std::size_t>(tile)];
            set(*to, tile, part == to->grid.tile(tile) ? notDue(copied) : worse(own, copied));
        });
    }
}

/// Null when the slot is empty.
ViewerLedger::Slot* ViewerLedger::filled(std::uint16_t slot)
{
    return slot < m_slots.size() && m_slots[slot] != 0 ? &m_slots[slot] : nullptr;
}

void ViewerLedger::empty(Slot& slot)
{
    m_cacheOctets -= octetsIn(slot);
    slot = 0;
}

/// What the viewer has in this slot is something else than the relay has.
void ViewerLedger::leaveOver(std::uint16_t slot)
{
    Slot* const there = filled(slot);
    if (!there || (*there & kStateMask) == kLeftOver)
        return;
    *there |= kLeftOver;
    ++m_leftOver;
}

bool ViewerLedger::keep(const SurfaceToCache& command)
{
    Held* const surface = held(command.surface);
    const auto octets = static_cast<std::size_t>(command.source.area()) * 4;
    if (!surface || filled(command.slot)) {
        leaveOver(command.slot);
        return false;
    }
    if (command.slot > m_abilities.cacheSlots || octets > m_abilities.cacheBytes - m_cacheOctets)
        return false;
    if (m_slots.size() <= command.slot)
        m_slots.resize(std::size_t(command.slot) + 1);
    m_slots[command.slot]
        = static_cast<Slot>(octets / 4) << kStateBits | static_cast<Slot>(worst(*surface, command.source));
    m_cacheOctets += octets;
    return true;
}

bool ViewerLedger::evict(std::uint16_t slot)
{
    Slot* const there = filled(slot);
    if (!there)
        return false;
    if ((*there & kStateMask) == kLeftOver)
        --m_leftOver;
    empty(*there);
    return true;
}

bool ViewerLedger::draw(const CacheToSurface& command, const CommandEffect& effect)
{
    const Slot* const there = filled(command.slot);
    if (!there || (*there & kStateMask) == kLeftOver) {
        stain(effect);
        return false;
    }
    cover(effect, static_cast<Mark>(*there & kStateMask));
    return true;
}

} // namespace sightline
