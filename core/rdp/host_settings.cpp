#include "core/rdp/host_settings.h"

#include <freerdp/constants.h>
#include <freerdp/settings.h>

namespace sightline {

bool applyHostSettings(rdp_settings* settings)
{
    const auto set = [settings](FreeRDP_Settings_Keys_Bool key, bool value) {
        return freerdp_settings_set_bool(settings, key, value) != FALSE;
    };
    // RDP security with encryption level none, by way of LocalConnection: facts of D2. Auto-detect, heartbeat
    // and multitransport have to be the same on both ends, or the connection sequence breaks.
    return set(FreeRDP_RdpSecurity, true) && set(FreeRDP_TlsSecurity, false)
        && set(FreeRDP_NlaSecurity, false)
        && freerdp_settings_set_uint32(settings, FreeRDP_EncryptionLevel, ENCRYPTION_LEVEL_NONE)
        && set(FreeRDP_NetworkAutoDetect, false) && set(FreeRDP_SupportHeartbeatPdu, false)
        && set(FreeRDP_SupportMultitransport, false) && set(FreeRDP_SupportGraphicsPipeline, true)
        && set(FreeRDP_RemoteFxCodec, false) && set(FreeRDP_NSCodec, false) && set(FreeRDP_RefreshRect, true)
        && set(FreeRDP_SuppressOutput, true)
        // What of input we understand; relative motion and timestamps are not among it.
        && set(FreeRDP_FastPathInput, true) && set(FreeRDP_UnicodeInput, true)
        && set(FreeRDP_HasExtendedMouseEvent, true) && set(FreeRDP_HasHorizontalWheel, true)
        && set(FreeRDP_HasRelativeMouseEvent, false) && set(FreeRDP_HasQoeEvent, false)
        && freerdp_settings_set_uint32(settings, FreeRDP_ColorDepth, 32)
        && freerdp_settings_set_uint32(settings, FreeRDP_PointerCacheSize, 25);
}

bool applyGuestSettings(rdp_settings* settings)
{
    const auto set = [settings](FreeRDP_Settings_Keys_Bool key, bool value) {
        return freerdp_settings_set_bool(settings, key, value) != FALSE;
    };
    constexpr UINT16 kTls12 = 0x0303;
    return set(FreeRDP_RdpSecurity, false) && set(FreeRDP_TlsSecurity, true)
        && set(FreeRDP_NlaSecurity, false)
        && freerdp_settings_set_uint16(settings, FreeRDP_TLSMinVersion, kTls12)
        && set(FreeRDP_DesktopResize, true) && set(FreeRDP_FastPathOutput, true);
}

} // namespace sightline
