#include "platform/linux/x11/x11_pixels.h"

#include "platform/linux/x11/bands.h"
#include "platform/linux/x11/rect_subtract.h"
#include "platform/linux/x11/x11_connection.h"

#include <algorithm>
#include <utility>
#include <xcb/randr.h>

namespace sightline {

namespace {

// A request costs the server about as long as 64 rows of 1920 pixels.
constexpr int kMaxBandGap = 64;
constexpr int kMaxSide = 16384; // 1 GB of pixels
// Beyond this, telling small rectangles apart costs more than comparing what lies between them.
constexpr std::size_t kMaxDamageRects = 512;
// How often a grab starts over because the screen has become another size meanwhile.
constexpr int kMaxGrabAttempts = 3;

bool isRootConfigured(const xcb_generic_event_t& event, const X11Connection& connection)
{
    return (event.response_type & 0x7f) == XCB_CONFIGURE_NOTIFY
        && reinterpret_cast<const xcb_configure_notify_event_t&>(event).window == connection.root();
}

bool isOfMonitors(const xcb_generic_event_t& event, const X11Features& features)
{
    const int type = event.response_type & 0x7f;
    return features.monitors
        && (type == features.randrEvent + XCB_RANDR_SCREEN_CHANGE_NOTIFY
            || type == features.randrEvent + XCB_RANDR_NOTIFY);
}

/// Nobody else changes anything on the X server as long as this lives.
class ServerGrab {
public:
    explicit ServerGrab(X11Connection& connection)
        : m_connection(connection)
    {
        xcb_grab_server(connection.get());
    }
    ~ServerGrab()
    {
        xcb_ungrab_server(m_connection.get());
        xcb_flush(m_connection.get());
    }
    ServerGrab(const ServerGrab&) = delete;
    ServerGrab& operator=(const ServerGrab&) = delete;

private:
    X11Connection& m_connection;
};

} // namespace

X11Pixels::X11Pixels(X11Connection& connection)
    : m_connection(connection)
{
}

Result<void> X11Pixels::setArea(const Rect& area)
{
    if (area.isEmpty() || area.width > kMaxSide || area.height > kMaxSide) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("an area of %1x%2 pixels cannot be captured").arg(area.width).arg(area.height));
    }
    if (auto refreshed = m_connection.refreshRootSize(); !refreshed)
        return refreshed;
    m_window.reset();
    if (auto used = useSource(m_connection.root(), area); !used)
        return used;
    setExcluded(std::exchange(m_excluded, {}));
    return {};
}

Result<Rect> X11Pixels::setWindow(xcb_window_t window)
{
    const bool isSame = m_window && m_window->id() == window;
    if (!isSame) {
        auto source = X11WindowSource::create(m_connection, window);
        if (!source)
            return source.error();
        m_underlay.reset(); // no other window is on its pixels
        m_window = *std::move(source);
    } else if (auto followed = followLayout(); !followed) {
        return followed.error();
    }
    const auto corner = m_window->position();
    if (!corner)
        return corner.error();
    const Size size = m_window->size();
    // A hidden window keeps its last picture.
    if (!isSame || size != Size{m_area.width, m_area.height}) {
        if (auto used = useSource(window, {0, 0, size.width, size.height}); !used)
            return used.error();
    }
    return Rect{corner->x, corner->y, size.width, size.height};
}

Result<void> X11Pixels::useSource(xcb_window_t source, const Rect& area)
{
    if (m_connection.features().damage && (!m_damage || m_damage->window() != source)) {
        auto created = X11Damage::create(m_connection, source);
        if (!created)
            return created.error();
        m_damage = *std::move(created);
    }
    m_area = area;
    m_image.emplace(m_connection, source, Size{area.width, area.height});
    if (m_connection.isLost())
        return m_connection.failure("share memory", nullptr);
    m_isAllDamaged = true;
    return {};
}

void X11Pixels::setExcluded(std::vector<xcb_window_t> windows)
{
    m_excluded = std::move(windows);
    if (m_window || !m_image)
        return;
    if (m_excluded.empty()) {
        m_isAllDamaged |= m_underlay != nullptr;
        m_underlay.reset();
        return;
    }
    if (!m_underlay)
        m_underlay = std::make_unique<X11Underlay>(m_connection);
    m_underlay->setExcluded(m_excluded);
    m_underlay->setArea(m_area);
}

Result<Point> X11Pixels::origin() const
{
    return m_window ? m_window->position() : Point{m_area.x, m_area.y};
}

Rect X11Pixels::bounds() const
{
    if (m_window && !m_window->isVisible())
        return {};
    const Size size = m_window ? m_window->size() : m_connection.rootSize();
    return {0, 0, size.width, size.height};
}

X11Pixels::News X11Pixels::onEvent(const xcb_generic_event_t& event)
{
    const X11Features& features = m_connection.features();
    News news;
    if (m_damage && (event.response_type & 0x7f) == features.damageEvent + XCB_DAMAGE_NOTIFY)
        news.pixels = m_damage->isNew(event);
    if (m_underlay && m_underlay->onEvent(event))
        news.pixels = true;
    const bool isOfSource = m_window && m_window->onEvent(event);
    if (isOfSource || isRootConfigured(event, m_connection) || isOfMonitors(event, features)) {
        m_isLayoutStale = true;
        news = {.pixels = true, .layout = true};
    }
    return news;
}

TimePoint X11Pixels::nextReveal() const
{
    const TimePoint below = m_underlay ? m_underlay->nextLook() : TimePoint::max();
    return m_window ? m_window->nextLook() : below;
}

Result<Rects> X11Pixels::takeDamage()
{
    Result<Rects> damaged = m_damage ? m_damage->take() : Rects{m_area};
    if (!damaged) // the better reason, if it is the window's end
        return m_window && !m_window->refresh() ? m_window->refresh().error() : damaged.error();
    if (m_isLayoutStale) {
        if (auto followed = followLayout(); !followed)
            return followed.error();
    }
    if (m_window)
        m_window->noteDrawn(*damaged);
    if (std::exchange(m_isAllDamaged, false))
        return Rects{m_area};
    if (damaged->size() > kMaxDamageRects)
        return bandsOf(*damaged, m_area, 1);
    return damaged;
}

/// What is outside the screen now must not go on showing what was there; a window that is hidden must.
Result<void> X11Pixels::followLayout()
{
    m_isLayoutStale = false;
    if (!m_window) {
        m_isAllDamaged = true;
        m_image->clear();
        return m_connection.refreshRootSize();
    }
    const Rect before = bounds();
    if (auto refreshed = m_window->refresh(); !refreshed)
        return refreshed;
    m_isAllDamaged |= bounds() != before; // it may only have moved
    return {};
}

Result<GrabbedScreen> X11Pixels::read(News& news, const DrainEvents& drainEvents)
{
    if (!m_image)
        return Error(ErrorCode::CaptureFailed, QStringLiteral("no area to capture has been chosen"));
    const TimePoint now = Clock::now();
    const bool isRevealed = now >= nextReveal();
    auto damaged = takeDamage();
    if (!damaged)
        return damaged.error();
    if (m_window && isRevealed)
        damaged = Rects{m_area};
    auto read = m_underlay ? readAround(*damaged, news, drainEvents) : readBands(*damaged, news);
    if (!read)
        return read.error();
    if (m_window)
        m_window->hideUnpainted(*m_image, now);

    GrabbedScreen screen{m_image->view(), clipped(*damaged, m_area)};
    for (Rect& rect : screen.damage) {
        rect.x -= m_area.x;
        rect.y -= m_area.y;
    }
    return screen;
}

Result<void> X11Pixels::readBands(Rects& damaged, News& news)
{
    for (int attempt = 0; attempt < kMaxGrabAttempts; ++attempt) {
        const Rect visible = intersected(m_area, bounds());
        const auto outcome = m_image->read(bandsOf(damaged, visible, kMaxBandGap), Point{m_area.x, m_area.y});
        if (!outcome) // the better reason, if it is the window's end
            return m_window && !m_window->refresh() ? m_window->refresh().error() : outcome.error();
        if (*outcome == X11Image::Outcome::Done)
            return {};
        if (auto followed = followLayout(); !followed)
            return followed;
        news.layout = true;
        damaged = {m_area};
    }
    // Still in motion: what is missing comes with the next grab.
    m_isAllDamaged = true;
    news.pixels = true;
    return {};
}

/// With windows left out: their places must not move between the moment when we learn of them and that when
/// the screen is read. Mostly they do not; else it is done again while nobody else can move anything.
Result<void> X11Pixels::readAround(Rects& damaged, News& news, const DrainEvents& drainEvents)
{
    for (const bool isLast : {false, true}) {
        std::optional<ServerGrab> alone;
        if (isLast) {
            alone.emplace(m_connection);
            if (auto followed = m_connection.refreshRootSize(); !followed) // a round trip
                return followed;
            if (auto drained = drainEvents(); !drained)
                return drained;
        }
        const auto below = m_underlay->refresh(damaged);
        if (!below)
            return below.error();
        damaged = m_underlay->outside(damaged);
        damaged.insert(damaged.end(), below->begin(), below->end());
        if (auto read = readBands(damaged, news); !read)
            return read;
        m_underlay->paintInto(*m_image, {m_area.x, m_area.y});
        // The server sent whatever happened before the reading ahead of its replies.
        if (auto drained = drainEvents(); !drained)
            return drained;
        if (!m_underlay->isOutOfDate())
            break;
    }
    return {};
}

} // namespace sightline
