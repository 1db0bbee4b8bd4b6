#include "core/rdp/host_callbacks.h"

#include "core/rdp/dvc_framing.h"

#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/encomsp.h>
#include <freerdp/channels/wtsvc.h>
#include <freerdp/input.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

namespace sightline {

struct HostPeer::Callbacks {
    static HostPeer& peerOf(rdpContext* context) { return *PeerContext::of(context).self; }

    static BOOL capabilities(freerdp_peer* peer)
    {
        // The viewer's wish for a desktop size has replaced ours by now.
        const Size desktop = PeerContext::of(peer->context).desktop;
        rdpSettings* settings = peer->context->settings;
        return freerdp_settings_set_uint32(settings, FreeRDP_DesktopWidth, static_cast<UINT32>(desktop.width))
            && freerdp_settings_set_uint32(
                settings, FreeRDP_DesktopHeight, static_cast<UINT32>(desktop.height));
    }

    static BOOL postConnect(freerdp_peer*) { return TRUE; }

    static BOOL refreshRect(rdpContext* context, BYTE count, const RECTANGLE_16* areas)
    {
        // Right and bottom are inclusive (TS_RECTANGLE16, MS-RDPBCGR 2.2.11.1).
        Rects wanted;
        for (BYTE i = 0; i < count; ++i) {
            const RECTANGLE_16& area = areas[i];
            if (area.left <= area.right && area.top <= area.bottom)
                wanted.push_back(
                    {area.left, area.top, area.right - area.left + 1, area.bottom - area.top + 1});
        }
        if (!wanted.empty())
            peerOf(context).m_handlers.refreshRequested(wanted);
        return TRUE;
    }

    static BOOL suppressOutput(rdpContext* context, BYTE allow, const RECTANGLE_16*)
    {
        if (allow != 0)
            peerOf(context).m_handlers.refreshRequested({});
        return TRUE;
    }

    static BOOL channelData(
        freerdp_peer* peer, UINT16 channel, const BYTE* data, size_t size, UINT32 flags, size_t total)
    {
        if (channel == WTSChannelGetId(peer, ENCOMSP_SVC_CHANNEL_NAME))
            return peerOf(peer->context).onControlChunk({data, size}, flags, total);
        if (channel == WTSChannelGetId(peer, ClipboardChannel::kName))
            return peerOf(peer->context).m_clipboard.receive({{data, size}, flags, total});
        const bool startsPdu = (flags & CHANNEL_FLAG_FIRST) != 0;
        if (startsPdu && channel == WTSChannelGetId(peer, DRDYNVC_SVC_CHANNEL_NAME)
            && !announcesAcceptableSize({data, size}))
            return FALSE;
        return PeerContext::of(peer->context).receiveChannelData(peer, channel, data, size, flags, total);
    }

    // A callback that returned false would end the connection: what makes no sense is only counted.

    static BOOL synchronize(rdpInput* input, UINT32 flags)
    {
        peerOf(input->context).onInput({RdpInput::Kind::Synchronize, flags, 0, 0, 0});
        return TRUE;
    }

    static BOOL scancode(rdpInput* input, UINT16 flags, UINT8 code)
    {
        peerOf(input->context).onInput({RdpInput::Kind::Scancode, flags, code, 0, 0});
        return TRUE;
    }

    static BOOL unicode(rdpInput* input, UINT16 flags, UINT16 code)
    {
        peerOf(input->context).onInput({RdpInput::Kind::Unicode, flags, code, 0, 0});
        return TRUE;
    }

    static BOOL mouse(rdpInput* input, UINT16 flags, UINT16 x, UINT16 y)
    {
        peerOf(input->context).onInput({RdpInput::Kind::Mouse, flags, 0, x, y});
        return TRUE;
    }

    static BOOL extendedMouse(rdpInput* input, UINT16 flags, UINT16 x, UINT16 y)
    {
        peerOf(input->context).onInput({RdpInput::Kind::ExtendedMouse, flags, 0, x, y});
        return TRUE;
    }
};

void installHostCallbacks(freerdp_peer* peer)
{
    using Callbacks = HostPeer::Callbacks;
    peer->Capabilities = Callbacks::capabilities;
    peer->PostConnect = Callbacks::postConnect;
    peer->context->update->RefreshRect = Callbacks::refreshRect;
    peer->context->update->SuppressOutput = Callbacks::suppressOutput;
}

void installHostDataCallbacks(freerdp_peer* peer)
{
    using Callbacks = HostPeer::Callbacks;
    PeerContext::of(peer->context).receiveChannelData = peer->ReceiveChannelData;
    peer->ReceiveChannelData = Callbacks::channelData;
    rdpInput* input = peer->context->input;
    input->SynchronizeEvent = Callbacks::synchronize;
    input->KeyboardEvent = Callbacks::scancode;
    input->UnicodeKeyboardEvent = Callbacks::unicode;
    input->MouseEvent = Callbacks::mouse;
    input->ExtendedMouseEvent = Callbacks::extendedMouse;
}

} // namespace sightline
