#pragma once

#include "core/transport/media_transport.h"

namespace sightline {

/// What a sharing server spends on all its conferences together, and what its legs are made of.
struct SharingLimits {
    MediaTransport::Config transport;
    int maxConferences = 1000;
    int maxLegs = 1000; ///< sharers', viewers' and RDP clients'
    int legs = 0; ///< there are now

    bool isFull() const { return legs >= maxLegs; }
};

} // namespace sightline
