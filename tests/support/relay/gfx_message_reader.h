#pragma once

#include "core/graphics/gfx_command.h"
#include "core/graphics/zgfx_decoder.h"

#include <functional>

namespace sightline {

/// Makes commands of messages of a graphics channel again, as its other end does.
class GfxMessageReader {
public:
    /// False: malformed.
    bool read(ByteView message, const std::function<void(const GfxCommand&)>& each);

private:
    ZgfxDecoder m_zgfx;
};

} // namespace sightline
