#include "core/session/shared_desktop.h"

#include "core/session/sharing_side.h"
#include "core/session/target_watch.h"

#include <utility>

namespace sightline {

SharedDesktop::SharedDesktop(SharingSide& sharing, CaptureFactory openCapture)
    : m_sharing(sharing)
    , m_openCapture(std::move(openCapture))
{
    connect(&sharing, &SharingSide::areaChanged, this, &SharedDesktop::setArea);
    connect(&sharing, &SharingSide::stateChanged, this, &SharedDesktop::onStateChanged);
}

SharedDesktop::~SharedDesktop() = default;

Result<std::vector<Monitor>> SharedDesktop::monitors() const
{
    Result<std::unique_ptr<ScreenCapture>> capture = m_openCapture();
    if (!capture)
        return std::move(capture).error();
    return (*capture)->monitors();
}

Result<TargetPlace> SharedDesktop::locate(ShareTarget& target) const
{
    const Result<std::unique_ptr<ScreenCapture>> capture = m_openCapture();
    if (!capture)
        return capture.error();
    if (target.kind == ShareTarget::Kind::Monitor) {
        const Result<std::vector<Monitor>> monitors = (*capture)->monitors();
        if (!monitors)
            return monitors.error();
        target = target.named(*monitors);
    }
    return target.locate(**capture);
}

Result<void> SharedDesktop::changeTarget(const ShareTarget& target)
{
    if (m_sharing.state() == SharingSide::State::Off)
        return {};
    ShareTarget found = target;
    const Result<TargetPlace> place = locate(found);
    if (!place)
        return place.error();
    m_sharing.setTarget(found, {place->area.width, place->area.height});
    setArea(place->isHidden ? Rect{} : place->area);
    if (m_watch)
        watch();
    return {};
}

ShareTarget SharedDesktop::target() const
{
    return m_sharing.target();
}

bool SharedDesktop::isHidden() const
{
    return m_area.isEmpty() && m_sharing.state() != SharingSide::State::Off;
}

void SharedDesktop::onStateChanged()
{
    const SharingSide::State state = m_sharing.state();
    if (state == SharingSide::State::Off || state == SharingSide::State::Active) {
        ++m_watches;
        m_watch.reset();
        if (state == SharingSide::State::Off)
            setArea({});
        return;
    }
    if (m_watch)
        return;
    ShareTarget target = m_sharing.target();
    // What cannot be found is told by the watch.
    if (const Result<TargetPlace> place = locate(target))
        setArea(place->isHidden ? Rect{} : place->area);
    watch();
}

void SharedDesktop::watch()
{
    m_watch.reset();
    const int number = ++m_watches;
    const auto here = [this, number](auto act) {
        QMetaObject::invokeMethod(
            this, [this, number, act] { number == m_watches ? act() : void(); }, Qt::QueuedConnection);
    };
    TargetWatch::Handlers handlers;
    handlers.moved = [this, here](const TargetPlace& place) {
        here([this, area = place.isHidden ? Rect{} : place.area] { setArea(area); });
    };
    handlers.failed = [this, here](const Error& error) { here([this, error] { m_sharing.giveUp(error); }); };
    m_watch = std::make_unique<TargetWatch>(m_openCapture, m_sharing.target(), std::move(handlers));
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
