#include "platform/synthetic/pattern_screen.h"

#include <cstring>

namespace sightline {

namespace {

std::vector<Monitor> oneMonitor(Size size)
{
    return {{QStringLiteral("pattern"), {0, 0, size.width, size.height}, true}};
}

// The first pixel of both; parts of one picture may overlap when `to` is the higher of the two.
void copyRow(std::uint32_t* to, const std::uint32_t* from, int count)
{
    std::memmove(to, from, static_cast<std::size_t>(count) * sizeof(std::uint32_t));
}

} // namespace

PatternScreen::PatternScreen(Size size)
    : m_picture(size.width, size.height)
    , m_monitors(oneMonitor(size))
{
}

template <typename Change> void PatternScreen::notify(Change change)
{
    for (Watcher* watcher : m_watchers) {
        change(*watcher);
        watcher->hasNews.notify_all();
    }
}

void PatternScreen::damage(const Rect& rect)
{
    if (rect.isEmpty())
        return;
    notify([&rect](Watcher& watcher) {
        watcher.damage.push_back(rect);
        watcher.news.pixels = !watcher.isChangeReported;
    });
}

void PatternScreen::fill(const Rect& rect, std::uint32_t color)
{
    const std::scoped_lock lock(m_mutex);
    const Rect part = intersected(rect, m_picture.rect());
    for (int y = part.y; y < part.bottom(); ++y)
        std::fill_n(m_picture.row(y) + part.x, part.width, color);
    damage(part);
}

void PatternScreen::blit(const PictureView& picture, Point where)
{
    const std::scoped_lock lock(m_mutex);
    const Rect part = intersected({where.x, where.y, picture.width, picture.height}, m_picture.rect());
    for (int y = part.y; y < part.bottom(); ++y)
        copyRow(m_picture.row(y) + part.x, picture.row(y - where.y) + (part.x - where.x), part.width);
    damage(part);
}

void PatternScreen::scroll(const Rect& rect, int rows)
{
    const std::scoped_lock lock(m_mutex);
    const Rect part = intersected(rect, m_picture.rect());
    const int count = part.height - std::abs(rows);
    for (int i = 0; i < count; ++i) {
        // Away from where it goes to, so that no row is overwritten before it was moved.
        const int to = rows > 0 ? part.y + i : part.bottom() - 1 - i;
        copyRow(m_picture.row(to) + part.x, m_picture.row(to + rows) + part.x, part.width);
    }
    damage(part);
}

void PatternScreen::setCursorShape(CursorShape shape)
{
    const std::scoped_lock lock(m_mutex);
    m_cursorShape = std::move(shape);
    notify([](Watcher& watcher) { watcher.news.cursorShape = true; });
}

void PatternScreen::moveCursor(Point position)
{
    const std::scoped_lock lock(m_mutex);
    m_cursorPosition = position;
    notify([](Watcher& watcher) { watcher.news.cursorMoved = true; });
}

void PatternScreen::resize(Size size)
{
    const std::scoped_lock lock(m_mutex);
    Picture other(size.width, size.height);
    const Rect both = intersected(other.rect(), m_picture.rect());
    for (int y = 0; y < both.height; ++y)
        copyRow(other.row(y), m_picture.row(y), both.width);
    const Rect touched = united(other.rect(), m_picture.rect());
    m_picture = std::move(other);
    m_monitors = oneMonitor(size);
    notify([](Watcher& watcher) { watcher.news.layout = true; });
    damage(touched);
}

void PatternScreen::setMonitors(std::vector<Monitor> monitors)
{
    const std::scoped_lock lock(m_mutex);
    m_monitors = std::move(monitors);
    notify([](Watcher& watcher) { watcher.news.layout = true; });
}

void PatternScreen::fail(Error error)
{
    const std::scoped_lock lock(m_mutex);
    m_failure = std::move(error);
    notify([](Watcher&) {});
}

Picture PatternScreen::picture() const
{
    const std::scoped_lock lock(m_mutex);
    return m_picture;
}

} // namespace sightline
