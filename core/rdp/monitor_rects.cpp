#include "core/rdp/monitor_rects.h"

#include "core/graphics/gfx_command.h"

namespace sightline {

Rects monitorsOf(const RDPGFX_RESET_GRAPHICS_PDU& reset, Size size)
{
    Rects monitors;
    if (reset.monitorCount > ResetGraphics::kMaxMonitors)
        return monitors;
    for (UINT32 i = 0; i < reset.monitorCount; ++i) {
        const MONITOR_DEF& monitor = reset.monitorDefArray[i]; // right and bottom are inclusive
        const bool isInside = monitor.left >= 0 && monitor.top >= 0 && monitor.left <= monitor.right
            && monitor.top <= monitor.bottom && monitor.right < size.width && monitor.bottom < size.height;
        if (isInside)
            monitors.push_back({monitor.left, monitor.top, monitor.right - monitor.left + 1,
                monitor.bottom - monitor.top + 1});
    }
    return monitors;
}

} // namespace sightline
