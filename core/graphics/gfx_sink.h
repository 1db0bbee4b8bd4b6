#pragma once

#include "core/graphics/gfx_command.h"

namespace sightline {

/// The one way in which pictures travel between parts: encoders write into a sink, the RDP graphics channel
/// is one, a relay, a recorder and a test are others.
///
/// Calls come from one thread at a time, in the order in which the commands take effect. Drawing commands
/// stand between StartFrame and EndFrame of the same number; frames do not nest. accept() never blocks.
class GfxSink {
public:
    virtual ~GfxSink() = default;
    virtual void accept(GfxCommand command) = 0;
};

} // namespace sightline
