#pragma once

// For the .cpp files of this folder only.

#include "core/rdp/bitmap_sender.h"
#include "core/rdp/connection_breaker.h"
#include "core/rdp/freerdp_handles.h"
#include "core/rdp/freerdp_library.h"
#include "core/rdp/gfx_channel.h"
#include "core/rdp/host_peer.h"

#include <optional>

namespace sightline {

/// FreeRDP's part of a HostPeer.
struct HostPeer::Connection {
    explicit Connection(int fd)
        : breaker(fd)
    {
    }

    /// On the thread that used it: after some errors FreeRDP leaves a lock of that thread behind, on which
    /// any other one would wait for ever.
    void releasePeer()
    {
        graphics.reset();
        manager.reset();
        peer.reset();
    }

    FreeRdpLibrary library;
    ConnectionBreaker breaker;
    EventPtr wake{CreateEvent(nullptr, TRUE, FALSE, nullptr)};
    PeerPtr peer;
    ChannelManagerPtr manager;
    std::optional<GfxChannel> graphics;
    BitmapSender bitmaps; ///< of a guest without a graphics channel
};

} // namespace sightline
