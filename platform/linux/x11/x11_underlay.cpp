#include "platform/linux/x11/x11_underlay.h"

#include "core/base/log.h"
#include "platform/linux/x11/rect_subtract.h"
#include "platform/linux/x11/x11_compositor.h"
#include "platform/linux/x11/x11_connection.h"
#include "platform/linux/x11/x11_image.h"
#include "platform/linux/x11/x11_layer.h"

#include <algorithm>
#include <utility>
#include <xcb/composite.h>
#include <xcb/xfixes.h>

namespace sightline {

namespace {

constexpr std::uint32_t kAllPlanes = ~0U;
constexpr std::uint8_t kBoundingShape = 0;
// Longer than a program takes to paint a window that was just mapped.
constexpr Duration kMaxPaintTime = std::chrono::milliseconds(300);
// More requests than this for one small rectangle cost more than reading all of it.
constexpr std::size_t kMaxParts = 8;
constexpr std::uint32_t kUsualEvents = XCB_EVENT_MASK_STRUCTURE_NOTIFY;

Point innerOrigin(const StackedWindow& window)
{
    return {window.rect.x + window.border, window.rect.y + window.border};
}

Rect moved(const Rect& rect, int dx, int dy)
{
    return {rect.x + dx, rect.y + dy, rect.width, rect.height};
}

bool canBeSeen(const StackedWindow& window)
{
    return window.isMapped && window.hasPixels && (window.depth == 24 || window.depth == 32);
}

} // namespace

X11Underlay::X11Underlay(X11Connection& connection)
    : m_connection(connection)
    , m_stack(connection)
    , m_background(connection)
    , m_canRedirect(connection.features().composite && connection.features().damage)
{
    xcb_connection_t* c = connection.get();
    const std::uint32_t events
        = kUsualEvents | XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_change_window_attributes(c, connection.root(), XCB_CW_EVENT_MASK, &events);
    if (!m_canRedirect)
        qCWarning(logCapture) << "Without Composite and DAMAGE, what our own windows cover is shared black";
}

X11Underlay::~X11Underlay()
{
    xcb_connection_t* c = m_connection.get();
    if (m_isRedirected)
        xcb_composite_unredirect_subwindows(c, m_connection.root(), XCB_COMPOSITE_REDIRECT_AUTOMATIC);
    xcb_change_window_attributes(c, m_connection.root(), XCB_CW_EVENT_MASK, &kUsualEvents);
}

void X11Underlay::setExcluded(std::vector<xcb_window_t> windows)
{
    m_excluded = std::move(windows);
    m_isStackStale = true;
    m_isCoverStale = true;
}

void X11Underlay::setArea(const Rect& area)
{
    m_area = area;
    m_isStackStale = true;
    m_isCoverStale = true;
}

bool X11Underlay::isExcluded(xcb_window_t window) const
{
    return window == m_background.window()
        || std::find(m_excluded.begin(), m_excluded.end(), window) != m_excluded.end();
}

bool X11Underlay::onEvent(const xcb_generic_event_t& event)
{
    const X11Features& features = m_connection.features();
    if (features.damage && event.response_type == features.damageEvent + XCB_DAMAGE_NOTIFY) {
        for (Neighbour& neighbour : m_neighbours) {
            if (neighbour.damage->isNew(event))
                return neighbour.isDamaged = true;
        }
        return false;
    }
    if (event.response_type == XCB_PROPERTY_NOTIFY) {
        // Whoever sets a wallpaper says so in a property of the root window, under one name or another.
        m_isBackgroundStale = m_background.window() != XCB_NONE;
        return m_isBackgroundStale;
    }
    return onStackEvent(event);
}

bool X11Underlay::onStackEvent(const xcb_generic_event_t& event)
{
    if (!m_stack.onEvent(event))
        return false;
    // All these events have the window in the same place.
    const xcb_window_t window = reinterpret_cast<const xcb_map_notify_event_t&>(event).window;
    if (window == m_background.window())
        return false;
    if (event.response_type == XCB_MAP_NOTIFY)
        m_newlyMapped.push_back(window);
    m_isStackStale = true;
    m_isCoverStale |= isExcluded(window) || event.response_type == XCB_REPARENT_NOTIFY;
    return true;
}

TimePoint X11Underlay::nextLook() const
{
    TimePoint next = TimePoint::max();
    for (const Neighbour& neighbour : m_neighbours) {
        if (!neighbour.unpainted.empty())
            next = std::min(next, neighbour.unpaintedUntil);
    }
    return next;
}

Result<Rects> X11Underlay::refresh(const Rects& rootDamage)
{
    Rects dirty;
    if (m_isStackStale) {
        if (auto updated = m_stack.update(); !updated)
            return updated.error();
        m_isStackStale = false;
        m_isCoverStale = false;
        updateCovers(dirty);
        if (auto updated = updateNeighbours(); !updated)
            return updated.error();
    }
    if (auto taken = takeDamage(dirty); !taken)
        return taken.error();
    addBackgrounds(rootDamage, dirty);
    for (Cover& cover : m_covers) {
        Rects parts = clipped(dirty, cover.rect);
        if (parts.size() > kMaxParts)
            parts = {cover.rect};
        for (const Rect& part : parts) {
            if (auto composed = compose(cover, part); !composed)
                return composed.error();
        }
    }
    return dirty;
}

/// Nothing tells that the root's background is another one, but where it can be seen it is drawn then: also
/// right beside what covers it.
void X11Underlay::addBackgrounds(const Rects& rootDamage, Rects& dirty)
{
    const bool isStale = std::exchange(m_isBackgroundStale, false);
    const Rects seen = outside(rootDamage);
    for (const Cover& cover : m_covers) {
        const Rect around{cover.rect.x - 1, cover.rect.y - 1, cover.rect.width + 2, cover.rect.height + 2};
        if (cover.showsBackground && (isStale || !clipped(seen, around).empty()))
            dirty.push_back(cover.rect);
    }
}

void X11Underlay::updateCovers(Rects& dirty)
{
    for (const Cover& cover : m_covers)
        dirty.push_back(cover.rect);
    std::vector<Cover> before = std::exchange(m_covers, {});
    for (const StackedWindow& window : m_stack.windows()) {
        const Rect rect = intersected(window.rect, m_area);
        if (!window.isMapped || !window.hasPixels || rect.isEmpty() || !isExcluded(window.id)
            || window.id == m_background.window())
            continue;
        const auto same = std::find_if(
            before.begin(), before.end(), [&rect](const Cover& cover) { return cover.rect == rect; });
        if (same != before.end()) {
            m_covers.push_back(*same);
        } else {
            m_covers.push_back({rect, Picture(rect.width, rect.height), false});
            dirty.push_back(rect);
        }
    }
}

Result<void> X11Underlay::updateNeighbours()
{
    if (!m_canRedirect)
        return {};
    m_hasCompositor = isCompositorRunning(m_connection);
    std::vector<Neighbour> before = std::exchange(m_neighbours, {});
    for (const StackedWindow& window : m_stack.windows()) {
        const bool isCovered = std::any_of(m_covers.begin(), m_covers.end(),
            [&](const Cover& cover) { return !intersected(cover.rect, window.rect).isEmpty(); });
        if (!isCovered || !canBeSeen(window) || isExcluded(window.id))
            continue;
        const auto known = std::find_if(
            before.begin(), before.end(), [&](const Neighbour& entry) { return entry.id == window.id; });
        if (known != before.end()) {
            m_neighbours.push_back(std::move(*known));
        } else if (auto made = makeNeighbour(window); made) {
            m_neighbours.push_back(*std::move(made));
        } else if (m_connection.isLost()) {
            return made.error();
        } else {
            continue; // destroyed meanwhile
        }
        noteUnpainted(m_neighbours.back(), window);
    }
    m_newlyMapped.clear();
    redirect();
    return fetchShapes();
}

Result<X11Underlay::Neighbour> X11Underlay::makeNeighbour(const StackedWindow& window)
{
    auto damage = X11Damage::create(m_connection, window.id);
    if (!damage)
        return damage.error();
    // A new damage object begins with all of the window.
    if (auto taken = (*damage)->take(); !taken)
        return taken.error();
    Neighbour neighbour;
    neighbour.id = window.id;
    neighbour.size = {window.rect.width, window.rect.height};
    neighbour.damage = *std::move(damage);
    return neighbour;
}

/// The server gives a window that it begins to redirect, or maps, or makes larger, what is on the screen
/// there; that is what covers it until the program has painted.
void X11Underlay::noteUnpainted(Neighbour& neighbour, const StackedWindow& window)
{
    const Size before = std::exchange(neighbour.size, Size{window.rect.width, window.rect.height});
    if (m_hasCompositor)
        return;
    const Rect all{0, 0, window.rect.width, window.rect.height};
    const bool isNew = !m_isRedirected
        || std::find(m_newlyMapped.begin(), m_newlyMapped.end(), window.id) != m_newlyMapped.end();
    const Rects fresh = isNew ? Rects{all} : subtracted({all}, {0, 0, before.width, before.height});
    bool isAny = false;
    for (const Cover& cover : m_covers) {
        const Rects parts = clipped(fresh, moved(cover.rect, -window.rect.x, -window.rect.y));
        neighbour.unpainted.insert(neighbour.unpainted.end(), parts.begin(), parts.end());
        isAny |= !parts.empty();
    }
    if (isAny)
        neighbour.unpaintedUntil = m_isRedirected ? Clock::now() + kMaxPaintTime : TimePoint::max();
}

void X11Underlay::redirect()
{
    if (std::exchange(m_isRedirected, true))
        return;
    xcb_composite_redirect_subwindows(
        m_connection.get(), m_connection.root(), XCB_COMPOSITE_REDIRECT_AUTOMATIC);
}

Result<void> X11Underlay::fetchShapes()
{
    xcb_connection_t* c = m_connection.get();
    std::vector<xcb_xfixes_fetch_region_cookie_t> cookies;
    for (const Neighbour& neighbour : m_neighbours) {
        const xcb_xfixes_region_t region = xcb_generate_id(c);
        xcb_xfixes_create_region_from_window(c, region, neighbour.id, kBoundingShape);
        cookies.push_back(xcb_xfixes_fetch_region(c, region));
        xcb_xfixes_destroy_region(c, region);
    }
    for (std::size_t i = 0; i < cookies.size(); ++i) {
        Neighbour& neighbour = m_neighbours[i];
        neighbour.shape.clear();
        const XcbPtr<xcb_xfixes_fetch_region_reply_t> reply(
            xcb_xfixes_fetch_region_reply(c, cookies[i], nullptr));
        const auto window = std::find_if(m_stack.windows().begin(), m_stack.windows().end(),
            [&](const StackedWindow& entry) { return entry.id == neighbour.id; });
        if (!reply || window == m_stack.windows().end())
            continue; // destroyed meanwhile
        const Point origin = innerOrigin(*window);
        const xcb_rectangle_t* rects = xcb_xfixes_fetch_region_rectangles(reply.get());
        for (int n = 0; n < xcb_xfixes_fetch_region_rectangles_length(reply.get()); ++n) {
            neighbour.shape.push_back(
                {rects[n].x + origin.x, rects[n].y + origin.y, rects[n].width, rects[n].height});
        }
    }
    if (m_connection.isLost())
        return m_connection.failure("tell the shape of its windows", nullptr);
    return {};
}

Result<void> X11Underlay::takeDamage(Rects& dirty)
{
    const TimePoint now = Clock::now();
    Rects drawn;
    for (Neighbour& neighbour : m_neighbours) {
        const auto window = std::find_if(m_stack.windows().begin(), m_stack.windows().end(),
            [&](const StackedWindow& entry) { return entry.id == neighbour.id; });
        if (window == m_stack.windows().end())
            continue;
        const Point corner{window->rect.x, window->rect.y};
        if (!neighbour.unpainted.empty() && now >= neighbour.unpaintedUntil) {
            for (const Rect& rect : std::exchange(neighbour.unpainted, {}))
                drawn.push_back(moved(rect, corner.x, corner.y));
        }
        if (!std::exchange(neighbour.isDamaged, false))
            continue;
        const auto damaged = neighbour.damage->take();
        if (!damaged && m_connection.isLost())
            return damaged.error();
        if (!damaged)
            continue; // destroyed meanwhile
        for (const Rect& rect : *damaged) {
            const Rect inWindow = moved(rect, window->border, window->border);
            neighbour.unpainted = subtracted(neighbour.unpainted, inWindow);
            drawn.push_back(moved(inWindow, corner.x, corner.y));
        }
    }
    for (const Cover& cover : m_covers) {
        const Rects parts = clipped(drawn, cover.rect);
        dirty.insert(dirty.end(), parts.begin(), parts.end());
    }
    return {};
}

Result<void> X11Underlay::compose(Cover& cover, const Rect& part)
{
    if (!m_canRedirect)
        return {}; // black, as it was made
    std::vector<X11Layer> layers;
    Rects rest{part};
    const auto& windows = m_stack.windows();
    for (auto window = windows.rbegin(); window != windows.rend() && !rest.empty(); ++window) {
        const Neighbour* const pixels = isExcluded(window->id) ? nullptr : neighbour(window->id);
        if (!pixels || !canBeSeen(*window))
            continue;
        for (const Rect& shape : pixels->shape)
            addLayers(layers, *window, *pixels, shape, rest);
    }
    cover.showsBackground |= !rest.empty();
    for (const Rect& rect : rest)
        layers.push_back({m_background.request(rect), rect, false, {}});
    return drawLayers(m_connection, layers, cover.pixels, {cover.rect.x, cover.rect.y});
}

/// Asks for what of `shape` is in `rest`, and takes it away from there when nothing shines through.
void X11Underlay::addLayers(std::vector<X11Layer>& layers, const StackedWindow& window,
    const Neighbour& neighbour, const Rect& shape, Rects& rest)
{
    const bool isBlended = window.depth == 32 && m_hasCompositor;
    const Point origin = innerOrigin(window);
    Rects hidden = neighbour.unpainted;
    for (Rect& rect : hidden)
        rect = moved(rect, window.rect.x, window.rect.y);
    for (const Rect& part : clipped(rest, shape)) {
        const auto cookie = xcb_get_image(m_connection.get(), XCB_IMAGE_FORMAT_Z_PIXMAP, window.id,
            static_cast<std::int16_t>(part.x - origin.x), static_cast<std::int16_t>(part.y - origin.y),
            static_cast<std::uint16_t>(part.width), static_cast<std::uint16_t>(part.height), kAllPlanes);
        layers.push_back({cookie, part, isBlended, hidden});
    }
    if (!isBlended)
        rest = subtracted(rest, shape);
}

const X11Underlay::Neighbour* X11Underlay::neighbour(xcb_window_t id) const
{
    const auto found = std::find_if(
        m_neighbours.begin(), m_neighbours.end(), [id](const Neighbour& entry) { return entry.id == id; });
    return found == m_neighbours.end() ? nullptr : &*found;
}

Rects X11Underlay::outside(Rects rects) const
{
    for (const Cover& cover : m_covers)
        rects = subtracted(rects, cover.rect);
    return rects;
}

void X11Underlay::paintInto(X11Image& image, Point origin) const
{
    for (const Cover& cover : m_covers)
        image.put(cover.pixels.view(), {cover.rect.x - origin.x, cover.rect.y - origin.y});
}

} // namespace sightline
