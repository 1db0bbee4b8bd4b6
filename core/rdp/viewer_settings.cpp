#include "core/rdp/viewer_settings.h"

#include "core/rdp/clipboard_channel.h"
#include "core/rdp/gfx_channel.h"

#include <freerdp/channels/channels.h>
#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/encomsp.h>
#include <freerdp/settings.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace sightline {

namespace {

struct Switch {
    FreeRDP_Settings_Keys_Bool key;
    bool on;
};

constexpr std::array kSwitches{
    // Nothing but RDP security, which the host then leaves without encryption (D2). The negotiation has to
    // take
    // place all the same, or the host refuses.
    Switch{FreeRDP_RdpSecurity, true},
    Switch{FreeRDP_TlsSecurity, false},
    Switch{FreeRDP_NlaSecurity, false},
    Switch{FreeRDP_NegotiateSecurityLayer, true},
    Switch{FreeRDP_IgnoreCertificate, true},
    Switch{FreeRDP_AutoReconnectionEnabled, false},
    // The same as on the host, or the connection sequence breaks.
    Switch{FreeRDP_NetworkAutoDetect, false},
    Switch{FreeRDP_SupportHeartbeatPdu, false},
    Switch{FreeRDP_SupportMultitransport, false},
    // Everything happens on the thread that reads.
    Switch{FreeRDP_SynchronousStaticChannels, true},
    Switch{FreeRDP_SynchronousDynamicChannels, true},
    Switch{FreeRDP_SupportDynamicChannels, true},
    Switch{FreeRDP_SupportGraphicsPipeline, true},
    Switch{FreeRDP_DeactivateClientDecoding, true}, // until the connection is made
    // With H.264 and without AVC444 FreeRDP would announce version 8.1 at best.
    Switch{FreeRDP_GfxH264, true},
    Switch{FreeRDP_GfxAVC444, false},
    Switch{FreeRDP_GfxAVC444v2, false},
    Switch{FreeRDP_GfxProgressive, false},
    Switch{FreeRDP_GfxSmallCache, false},
    Switch{FreeRDP_GfxThinClient, false},
    Switch{FreeRDP_RemoteFxCodec, false},
    Switch{FreeRDP_NSCodec, false},
    Switch{FreeRDP_RefreshRect, true},
    Switch{FreeRDP_SuppressOutput, true},
    Switch{FreeRDP_GrabMouse, true}, // without it pointer positions are ignored
    // Taken back when the host does not announce the same.
    Switch{FreeRDP_FastPathInput, true},
    Switch{FreeRDP_UnicodeInput, true},
    Switch{FreeRDP_HasExtendedMouseEvent, true},
    Switch{FreeRDP_HasHorizontalWheel, true},
    Switch{FreeRDP_HasRelativeMouseEvent, false},
    Switch{FreeRDP_HasQoeEvent, false},
    // Channels that we do not use, or serve ourselves.
    Switch{FreeRDP_AudioPlayback, false},
    Switch{FreeRDP_AudioCapture, false},
    Switch{FreeRDP_RedirectClipboard, false},
    Switch{FreeRDP_DeviceRedirection, false},
    Switch{FreeRDP_SupportDisplayControl, false},
    Switch{FreeRDP_SupportGeometryTracking, false},
    Switch{FreeRDP_SupportVideoOptimized, false},
    Switch{FreeRDP_SupportEchoChannel, false},
    Switch{FreeRDP_EncomspVirtualChannel, false},
    Switch{FreeRDP_RemdeskVirtualChannel, false},
    Switch{FreeRDP_BitmapCacheEnabled, false},
    Switch{FreeRDP_BitmapCachePersistEnabled, false},
};

} // namespace

bool applyViewerSettings(rdp_settings* settings)
{
    const auto set
        = [&](const Switch& one) { return freerdp_settings_set_bool(settings, one.key, one.on) != FALSE; };
    // Drawing orders are of an older time than the graphics channel: none is taken.
    auto* orders = static_cast<BYTE*>(freerdp_settings_get_pointer_writable(settings, FreeRDP_OrderSupport));
    constexpr std::size_t kOrders = 32; // MS-RDPBCGR 2.2.7.1.3
    if (!orders)
        return false;
    std::fill_n(orders, kOrders, BYTE(0));

    const auto text = [&](FreeRDP_Settings_Keys_String key, const char* value) {
        return freerdp_settings_set_string(settings, key, value) != FALSE;
    };
    const auto number = [&](FreeRDP_Settings_Keys_UInt32 key, UINT32 value) {
        return freerdp_settings_set_uint32(settings, key, value) != FALSE;
    };
    // The size is the host's to say.
    return std::ranges::all_of(kSwitches, set) && number(FreeRDP_DesktopWidth, 640)
        && number(FreeRDP_DesktopHeight, 480) && number(FreeRDP_ColorDepth, 32)
        && number(FreeRDP_ThreadingFlags, THREADING_FLAGS_DISABLE_THREADS)
        && number(FreeRDP_LargePointerFlag, LARGE_POINTER_FLAG_96x96 | LARGE_POINTER_FLAG_384x384)
        && number(FreeRDP_OffscreenSupportLevel, 0) && text(FreeRDP_ServerHostname, "sightline")
        && text(FreeRDP_Username, "viewer") && text(FreeRDP_Password, "") && text(FreeRDP_Domain, "")
        && text(FreeRDP_ClientProductId, kSightlineProductId);
}

namespace {

bool addChannel(rdp_settings* settings, std::string_view name)
{
    const UINT32 count = freerdp_settings_get_uint32(settings, FreeRDP_ChannelCount);
    if (count >= freerdp_settings_get_uint32(settings, FreeRDP_ChannelDefArraySize))
        return false;
    auto* channel = static_cast<CHANNEL_DEF*>(
        freerdp_settings_get_pointer_array_writable(settings, FreeRDP_ChannelDefArray, count));
    if (!channel)
        return false;
    *channel = {};
    std::ranges::copy(name, channel->name);
    channel->options = CHANNEL_OPTION_INITIALIZED | CHANNEL_OPTION_SHOW_PROTOCOL;
    return freerdp_settings_set_uint32(settings, FreeRDP_ChannelCount, count + 1) != FALSE;
}

} // namespace

bool addOwnChannels(rdp_settings* settings)
{
    return addChannel(settings, ENCOMSP_SVC_CHANNEL_NAME) && addChannel(settings, ClipboardChannel::kName);
}

bool addDynamicChannels(rdp_settings* settings)
{
    return addChannel(settings, DRDYNVC_SVC_CHANNEL_NAME);
}

} // namespace sightline
