#pragma once

// For the .cpp files of this folder only.

#include "core/rdp/host_peer.h"

#include <freerdp/freerdp.h>
#include <freerdp/peer.h>

namespace sightline {

/// What FreeRDP's callbacks get to see of a peer, and how they find the way back to us.
struct PeerContext {
    rdpContext base;
    HostPeer* self;
    psPeerReceiveChannelData receiveChannelData; ///< the channel manager's
    Size desktop;

    static PeerContext& of(rdpContext* context) { return *reinterpret_cast<PeerContext*>(context); }
};

/// Before Initialize() of the peer.
void installHostCallbacks(freerdp_peer* peer);
/// After it: FreeRDP has set its own by then.
void installHostDataCallbacks(freerdp_peer* peer);

} // namespace sightline
