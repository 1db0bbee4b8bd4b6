#include "core/session/remote_screen.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

// More rectangles than this are not worth a GUI's bookkeeping: then their bounding box is as good.
constexpr std::size_t kMaxDirtyRects = 64;

void copyRect(Picture& to, const PictureView& from, const Rect& rect)
{
    for (int y = rect.y; y < rect.bottom(); ++y)
        std::copy_n(from.row(y) + rect.x, rect.width, to.row(y) + rect.x);
}

} // namespace

void RemoteScreen::resize(Size size, Rects monitors)
{
    {
        const std::lock_guard lock(m_mutex);
        m_picture = Picture(size.width, size.height);
        m_monitors = std::move(monitors);
        m_dirty.assign(1, m_picture.rect());
    }
    Q_EMIT resized();
    Q_EMIT painted();
}

void RemoteScreen::replace(Picture picture, Rects monitors, const Cursor& cursor)
{
    bool isResized = false;
    {
        const std::lock_guard lock(m_mutex);
        isResized = picture.width() != m_picture.width() || picture.height() != m_picture.height()
            || monitors != m_monitors;
        m_picture = std::move(picture);
        m_monitors = std::move(monitors);
        m_cursor = cursor;
        m_isCursorAnnounced = true;
        m_dirty.assign(1, m_picture.rect());
        ++m_frames;
    }
    if (isResized)
        Q_EMIT resized();
    Q_EMIT painted();
    Q_EMIT cursorChanged();
}

void RemoteScreen::paint(const PictureView& screen, const Rects& dirty)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_dirty.empty();
        const Rect bounds = intersected(m_picture.rect(), screen.rect());
        for (const Rect& rect : dirty) {
            const Rect part = intersected(rect, bounds);
            if (part.isEmpty())
                continue;
            copyRect(m_picture, screen, part);
            m_dirty.push_back(part);
        }
        if (m_dirty.size() > kMaxDirtyRects) {
            Rect all;
            for (const Rect& rect : m_dirty)
                all = united(all, rect);
            m_dirty.assign(1, all);
        }
        ++m_frames;
        isFirst = isFirst && !m_dirty.empty();
    }
    if (isFirst)
        Q_EMIT painted();
}

void RemoteScreen::setCursorShape(const CursorShape& shape)
{
    bool announce = false;
    {
        const std::lock_guard lock(m_mutex);
        m_cursor.shape = shape;
        announce = !std::exchange(m_isCursorAnnounced, true);
    }
    if (announce)
        Q_EMIT cursorChanged();
}

void RemoteScreen::setCursorPosition(Point position)
{
    bool announce = false;
    {
        const std::lock_guard lock(m_mutex);
        m_cursor.position = position;
        announce = !std::exchange(m_isCursorAnnounced, true);
    }
    if (announce)
        Q_EMIT cursorChanged();
}

Rects RemoteScreen::takeDirty()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_dirty, {});
}

Size RemoteScreen::size() const
{
    const std::lock_guard lock(m_mutex);
    return {m_picture.width(), m_picture.height()};
}

Rects RemoteScreen::monitors() const
{
    const std::lock_guard lock(m_mutex);
    return m_monitors;
}

RemoteScreen::Cursor RemoteScreen::cursor() const
{
    const std::lock_guard lock(m_mutex);
    m_isCursorAnnounced = false;
    return m_cursor;
}

quint64 RemoteScreen::framesPainted() const
{
    const std::lock_guard lock(m_mutex);
    return m_frames;
}

} // namespace sightline
