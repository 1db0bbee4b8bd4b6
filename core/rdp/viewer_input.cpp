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
    const auto side = [&](FreeRDP_Settings_Keys_UInt32 key) {
        return static_cast<int>(freerdp_settings_get_uint32(context->settings, key));
    };
    const Rects wanted
        = areas.empty() ? Rects{{0, 0, side(FreeRDP_DesktopWidth), side(FreeRDP_DesktopHeight)}} : areas;
    std::vector<RECTANGLE_16> rectangles;
    const auto clamped = [](int value) { return static_cast<UINT16>(std::clamp(value, 0, 0xFFFF)); };
    for (const Rect& r : wanted) // their right and bottom belong to them (MS-RDPBCGR 2.2.11.1)
        rectangles.push_back({clamped(r.x), clamped(r.y), clamped(r.right() - 1), clamped(r.bottom() - 1)});
    const auto count = static_cast<BYTE>(std::min<std::size_t>(rectangles.size(), 255));
    return context->update->RefreshRect(context, count, rectangles.data()) != FALSE;
}

} // namespace sightline
