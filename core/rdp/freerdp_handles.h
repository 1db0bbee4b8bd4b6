#pragma once

// For the .cpp files of this folder only: owners of FreeRDP's handles.

#include <freerdp/channels/channels.h>
#include <freerdp/client.h>
#include <freerdp/freerdp.h>
#include <freerdp/peer.h>
#include <winpr/handle.h>
#include <winpr/synch.h>
#include <winpr/wtsapi.h>

#include <memory>

namespace sightline {

struct PeerDeleter {
    void operator()(freerdp_peer* peer) const
    {
        freerdp_peer_context_free(peer);
        freerdp_peer_free(peer);
    }
};
using PeerPtr = std::unique_ptr<freerdp_peer, PeerDeleter>;

struct ClientContextDeleter {
    void operator()(rdpContext* context) const { freerdp_client_context_free(context); }
};
using ClientContextPtr = std::unique_ptr<rdpContext, ClientContextDeleter>;

struct ChannelManagerDeleter {
    void operator()(void* manager) const { WTSCloseServer(manager); }
};
using ChannelManagerPtr = std::unique_ptr<void, ChannelManagerDeleter>;

/// An event that WaitForMultipleObjects() waits for beside FreeRDP's own. WinPR knows none that reset
/// themselves.
struct EventDeleter {
    void operator()(void* event) const { CloseHandle(event); }
};
using EventPtr = std::unique_ptr<void, EventDeleter>;

} // namespace sightline
