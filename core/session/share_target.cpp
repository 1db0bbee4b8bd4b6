#include "core/session/share_target.h"

#include "core/graphics/gfx_command.h"

#include <algorithm>

namespace sightline {
namespace {

/// Of two monitors that show the same, one.
Rects monitorsIn(const Rect& area, const std::vector<Monitor>& monitors)
{
    Rects parts;
    for (const Monitor& monitor : monitors) {
        const Rect part = intersected(monitor.rect, area);
        const bool isShown = std::any_of(
            parts.begin(), parts.end(), [&](const Rect& other) { return other.contains(part); });
        if (part.isEmpty() || isShown)
            continue;
        std::erase_if(parts, [&](const Rect& other) { return part.contains(other); });
        parts.push_back(part);
    }
    if (parts.size() > ResetGraphics::kMaxMonitors)
        parts.clear();
    for (Rect& part : parts)
        part = {part.x - area.x, part.y - area.y, part.width, part.height};
    return parts;
}

} // namespace

ShareTarget ShareTarget::named(const std::vector<Monitor>& monitors) const
{
    ShareTarget target = *this;
    if (const std::optional<std::size_t> index = monitorOn(monitors))
        target.monitorName = monitors[*index].name;
    return target;
}

std::optional<std::size_t> ShareTarget::monitorOn(const std::vector<Monitor>& monitors) const
{
    if (kind != Kind::Monitor)
        return std::nullopt;
    auto index = static_cast<std::size_t>(std::max(monitor, 0));
    if (!monitorName.isEmpty()) {
        const auto found = std::find_if(
            monitors.begin(), monitors.end(), [this](const Monitor& m) { return m.name == monitorName; });
        index = static_cast<std::size_t>(found - monitors.begin());
    }
    return monitor >= 0 && index < monitors.size() ? std::optional(index) : std::nullopt;
}

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
        if (const std::optional<std::size_t> index = monitorOn(monitors))
            return monitors[*index].rect;
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("there is no monitor %1, this desktop has %2")
                .arg(monitor + 1)
                .arg(monitors.size()));
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

Result<TargetPlace> ShareTarget::locate(ScreenCapture& capture) const
{
    if (kind == Kind::Window) {
        const Result<Rect> area = capture.setWindow(window);
        if (!area)
            return area.error();
        return TargetPlace{*area, {}, capture.isHidden()};
    }
    const Result<std::vector<Monitor>> monitors = capture.monitors();
    if (!monitors)
        return monitors.error();
    if (!monitorName.isEmpty() && !monitorOn(*monitors))
        return TargetPlace{{}, {}, true};
    const Result<Rect> area = areaOn(*monitors);
    if (!area)
        return area.error();
    return TargetPlace{*area, monitorsIn(*area, *monitors), false};
}

} // namespace sightline
