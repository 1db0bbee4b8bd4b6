#include "core/relay/repair_bank.h"

#include "core/graphics/rect_merge.h"

#include <algorithm>
#include <cmath>

namespace sightline {

namespace {

// As the sharer's encoder decides (core/graphics/frame_plan.cpp).
constexpr int kPhotoOctets = 64 * 64 * 3 / 4;
constexpr int kFewColors = 24;

// What a planar tile costs beside its pixels, and a fill.
constexpr double kTileHeader = 30;
constexpr double kFillOctets = 10;
// How much one tile counts against those before it.
constexpr double kLearning = 1.0 / 32;

// A path so slow that packing goes for the fewest octets: what is made here is shared and small.
constexpr double kAnySlowPath = 1;

SharedBytes shared(std::span<const std::uint8_t> octets)
{
    return std::make_shared<const Bytes>(octets.begin(), octets.end());
}

} // namespace

RepairBank::RepairBank()
    : m_compressor(std::make_shared<ZgfxEncoder>(ZgfxEncoder::Scope::Segment))
    , m_packer(m_compressor)
{
    m_packer.setPathRate(kAnySlowPath);
    // First guesses, until there are figures: a page of text.
    for (int level = 0; level <= kCoarsest; ++level)
        m_coarseOctets[static_cast<std::size_t>(level)] = 1600 * std::pow(0.74, level);
}

RepairBank::Entry& RepairBank::entry(const Key& key, std::uint32_t version, bool& isNew)
{
    const auto [found, isInserted] = m_entries.try_emplace(key);
    Entry& entry = found->second;
    if (isInserted)
        entry.use = m_uses.insert(m_uses.begin(), key);
    else
        m_uses.splice(m_uses.begin(), m_uses, entry.use);
    isNew = isInserted || entry.version != version;
    entry.version = version;
    ++(isNew ? m_counters.encoded : m_counters.shared);
    return entry;
}

/// The entry, which is the latest, takes so much now; others leave.
void RepairBank::account(Entry& entry, std::size_t bytes)
{
    bytes += sizeof(Entry) + sizeof(Key);
    m_bytes += bytes - std::exchange(entry.bytes, bytes);
    while (m_bytes > kMostBytes && m_uses.size() > 1) {
        const auto oldest = m_entries.find(m_uses.back());
        m_bytes -= oldest->second.bytes;
        m_uses.pop_back();
        m_entries.erase(oldest);
    }
}

const RepairBank::Repair& RepairBank::repair(const Place& place, int first, int count, Quality quality)
{
    std::uint32_t version = 0;
    for (int tile = first; tile < first + count; ++tile)
        version = std::max(version, place.surface.tiles[static_cast<std::size_t>(tile)].version);
    bool isNew = false;
    Entry& there = entry(
        {place.surface.generation, first, count * 2 + (quality == Quality::Fine ? 1 : 0)}, version, isNew);
    if (!isNew)
        return there.repair;
    const std::vector<GfxCommand> commands = commandsFor(place, first, count, quality);
    there.repair = {pack(commands)};
    for (const auto& message : there.repair.messages)
        there.repair.octets += message->size();
    there.repair.isExact = std::ranges::none_of(commands, [](const GfxCommand& command) {
        const auto* tile = std::get_if<TileData>(&command);
        return tile && tile->codec == TileCodec::RemoteFx;
    });
    learn(place, first, count, there.repair);
    account(there, there.repair.octets + there.repair.messages.size() * sizeof(GfxMessage));
    return there.repair;
}

std::vector<GfxCommand> RepairBank::commandsFor(const Place& place, int first, int count, Quality quality)
{
    std::map<std::uint32_t, Rects> fills;
    Rects strips;
    const TileGrid& grid = place.surface.grid;
    bool hasPhoto = false;
    const Rect rowOfTiles = united(grid.tile(first), grid.tile(first + count - 1));
    m_fine.begin({rowOfTiles.x, rowOfTiles.y, rowOfTiles.width, rowOfTiles.height});
    for (int tile = first; tile < first + count; ++tile) {
        const Rect rect = grid.tile(tile);
        const TileLook& seen = look(place, tile);
        if (seen.isOneColor) {
            fills[seen.color].push_back(rect);
        } else if (quality == Quality::Fine && isPhoto(place, tile)) {
            m_fine.add(place.pixels, rect);
            hasPhoto = true;
        } else if (!strips.empty() && strips.back().right() == rect.x) {
            strips.back().width += rect.width;
        } else {
            strips.push_back(rect);
        }
    }
    std::vector<GfxCommand> commands;
    for (auto& [color, rects] : fills)
        commands.emplace_back(SolidFill{place.id, color, std::move(rects)});
    for (const Rect& strip : strips)
        commands.emplace_back(planar(place, strip));
    if (hasPhoto)
        commands.emplace_back(TileData{place.id, TileCodec::RemoteFx, rowOfTiles, shared(m_fine.finish())});
    return commands;
}

TileData RepairBank::planar(const Place& place, const Rect& rect)
{
    return {place.id, TileCodec::Planar, rect, shared(m_planar.encode(place.pixels.part(rect)))};
}

bool RepairBank::isPhoto(const Place& place, int tile)
{
    return look(place, tile).planarBytes > kPhotoOctets
        && hasMoreColorsThan(kFewColors, place.pixels.part(place.surface.grid.tile(tile)));
}

RepairBank::Coarse RepairBank::coarse(const Place& place, const std::vector<int>& tiles, int level)
{
    std::map<std::uint32_t, Rects> fills;
    std::vector<GfxCommand> commands;
    Coarse coarse;
    RemoteFxEncoder& encoder = coarseEncoder(level, 1);
    Rect bounds;
    for (const int tile : tiles)
        bounds = united(bounds, place.surface.grid.tile(tile));
    encoder.begin(bounds);
    for (const int tile : tiles) {
        const Rect rect = place.surface.grid.tile(tile);
        const TileLook& seen = look(place, tile);
        const bool isCheap = losslessOctets(seen) <= m_coarseOctets[static_cast<std::size_t>(level)];
        coarse.isExact.push_back(isCheap);
        if (seen.isOneColor)
            fills[seen.color].push_back(rect);
        else if (isCheap)
            commands.emplace_back(planar(place, rect));
        else
            encoder.addEncoded(rect, coarseTile(place, tile, level));
    }
    for (auto& [color, rects] : fills)
        commands.emplace_back(SolidFill{place.id, color, mergeRects(rects)});
    if (encoder.size() > 0)
        commands.emplace_back(TileData{place.id, TileCodec::RemoteFx, bounds, shared(encoder.finish())});
    coarse.messages = pack(commands);
    return coarse;
}

double RepairBank::losslessOctets(const TileLook& look) const
{
    return look.isOneColor ? kFillOctets : kTileHeader + look.planarBytes * m_compression;
}

double RepairBank::fineOctets(const TileLook& look) const
{
    const double lossless = losslessOctets(look);
    return look.planarBytes > kPhotoOctets ? std::min(lossless, m_fineOctets) : lossless;
}

double RepairBank::coarseOctets(const TileLook& look, int level) const
{
    return std::min(losslessOctets(look), m_coarseOctets[static_cast<std::size_t>(level)]);
}

void RepairBank::learn(const Place& place, int first, int count, const Repair& repair)
{
    double planarOctets = 0;
    int tiles = 0;
    for (int tile = first; tile < first + count; ++tile) {
        const TileLook& seen = look(place, tile);
        tiles += seen.isOneColor ? 0 : 1;
        planarOctets += seen.isOneColor ? 0 : seen.planarBytes;
    }
    if (tiles == 0)
        return;
    const auto octets = static_cast<double>(repair.octets);
    if (repair.isExact)
        m_compression += (std::min(1.0, octets / (planarOctets + kTileHeader)) - m_compression) * kLearning;
    else
        m_fineOctets += (octets / tiles - m_fineOctets) * kLearning;
}

RemoteFxEncoder& RepairBank::coarseEncoder(int level, std::size_t use)
{
    auto& encoder = m_coarse[static_cast<std::size_t>(level)][use];
    if (!encoder)
        encoder = std::make_unique<RemoteFxEncoder>(level);
    return *encoder;
}

ByteView RepairBank::coarseTile(const Place& place, int tile, int level)
{
    constexpr int kCoarseKinds = 100; // beyond those of repair()
    bool isNew = false;
    Entry& there = entry({place.surface.generation, tile, kCoarseKinds + level},
        place.surface.tiles[static_cast<std::size_t>(tile)].version, isNew);
    if (!isNew)
        return there.tile;
    RemoteFxEncoder& encoder = coarseEncoder(level, 0);
    encoder.begin(place.surface.grid.picture());
    encoder.add(place.pixels, place.surface.grid.tile(tile));
    const auto octets = encoder.lastTile();
    there.tile.assign(octets.begin(), octets.end());
    double& average = m_coarseOctets[static_cast<std::size_t>(level)];
    average += (static_cast<double>(octets.size()) - average) * kLearning;
    account(there, there.tile.capacity());
    return there.tile;
}

const TileLook& RepairBank::look(const Place& place, int tile)
{
    std::vector<Look>& looks = m_looks[place.surface.generation];
    looks.resize(place.surface.tiles.size());
    Look& seen = looks[static_cast<std::size_t>(tile)];
    const std::uint32_t version = place.surface.tiles[static_cast<std::size_t>(tile)].version;
    if (seen.version != version || version == 0)
        seen = {version, lookAt(place.pixels.part(place.surface.grid.tile(tile)))};
    return seen.look;
}

RepairBank::Messages RepairBank::pack(const std::vector<GfxCommand>& commands)
{
    for (const GfxCommand& command : commands)
        m_packer.add(command, 0);
    m_packer.flush();
    Messages messages;
    while (std::optional<GfxMessage> message = m_packer.takeFinished())
        messages.push_back(std::make_shared<const GfxMessage>(std::move(*message)));
    return messages;
}

void RepairBank::prune(const RelayScene& scene)
{
    std::erase_if(m_looks, [&](const auto& entry) {
        return std::ranges::none_of(
            scene.surfaces(), [&](const auto& surface) { return surface.second.generation == entry.first; });
    });
}

} // namespace sightline
