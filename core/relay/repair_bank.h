#pragma once

#include "core/graphics/planar_encoder.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/tile_classifier.h"
#include "core/rdp/gfx_message_packer.h"
#include "core/relay/relay_scene.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace sightline {

/// Tiles of the relay's screen, encoded once for all viewers that need them. What was used last is kept, up
/// to kMostBytes. Pure.
class RepairBank {
public:
    static constexpr std::size_t kMostBytes = 24 * 1024 * 1024;
    static constexpr int kTilesTogether = 4; ///< compress better than one by one

    enum class Quality { Lossless, Fine };
    using Messages = std::vector<std::shared_ptr<const GfxMessage>>;

    /// A surface of the scene and its pixels, which belong together.
    struct Place {
        std::uint16_t id = 0;
        const RelayScene::Surface& surface;
        PictureView pixels;
    };
    /// Drawing commands, without the frame around them, that fit every channel.
    struct Repair {
        Messages messages;
        std::size_t octets = 0;
        bool isExact = true;
    };
    struct Coarse {
        Messages messages;
        std::vector<bool> isExact; ///< for each tile
    };
    struct Counters {
        std::uint64_t encoded = 0;
        std::uint64_t shared = 0;
    };

    RepairBank();

    /// Of `count` tiles, 1 or kTilesTogether, beside each other. Valid until the next call.
    const Repair& repair(const Place& place, int first, int count, Quality quality);
    /// Of some tiles, sorted, for a slow path: RemoteFX of this level, whose tiles are shared, but as exact
    /// as the relay's own where that is no larger.
    Coarse coarse(const Place& place, const std::vector<int>& tiles, int level);
    /// What the tile looks like.
    const TileLook& look(const Place& place, int tile);
    /// About how many octets a tile that looks like this takes.
    double losslessOctets(const TileLook& look) const;
    double fineOctets(const TileLook& look) const;
    double coarseOctets(const TileLook& look, int level) const;

    /// Commands of one viewer alone, compressed as those for all.
    Messages pack(const std::vector<GfxCommand>& commands);
    /// Forgets surfaces that are gone.
    void prune(const RelayScene& scene);

    const std::shared_ptr<ZgfxEncoder>& compressor() const { return m_compressor; }
    std::size_t bytes() const { return m_bytes; }
    const Counters& counters() const { return m_counters; }

    static constexpr int kCoarsest = 9;

private:
    struct Key {
        std::uint64_t generation = 0;
        std::int32_t tile = 0;
        std::int32_t kind = 0; ///< how many tiles, and their quality
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const
        {
            const auto low = static_cast<std::uint64_t>(key.tile) << 8 | static_cast<std::uint64_t>(key.kind);
            return std::hash<std::uint64_t>()((key.generation << 40 ^ low) * 0x9E3779B97F4A7C15U);
        }
    };
    struct Entry {
        std::uint32_t version = 0;
        Repair repair;
        Bytes tile;
        std::size_t bytes = 0;
        std::list<Key>::iterator use;
    };
    struct Look {
        std::uint32_t version = 0;
        TileLook look;
    };

    Entry& entry(const Key& key, std::uint32_t version, bool& isNew);
    void account(Entry& entry, std::size_t bytes);
    std::vector<GfxCommand> commandsFor(const Place& place, int first, int count, Quality quality);
    TileData planar(const Place& place, const Rect& rect);
    ByteView coarseTile(const Place& place, int tile, int level);
    RemoteFxEncoder& coarseEncoder(int level, std::size_t use);
    bool isPhoto(const Place& place, int tile);
    void learn(const Place& place, int first, int count, const Repair& repair);

    std::unordered_map<Key, Entry, KeyHash> m_entries;
    std::list<Key> m_uses; ///< the latest first
    std::map<std::uint64_t, std::vector<Look>> m_looks; ///< by generation
    std::size_t m_bytes = 0;
    Counters m_counters;
    std::shared_ptr<ZgfxEncoder> m_compressor;
    GfxMessagePacker m_packer;
    PlanarEncoder m_planar;
    RemoteFxEncoder m_fine;
    // By level: one for tiles, one for messages.
    std::array<std::array<std::unique_ptr<RemoteFxEncoder>, 2>, kCoarsest + 1> m_coarse;
    // Lately, in octets of a tile, and for each octet that a tile seems to take:
    std::array<double, kCoarsest + 1> m_coarseOctets{};
    double m_fineOctets = 1200;
    double m_compression = 0.6;
};

} // namespace sightline
