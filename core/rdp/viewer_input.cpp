#include "core/rdp/viewer_input.h"

#include <freerdp/freerdp.h>
#include <freerdp/input.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

#include <algorithm>
#include <vector>

namespace sightline {

bool writeViewerInput(rdp_context* context, const RdpInput& one)
{
    rdpInput* input = context->input;
    const auto flags = static_cast<UINT16>(one.flags);
    switch (one.kind) {
    case RdpInput::Kind::Mouse:
        return freerdp_input_send_mouse_event(input, flags, one.x, one.y);
    case RdpInput::Kind::ExtendedMouse:
        return freerdp_input_send_extended_mouse_event(input, flags, one.x, one.y);
    case RdpInput::Kind::Scancode:
        return freerdp_input_send_keyboard_event(input, flags, static_cast<UINT8>(one.code));
    case RdpInput::Kind::Unicode:
        // FreeRDP would call it an error, and that would end the leg.
        return !freerdp_settings_get_bool(context->settings, FreeRDP_UnicodeInput)
            || freerdp_input_send_unicode_keyboard_event(input, flags, one.code);
    case RdpInput::Kind::Synchronize:
        return freerdp_input_send_synchronize_event(input, one.flags);
    }
    return true;
}

bool writeRefreshRequest(rdp_context* context, const Rects& areas)
{
    const auto octets16 = [](int value) { return static_cast<UINT16>(std::clamp(value, 0, 0xFFFF)); };
    std::vector<RECTANGLE_16> all; // right and bottom are inclusive (MS-RDPBCGR 2.2.11.1)
    for (const Rect& area : areas)
        all.push_back(
            {octets16(area.x), octets16(area.y), octets16(area.right() - 1), octets16(area.bottom() - 1)});
    if (all.empty() || all.size() > UINT8_MAX)
        all = {{0, 0, UINT16_MAX, UINT16_MAX}};
    return context->update->RefreshRect(context, static_cast<BYTE>(all.size()), all.data()) != FALSE;
}

} // namespace sightline
