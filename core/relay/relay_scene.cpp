#include "core/relay/relay_scene.h"

#include "core/graphics/avc420_stream.h"
#include "core/graphics/remotefx_decoder.h"

namespace sightline {

namespace {

using namespace std::chrono_literals;

Rect moved(const Rect& rect, Point by)
{
    return {rect.x + by.x, rect.y + by.y, rect.width, rect.height};
}

/// Where tiles of the message and its areas meet: nothing else is drawn.
Rects areasOf(const RemoteFxMessage& message, const Rect& place)
{
    Rects areas;
    for (const RemoteFxMessage::Tile& tile : message.tiles) {
        const Rect whole{tile.column * kRemoteFxTile, tile.row * kRemoteFxTile, kRemoteFxTile, kRemoteFxTile};
        for (const Rect& area : message.areas) {
            const Rect part = intersected(moved(intersected(whole, area), {place.x, place.y}), place);
            if (!part.isEmpty())
                areas.push_back(part);
        }
    }
    return areas;
}

CommandEffect effectOfTile(const TileData& tile)
{
    CommandEffect effect{tile.surface, {tile.rect}};
    if (tile.codec == TileCodec::RemoteFx) {
        if (const Result<RemoteFxMessage> message = parseRemoteFx(*tile.payload))
            effect.areas = areasOf(*message, tile.rect);
    } else if (tile.codec == TileCodec::Avc420) {
        effect.isFilm = true;
        if (const Result<Avc420Stream> stream = parseAvc420(*tile.payload)) {
            effect.areas = stream->areas;
            effect.isKeyPicture = stream->isKey;
        }
    }
    return effect;
}

Rects placesOf(const std::vector<Point>& destinations, Size size)
{
    Rects places;
    for (const Point& at : destinations)
        places.push_back({at.x, at.y, size.width, size.height});
    return places;
}

} // namespace

CommandEffect RelayScene::effectOf(const GfxCommand& command) const
{
    if (const auto* tile = std::get_if<TileData>(&command))
        return effectOfTile(*tile);
    if (const auto* fill = std::get_if<SolidFill>(&command))
        return {fill->surface, fill->rects};
    if (const auto* copy = std::get_if<SurfaceToSurface>(&command))
        return {copy->to, placesOf(copy->destinations, {copy->source.width, copy->source.height})};
    if (const auto* draw = std::get_if<CacheToSurface>(&command)) {
        const auto found = m_cache.find(draw->slot);
        if (found != m_cache.end())
            return {draw->surface, placesOf(draw->destinations, found->second)};
    }
    return {};
}

void RelayScene::apply(const GfxCommand& command, const CommandEffect& effect, TimePoint now)
{
    if (const auto* reset = std::get_if<ResetGraphics>(&command)) {
        m_output = *reset;
        ++m_resets;
        m_surfaces.clear();
        m_cache.clear();
    } else if (const auto* create = std::get_if<CreateSurface>(&command)) {
        Surface surface;
        surface.generation = ++m_generations;
        surface.grid = {create->size};
        surface.tiles.resize(static_cast<std::size_t>(surface.grid.count()));
        m_surfaces.insert_or_assign(create->surface, std::move(surface));
    } else if (const auto* deletion = std::get_if<DeleteSurface>(&command)) {
        m_surfaces.erase(deletion->surface);
    } else if (const auto* map = std::get_if<MapSurfaceToOutput>(&command)) {
        m_surfaces[map->surface].origin = map->origin;
        m_surfaces[map->surface].order = ++m_orders;
    } else if (const auto* keep = std::get_if<SurfaceToCache>(&command)) {
        m_cache[keep->slot] = {keep->source.width, keep->source.height};
    } else if (const auto* evict = std::get_if<EvictCacheEntry>(&command)) {
        m_cache.erase(evict->slot);
    } else if (!effect.areas.empty()) {
        touch(effect, now);
        const auto* tile = std::get_if<TileData>(&command);
        if (tile && effect.isFilm)
            countFilm(m_surfaces[tile->surface], tile->payload->size(), now);
    }
}

void RelayScene::touch(const CommandEffect& effect, TimePoint now)
{
    Surface& surface = m_surfaces[effect.surface];
    ++m_version;
    for (const Rect& area : effect.areas) {
        surface.grid.forEachTile(area, [&](int tile, const Rect&) {
            surface.tiles[static_cast<std::size_t>(tile)] = {m_version, now};
        });
    }
}

void RelayScene::countFilm(Surface& surface, std::size_t octets, TimePoint now)
{
    if (!surface.hasFilm || now - surface.filmSince >= 1s) {
        surface.filmRate = surface.filmBytes;
        surface.filmBytes = 0;
        surface.filmSince = now;
        surface.hasFilm = true;
    }
    surface.filmBytes += octets;
}

std::size_t RelayScene::octetsOf(std::uint16_t slot) const
{
    const auto found = m_cache.find(slot);
    return found == m_cache.end()
        ? 0
        : static_cast<std::size_t>(found->second.width) * static_cast<std::size_t>(found->second.height) * 4;
}

RelayScene::Cover RelayScene::coverOf(const Surface& surface, int tile) const
{
    if (!surface.origin || m_surfaces.size() < 2)
        return Cover::None;
    const Rect place = moved(surface.grid.tile(tile), *surface.origin);
    Cover cover = Cover::None;
    for (const auto& [id, other] : m_surfaces) {
        if (!other.origin || other.order <= surface.order)
            continue;
        const Rect above = moved(other.grid.picture(), *other.origin);
        if (above.contains(place))
            return Cover::Whole;
        if (!intersected(above, place).isEmpty())
            cover = Cover::Part;
    }
    return cover;
}

} // namespace sightline
