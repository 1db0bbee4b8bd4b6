#include "core/session/shared_desktop.h"

#include "core/session/sharing_side.h"

#include <utility>

namespace sightline {

SharedDesktop::SharedDesktop(SharingSide& sharing, CaptureFactory openCapture)
    : m_sharing(sharing)
    , m_openCapture(std::move(openCapture))
{
    connect(&sharing, &SharingSide::areaChanged, this, &SharedDesktop::setArea);
    connect(&sharing, &SharingSide::stateChanged, this, [this] {
        if (m_sharing.state() == SharingSide::State::Off)
            setArea({});
        else if (m_area.isEmpty())
            refresh();
    });
}

Result<std::vector<Monitor>> SharedDesktop::monitors() const
{
    Result<std::unique_ptr<ScreenCapture>> capture = m_openCapture();
    if (!capture)
        return std::move(capture).error();
    return (*capture)->monitors();
}

Result<Rect> SharedDesktop::locate(const ShareTarget& target) const
{
    const Result<std::unique_ptr<ScreenCapture>> capture = m_openCapture();
    return capture ? target.locate(**capture) : capture.error();
}

Result<void> SharedDesktop::changeTarget(const ShareTarget& target)
{
    if (m_sharing.state() == SharingSide::State::Off)
        return {};
    const Result<Rect> area = locate(target);
    if (!area)
        return area.error();
    m_sharing.setTarget(target, {area->width, area->height});
    setArea(*area);
    return {};
}

ShareTarget SharedDesktop::target() const
{
    return m_sharing.target();
}

void SharedDesktop::refresh()
{
    if (m_sharing.state() == SharingSide::State::Off)
        return;
    // What cannot be found is told by the session, as soon as there is one.
    if (const Result<Rect> area = locate(m_sharing.target()))
        setArea(*area);
}

void SharedDesktop::excludeWindows(const std::vector<std::uint64_t>& windows)
{
    m_sharing.setExcludedWindows(windows);
}

void SharedDesktop::setArea(const Rect& area)
{
    if (std::exchange(m_area, area) != area)
        Q_EMIT areaChanged();
}

} // namespace sightline
