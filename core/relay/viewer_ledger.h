#pragma once

#include "core/graphics/viewer_abilities.h"
#include "core/relay/relay_scene.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace sightline {

/// What one viewer's screen lacks, compared with the relay's: tile by tile where its surfaces are stale or
/// only lossily right, whether it can decode the next picture of a film, and which slots of its cache hold
/// what. Always told of every command, whether the viewer gets it or not. When in doubt it believes the
/// worse, so a viewer without marks shows the same as the relay. Memory: an octet a tile, four a slot. Pure.
class ViewerLedger {
public:
    enum class Mark : std::uint8_t {
        Exact,
        Fine, ///< lossy, nobody sees it
        Coarse, ///< lossy, everybody sees it
        Stale, ///< shows something older
        Due, ///< stale, and part of the repair that has begun
    };
    static constexpr std::size_t kMarks = 5;

    explicit ViewerLedger(const ViewerAbilities& abilities);

    /// Has it the surfaces of the scene, and nothing else? Only then it may get commands.
    bool isReconciled(const RelayScene& scene) const;
    /// Commands that make it so; what new surfaces show is stale then.
    std::vector<GfxCommand> reconcile(const RelayScene& scene);
    /// The viewer has nothing (any more).
    void forget();

    bool hasAnything() const { return m_resets != 0; }

    // Before the scene applies the command; `effect` by that scene.
    /// May the viewer get it? Then this assumes that it does; otherwise that it does not.
    bool deliver(const GfxCommand& command, const CommandEffect& effect, const RelayScene& scene);
    /// It does not get it.
    void miss(const GfxCommand& command, const CommandEffect& effect);

    /// Exact when there is no such tile.
    Mark mark(std::uint16_t surface, int tile) const;
    void setMark(std::uint16_t surface, int tile, Mark mark);
    /// Everything stale is due.
    void beginRepair();
    void makeStale(std::uint16_t surface, const Rect& area);

    int count(Mark mark) const; ///< of tiles
    bool isStale() const { return count(Mark::Stale) + count(Mark::Due) > 0; }
    bool isLossy() const { return count(Mark::Fine) + count(Mark::Coarse) > 0; }
    /// A film is on this surface whose next picture the viewer cannot decode, although it decodes films.
    bool lacksFilm(std::uint16_t surface) const;

    std::size_t bytes() const;

private:
    struct Held {
        std::uint64_t generation = 0;
        std::optional<Point> origin;
        TileGrid grid;
        std::vector<Mark> marks;
        bool hasFilm = false;
    };
    /// In the lower bits of a slot the mark of its pixels, or kLeftOver; above them how many octets they
    /// have.
    using Slot = std::uint32_t;

    Held* held(std::uint16_t surface);
    void set(Held& surface, int tile, Mark mark);
    void drop(Held& surface);
    void cover(const CommandEffect& effect, Mark mark);
    void stain(const CommandEffect& effect);
    Mark worst(const Held& surface, const Rect& area) const;
    void copy(const SurfaceToSurface& command);
    bool keep(const SurfaceToCache& command);
    bool evict(std::uint16_t slot);
    bool draw(const CacheToSurface& command, const CommandEffect& effect);
    void leaveOver(std::uint16_t slot);
    Slot* filled(std::uint16_t slot);
    void empty(Slot& slot);
    void create(const CreateSurface& command, std::uint64_t generation);

    ViewerAbilities m_abilities;
    std::uint64_t m_resets = 0; ///< the scene's at the viewer's last one; 0: the viewer has nothing
    std::map<std::uint16_t, Held> m_surfaces;
    std::array<int, kMarks> m_counts{};
    std::vector<Slot> m_slots; ///< by number
    std::size_t m_cacheOctets = 0;
    int m_leftOver = 0; ///< slots that hold what the relay's cache does not
};

} // namespace sightline
