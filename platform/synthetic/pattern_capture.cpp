#include "platform/synthetic/pattern_capture.h"

#include <utility>

namespace sightline {

PatternCapture::PatternCapture(std::shared_ptr<PatternScreen> screen)
    : m_screen(std::move(screen))
{
    const std::scoped_lock lock(m_screen->m_mutex);
    m_screen->m_watchers.push_back(&m_watcher);
}

PatternCapture::~PatternCapture()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    std::erase(m_screen->m_watchers, &m_watcher);
}

Result<std::vector<Monitor>> PatternCapture::monitors()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    return m_screen->m_monitors;
}

Result<void> PatternCapture::setArea(const Rect& area)
{
    const std::scoped_lock lock(m_screen->m_mutex);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    if (area.isEmpty()) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("an area of %1x%2 pixels cannot be captured").arg(area.width).arg(area.height));
    }
    m_area = area;
    m_picture = Picture(area.width, area.height);
    m_watcher.damage = {area};
    m_watcher.isChangeReported = false;
    m_watcher.news.pixels = true;
    return {};
}

Result<Rect> PatternCapture::setWindow(std::uint64_t window)
{
    return Error(ErrorCode::NoWindow, QStringLiteral("there is no window 0x%1").arg(window, 0, 16));
}

Result<ScreenEvents> PatternCapture::waitForEvents(TimePoint deadline)
{
    std::unique_lock lock(m_screen->m_mutex);
    const auto isOver = [this] {
        const ScreenEvents& news = m_watcher.news;
        return news.pixels || news.cursorShape || news.cursorMoved || news.layout || news.woken
            || m_screen->m_failure.has_value();
    };
    // wait_until() with the end of time overflows in some libraries.
    if (deadline == TimePoint::max())
        m_watcher.hasNews.wait(lock, isOver);
    else
        m_watcher.hasNews.wait_until(lock, deadline, isOver);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    m_watcher.isChangeReported |= m_watcher.news.pixels;
    return std::exchange(m_watcher.news, {});
}

Result<GrabbedScreen> PatternCapture::grab()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    if (m_area.isEmpty())
        return Error(ErrorCode::CaptureFailed, QStringLiteral("no area to capture has been chosen"));
    m_watcher.news.pixels = false;
    m_watcher.isChangeReported = false;
    GrabbedScreen grabbed{m_picture.view(), {}};
    for (const Rect& rect : std::exchange(m_watcher.damage, {})) {
        const Rect part = intersected(rect, m_area);
        if (part.isEmpty())
            continue;
        copyFromScreen(part);
        grabbed.damage.push_back({part.x - m_area.x, part.y - m_area.y, part.width, part.height});
    }
    return grabbed;
}

void PatternCapture::copyFromScreen(const Rect& part)
{
    const Rect visible = intersected(part, m_screen->m_picture.rect());
    for (int y = part.y; y < part.bottom(); ++y) {
        std::uint32_t* to = m_picture.row(y - m_area.y);
        std::fill_n(to + (part.x - m_area.x), part.width, 0U);
        if (y >= visible.y && y < visible.bottom())
            std::copy_n(m_screen->m_picture.row(y) + visible.x, visible.width, to + (visible.x - m_area.x));
    }
}

Result<CursorShape> PatternCapture::cursorShape()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    return m_screen->m_cursorShape;
}

Result<Point> PatternCapture::cursorPosition()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    if (m_screen->m_failure)
        return *m_screen->m_failure;
    return Point{m_screen->m_cursorPosition.x - m_area.x, m_screen->m_cursorPosition.y - m_area.y};
}

void PatternCapture::wake()
{
    const std::scoped_lock lock(m_screen->m_mutex);
    m_watcher.news.woken = true;
    m_watcher.hasNews.notify_all();
}

} // namespace sightline
