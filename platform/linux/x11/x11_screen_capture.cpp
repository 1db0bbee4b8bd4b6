#include "platform/linux/x11/x11_screen_capture.h"

#include "platform/linux/x11/bands.h"
#include "platform/linux/x11/wake_event.h"
#include "platform/linux/x11/x11_connection.h"
#include "platform/linux/x11/x11_cursor.h"
#include "platform/linux/x11/x11_damage.h"
#include "platform/linux/x11/x11_image.h"
#include "platform/linux/x11/x11_monitors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <xcb/randr.h>
#include <xcb/xfixes.h>
#include <xcb/xinput.h>

namespace sightline {

namespace {

// A request costs the server about as long as 64 rows of 1920 pixels.
constexpr int kMaxBandGap = 64;
constexpr int kMaxSide = 16384; // 1 GB of pixels
// Beyond this, telling small rectangles apart costs more than comparing what lies between them.
constexpr std::size_t kMaxDamageRects = 512;
constexpr Duration kBlindFrameInterval = std::chrono::milliseconds(33);
constexpr Duration kBlindPointerInterval = std::chrono::milliseconds(50);
// How often a grab starts over because the screen has become another size meanwhile.
constexpr int kMaxGrabAttempts = 3;

// The root window of Xwayland shows none of what is on the screen.
Result<void> checkNotXwayland(X11Connection& connection)
{
    const auto monitors = listMonitors(connection);
    if (!monitors)
        return monitors.error();
    const bool isNamedSo = std::any_of(monitors->begin(), monitors->end(),
        [](const Monitor& monitor) { return monitor.name.startsWith(QLatin1StringView("XWAYLAND")); });
    if (connection.features().isXwayland || isNamedSo) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("this version captures X11 desktops; log in to an X11 session"));
    }
    return {};
}

} // namespace

class X11ScreenCapture::Private {
public:
    explicit Private(std::unique_ptr<X11Connection> x)
        : connection(std::move(x))
    {
    }

    Result<void> selectEvents();
    Result<void> drainEvents();
    void onEvent(const xcb_generic_event_t& event);
    Result<void> lookWithoutEvents(TimePoint now);
    TimePoint nextLook() const;
    bool hasNews() const;
    ScreenEvents takeNews(bool woken);

    void pixelsChanged() { news.pixels = !isChangeReported; }
    void requestPointer();
    Result<Point> takePointer();
    Result<Rects> takeDamage();
    Result<void> followLayout();
    Result<void> readPixels(Rects& damaged);

    std::unique_ptr<X11Connection> connection;
    std::unique_ptr<X11Damage> damage; ///< null: without the extension
    std::optional<X11Image> image; ///< none before setArea()
    Rect area;
    bool isAllDamaged = false;
    bool isLayoutStale = false; ///< the screen may have another size than the connection knows

    WakeEvent wakeEvent;
    ScreenEvents news;
    bool isChangeReported = false; ///< since the last grab
    std::optional<xcb_query_pointer_cookie_t> pointerRequest;
    std::optional<Point> pointer;
    TimePoint lastGrab{};
    TimePoint lastPointerLook{};
};

Result<void> X11ScreenCapture::Private::selectEvents()
{
    xcb_connection_t* c = connection->get();
    const auto root = connection->root();
    xcb_xfixes_select_cursor_input(c, root, XCB_XFIXES_CURSOR_NOTIFY_MASK_DISPLAY_CURSOR);
    // ConfigureNotify of the root window tells of monitors that were set by hand, RANDR of all others.
    const std::uint32_t eventMask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(c, root, XCB_CW_EVENT_MASK, &eventMask);
    if (connection->features().monitors)
        xcb_randr_select_input(
            c, root, XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE);
    if (connection->features().rawMotion) {
        // Raw events come for every motion of a device; plain ones also when a program warps the pointer,
        // unless the window below takes them (then the next grab notices).
        struct {
            xcb_input_event_mask_t head{XCB_INPUT_DEVICE_ALL_MASTER, 1};
            std::uint32_t mask = XCB_INPUT_XI_EVENT_MASK_RAW_MOTION | XCB_INPUT_XI_EVENT_MASK_MOTION;
        } selection;
        xcb_input_xi_select_events(c, root, 1, &selection.head);
    }
    if (connection->features().damage) {
        auto created = X11Damage::create(*connection);
        if (!created)
            return created.error();
        damage = *std::move(created);
    }
    return {};
}

Result<void> X11ScreenCapture::Private::drainEvents()
{
    xcb_flush(connection->get());
    while (const XcbPtr<xcb_generic_event_t> event{xcb_poll_for_event(connection->get())})
        onEvent(*event);
    if (connection->isLost())
        return connection->failure("go on", nullptr);
    return {};
}

void X11ScreenCapture::Private::onEvent(const xcb_generic_event_t& event)
{
    const X11Features& features = connection->features();
    const int type = event.response_type & 0x7f; // without the mark of SendEvent
    if (type == 0)
        return; // an error of a request whose reply nobody waits for
    if (damage && type == features.damageEvent + XCB_DAMAGE_NOTIFY) {
        if (damage->isNew(event))
            pixelsChanged();
    } else if (type == features.xfixesEvent + XCB_XFIXES_CURSOR_NOTIFY) {
        news.cursorShape = true;
    } else if (type == XCB_GE_GENERIC) {
        const auto& generic = reinterpret_cast<const xcb_ge_generic_event_t&>(event);
        if (features.rawMotion && generic.extension == features.inputOpcode)
            news.cursorMoved = true;
    } else if (type == XCB_CONFIGURE_NOTIFY
        || (features.monitors
            && (type == features.randrEvent + XCB_RANDR_SCREEN_CHANGE_NOTIFY
                || type == features.randrEvent + XCB_RANDR_NOTIFY))) {
        news.layout = true;
        isLayoutStale = true;
        pixelsChanged();
    }
}

Result<void> X11ScreenCapture::Private::lookWithoutEvents(TimePoint now)
{
    if (!damage && image && now >= lastGrab + kBlindFrameInterval)
        pixelsChanged();
    if (!connection->features().rawMotion && now >= lastPointerLook + kBlindPointerInterval) {
        lastPointerLook = now;
        requestPointer();
        if (auto looked = takePointer(); !looked)
            return looked.error();
    }
    return {};
}

TimePoint X11ScreenCapture::Private::nextLook() const
{
    TimePoint next = TimePoint::max();
    if (!damage && image && !isChangeReported)
        next = lastGrab + kBlindFrameInterval;
    if (!connection->features().rawMotion)
        next = std::min(next, lastPointerLook + kBlindPointerInterval);
    return next;
}

bool X11ScreenCapture::Private::hasNews() const
{
    return news.pixels || news.cursorShape || news.cursorMoved || news.layout;
}

ScreenEvents X11ScreenCapture::Private::takeNews(bool woken)
{
    ScreenEvents events = std::exchange(news, {});
    isChangeReported |= events.pixels;
    events.woken = woken;
    return events;
}

void X11ScreenCapture::Private::requestPointer()
{
    pointerRequest = xcb_query_pointer(connection->get(), connection->root());
}

Result<Point> X11ScreenCapture::Private::takePointer()
{
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_query_pointer_reply_t> reply(
        xcb_query_pointer_reply(connection->get(), *std::exchange(pointerRequest, {}), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return connection->failure("tell where the pointer is", error);
    const Point position{reply->root_x, reply->root_y};
    if (pointer && *pointer != position)
        news.cursorMoved = true;
    pointer = position;
    return position;
}

/// In root window coordinates.
Result<Rects> X11ScreenCapture::Private::takeDamage()
{
    // A program may have warped the pointer without an event; asking here costs no round trip of its own.
    requestPointer();
    Result<Rects> damaged = damage ? damage->take() : Rects{area};
    if (auto looked = takePointer(); !looked)
        return looked.error();
    if (!damaged)
        return damaged;
    if (isLayoutStale) {
        isAllDamaged = true;
        if (auto followed = followLayout(); !followed)
            return followed.error();
    }
    if (std::exchange(isAllDamaged, false))
        return Rects{area};
    if (damaged->size() > kMaxDamageRects)
        return bandsOf(*damaged, area, 1);
    return damaged;
}

/// What is outside the screen now must not go on showing what was there.
Result<void> X11ScreenCapture::Private::followLayout()
{
    isLayoutStale = false;
    image->clear();
    return connection->refreshRootSize();
}

Result<void> X11ScreenCapture::Private::readPixels(Rects& damaged)
{
    const Point origin{area.x, area.y};
    for (int attempt = 0; attempt < kMaxGrabAttempts; ++attempt) {
        const Size root = connection->rootSize();
        const Rect visible = intersected(area, {0, 0, root.width, root.height});
        const auto outcome = image->read(bandsOf(damaged, visible, kMaxBandGap), origin);
        if (!outcome)
            return outcome.error();
        if (*outcome == X11Image::Outcome::Done)
            return {};
        if (auto followed = followLayout(); !followed)
            return followed;
        news.layout = true;
        damaged = {area};
    }
    // Still in motion: what is missing comes with the next grab.
    isAllDamaged = true;
    pixelsChanged();
    return {};
}

Result<std::unique_ptr<ScreenCapture>> X11ScreenCapture::create(
    const QByteArray& displayName, const X11CaptureOptions& options)
{
    auto connection = X11Connection::create(displayName, options);
    if (!connection)
        return connection.error();
    if (auto checked = checkNotXwayland(**connection); !checked)
        return checked.error();
    auto d = std::make_unique<Private>(*std::move(connection));
    if (auto selected = d->selectEvents(); !selected)
        return selected.error();
    return std::unique_ptr<ScreenCapture>(new X11ScreenCapture(std::move(d)));
}

X11ScreenCapture::X11ScreenCapture(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

X11ScreenCapture::~X11ScreenCapture() = default;

Result<std::vector<Monitor>> X11ScreenCapture::monitors()
{
    return listMonitors(*m_d->connection);
}

Result<void> X11ScreenCapture::setArea(const Rect& area)
{
    if (area.isEmpty() || area.width > kMaxSide || area.height > kMaxSide) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("an area of %1x%2 pixels cannot be captured").arg(area.width).arg(area.height));
    }
    if (auto refreshed = m_d->connection->refreshRootSize(); !refreshed)
        return refreshed;
    m_d->area = area;
    m_d->image.emplace(*m_d->connection, Size{area.width, area.height});
    if (m_d->connection->isLost())
        return m_d->connection->failure("share memory", nullptr);
    m_d->isAllDamaged = true;
    m_d->isChangeReported = false;
    m_d->pixelsChanged();
    return {};
}

Result<ScreenEvents> X11ScreenCapture::waitForEvents(TimePoint deadline)
{
    while (true) {
        const bool woken = m_d->wakeEvent.take();
        if (auto drained = m_d->drainEvents(); !drained)
            return drained.error();
        const TimePoint now = Clock::now();
        if (auto looked = m_d->lookWithoutEvents(now); !looked)
            return looked.error();
        if (m_d->hasNews() || woken || now >= deadline)
            return m_d->takeNews(woken);
        m_d->wakeEvent.wait(
            xcb_get_file_descriptor(m_d->connection->get()), std::min(deadline, m_d->nextLook()));
    }
}

Result<GrabbedScreen> X11ScreenCapture::grab()
{
    if (!m_d->image)
        return Error(ErrorCode::CaptureFailed, QStringLiteral("no area to capture has been chosen"));
    m_d->lastGrab = Clock::now();
    m_d->isChangeReported = false;
    m_d->news.pixels = false;
    auto damaged = m_d->takeDamage();
    if (!damaged)
        return damaged.error();
    if (auto read = m_d->readPixels(*damaged); !read)
        return read.error();

    GrabbedScreen screen{m_d->image->view(), {}};
    for (const Rect& rect : *damaged) {
        const Rect part = intersected(rect, m_d->area);
        if (!part.isEmpty())
            screen.damage.push_back({part.x - m_d->area.x, part.y - m_d->area.y, part.width, part.height});
    }
    return screen;
}

Result<CursorShape> X11ScreenCapture::cursorShape()
{
    return readCursorShape(*m_d->connection);
}

Result<Point> X11ScreenCapture::cursorPosition()
{
    m_d->requestPointer();
    auto position = m_d->takePointer();
    if (!position)
        return position;
    m_d->news.cursorMoved = false; // the owner knows now
    return Point{position->x - m_d->area.x, position->y - m_d->area.y};
}

void X11ScreenCapture::wake()
{
    m_d->wakeEvent.wake();
}

} // namespace sightline
