#include "core/session/share_target.h"

namespace sightline {

Result<Rect> ShareTarget::areaOn(const std::vector<Monitor>& monitors) const
{
    Rect desktop;
    for (const Monitor& entry : monitors)
        desktop = united(desktop, entry.rect);
    if (desktop.isEmpty())
        return Error(ErrorCode::CaptureFailed, QStringLiteral("the desktop has no monitor"));

    if (kind == Kind::WholeDesktop)
        return desktop;
    if (kind == Kind::Monitor) {
        if (monitor < 0 || static_cast<std::size_t>(monitor) >= monitors.size()) {
            return Error(ErrorCode::CaptureFailed,
                QStringLiteral("there is no monitor %1, this desktop has %2")
                    .arg(monitor + 1)
                    .arg(monitors.size()));
        }
        return monitors[static_cast<std::size_t>(monitor)].rect;
    }
    Q_ASSERT(kind == Kind::Region);
    const Rect visible = intersected(region, desktop);
    if (visible.isEmpty()) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("the region lies outside the desktop of %1x%2 pixels")
                .arg(desktop.width)
                .arg(desktop.height));
    }
    return visible;
}

Result<Rect> ShareTarget::locate(ScreenCapture& capture) const
{
    if (kind == Kind::Window)
        return capture.setWindow(window);
    const Result<std::vector<Monitor>> monitors = capture.monitors();
    return monitors ? areaOn(*monitors) : monitors.error();
}

} // namespace sightline
