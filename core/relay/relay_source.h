#pragma once

#include "core/base/error.h"
#include "core/graphics/gfx_sink.h"

#include <functional>

namespace sightline {

/// Where the sharer's graphics commands go in. From one thread at a time; accept() never blocks. Destroying
/// it detaches the source: none of its handlers runs afterwards, and viewers keep the last picture.
class RelaySource : public GfxSink {};

/// Called on the relay's thread, must not block, and must not destroy the source.
struct RelaySourceHandlers {
    /// Tell the sharer: viewers that are quick have every frame up to this one, of its own numbering.
    std::function<void(std::uint32_t frame)> acknowledge = {};
    /// Ask the sharer for these areas of its output anew, with a key picture where a film is; at most once a
    /// second.
    std::function<void(const Rects& areas)> refresh = {};
    /// The sharer sends what makes no sense (RdpFailed): nothing of it is taken any more. Once.
    std::function<void(const Error&)> failed = {};
};

} // namespace sightline
