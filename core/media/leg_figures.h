#pragma once

#include "core/transport/transport_path.h"

namespace sightline {

/// What people want to know of a leg's path, over the time since it was asked for last.
struct LegFigures {
    TransportPath path;
    double roundTripMs = 0;
    double kbitPerSecond = 0; ///< on the wire, both directions
    double lossPercent = 0; ///< of the packets that this side sent
};

} // namespace sightline
