#include "core/session/screen_feed.h"

#include "core/graphics/rect_merge.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

// A first picture in more pieces is whole when somebody gets tired of waiting for it.
constexpr std::size_t kMaxPieces = 4096;

} // namespace

ScreenFeed::ScreenFeed(RemoteScreen& screen, State state)
    : m_screen(screen)
    , m_state(state)
{
}

void ScreenFeed::resize(Size size, const Rects& monitors)
{
    const std::lock_guard lock(m_mutex);
    // What lies between the monitors is never painted.
    m_unpainted = monitors.empty() ? Rects{{0, 0, size.width, size.height}} : monitors;
    if (m_state == State::Shown)
        m_screen.resize(size, monitors);
    if (m_state != State::Aside)
        return;
    m_picture = Picture(size.width, size.height);
    m_monitors = monitors;
}

void ScreenFeed::paint(const PictureView& screen, const Rects& dirty)
{
    const std::lock_guard lock(m_mutex);
    if (m_state == State::Over)
        return;
    for (const Rect& rect : dirty) {
        if (!m_unpainted.empty() && m_unpainted.size() <= kMaxPieces)
            m_unpainted = without(m_unpainted, rect);
    }
    if (m_state == State::Shown)
        return m_screen.paint(screen, dirty);
    const Rect bounds = intersected(m_picture.rect(), screen.rect());
    for (const Rect& rect : dirty) {
        const Rect part = intersected(rect, bounds);
        for (int y = part.y; y < part.bottom(); ++y)
            std::copy_n(screen.row(y) + part.x, part.width, m_picture.row(y) + part.x);
    }
}

void ScreenFeed::setCursorShape(const CursorShape& shape)
{
    const std::lock_guard lock(m_mutex);
    if (m_state == State::Shown)
        m_screen.setCursorShape(shape);
    else
        m_cursor.shape = shape;
}

void ScreenFeed::setCursorPosition(Point position)
{
    const std::lock_guard lock(m_mutex);
    if (m_state == State::Shown)
        m_screen.setCursorPosition(position);
    else
        m_cursor.position = position;
}

bool ScreenFeed::isWhole() const
{
    const std::lock_guard lock(m_mutex);
    return m_unpainted.empty();
}

void ScreenFeed::show()
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_state, State::Shown) == State::Aside)
        m_screen.replace(std::exchange(m_picture, {}), std::exchange(m_monitors, {}), m_cursor);
}

void ScreenFeed::finish()
{
    const std::lock_guard lock(m_mutex);
    m_state = State::Over;
    m_picture = {};
}

} // namespace sightline
