#pragma once

#include "core/rdp/gfx_message_packer.h"
#include "core/relay/relay_leg.h"

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace sightline {

/// Passes the sharer's commands on: packs them once for all viewers that get the same ones. Viewers that can
/// decode different ones, or whose caches hold different things, part on the way. Pure.
class RelayLanes {
public:
    explicit RelayLanes(std::shared_ptr<ZgfxEncoder> compressor);

    /// Those that get what comes now, and are marked so until end(). They are in no frame.
    void begin(const std::vector<RelayLeg*>& legs);
    bool isActive() const { return m_isActive; }
    std::size_t legCount() const;

    void startFrame(std::uint32_t frame);
    /// Before the scene applies it. Full messages leave at once.
    void add(const GfxCommand& command, const CommandEffect& effect, const RelayScene& scene);
    void endFrame();
    /// Everything leaves that was added.
    void end();
    void remove(RelayLeg* leg);

    std::uint64_t bytesSent() const { return m_bytesSent; } ///< to all legs
    double compression() const { return m_compression; } ///< octets sent for each octet of commands, lately

private:
    struct Lane {
        GfxMessagePacker packer;
        std::vector<RelayLeg*> legs;
    };

    void part(std::list<Lane>::iterator lane, std::vector<RelayLeg*>::iterator first);
    void flush(Lane& lane);
    void deliver(Lane& lane);
    void sendFinished(Lane& lane);
    void cutOverrun(Lane& lane);

    std::shared_ptr<ZgfxEncoder> m_compressor;
    std::list<Lane> m_lanes;
    bool m_isActive = false;
    std::optional<std::uint32_t> m_frame;
    std::uint64_t m_bytesSent = 0;
    double m_compression = 1;
};

} // namespace sightline
