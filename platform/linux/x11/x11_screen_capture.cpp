#include "platform/linux/x11/x11_screen_capture.h"

#include "platform/linux/x11/wake_event.h"
#include "platform/linux/x11/x11_connection.h"
#include "platform/linux/x11/x11_cursor.h"
#include "platform/linux/x11/x11_monitors.h"
#include "platform/linux/x11/x11_pixels.h"
#include "platform/linux/x11/x11_pointer_query.h"

#include <algorithm>
#include <utility>
#include <xcb/randr.h>
#include <xcb/xfixes.h>
#include <xcb/xinput.h>

namespace sightline {

namespace {

constexpr Duration kBlindFrameInterval = std::chrono::milliseconds(33);
constexpr Duration kBlindPointerInterval = std::chrono::milliseconds(50);

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
        , pixels(*connection)
        , pointer(*connection)
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
    void note(const X11Pixels::News& found);
    void startOver();
    Result<Point> lookForPointer();

    std::unique_ptr<X11Connection> connection;
    X11Pixels pixels;
    X11PointerQuery pointer;

    WakeEvent wakeEvent;
    ScreenEvents news;
    bool isChangeReported = false; ///< since the last grab
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
    // What happens after this returned is told: a round trip makes sure.
    return connection->refreshRootSize();
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
    if (type == features.xfixesEvent + XCB_XFIXES_CURSOR_NOTIFY) {
        news.cursorShape = true;
    } else if (type == XCB_GE_GENERIC) {
        const auto& generic = reinterpret_cast<const xcb_ge_generic_event_t&>(event);
        if (features.rawMotion && generic.extension == features.inputOpcode)
            news.cursorMoved = true;
    } else {
        note(pixels.onEvent(event));
    }
}

void X11ScreenCapture::Private::note(const X11Pixels::News& found)
{
    if (found.pixels)
        pixelsChanged();
    news.layout |= found.layout;
}

Result<void> X11ScreenCapture::Private::lookWithoutEvents(TimePoint now)
{
    if (!pixels.hasEvents() && pixels.hasSource() && now >= lastGrab + kBlindFrameInterval)
        pixelsChanged();
    if (now >= pixels.nextReveal())
        pixelsChanged();
    if (!connection->features().rawMotion && now >= lastPointerLook + kBlindPointerInterval) {
        lastPointerLook = now;
        pointer.request();
        if (auto looked = lookForPointer(); !looked)
            return looked.error();
    }
    return {};
}

TimePoint X11ScreenCapture::Private::nextLook() const
{
    TimePoint next = TimePoint::max();
    if (!isChangeReported) {
        next = pixels.nextReveal();
        if (!pixels.hasEvents() && pixels.hasSource())
            next = std::min(next, lastGrab + kBlindFrameInterval);
    }
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

Result<Point> X11ScreenCapture::Private::lookForPointer()
{
    auto position = pointer.take();
    news.cursorMoved |= position && pointer.hasMoved();
    return position;
}

/// Another picture: what was reported of the one before does not count.
void X11ScreenCapture::Private::startOver()
{
    isChangeReported = false;
    pixelsChanged();
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
    if (auto set = m_d->pixels.setArea(area); !set)
        return set;
    m_d->startOver();
    return {};
}

Result<Rect> X11ScreenCapture::setWindow(std::uint64_t window)
{
    if (window == 0 || window > 0xFFFFFFFFU)
        return Error(ErrorCode::NoWindow, QStringLiteral("there is no window 0x%1").arg(window, 0, 16));
    auto place = m_d->pixels.setWindow(static_cast<xcb_window_t>(window));
    if (place)
        m_d->startOver();
    return place;
}

void X11ScreenCapture::setExcludedWindows(const std::vector<std::uint64_t>& windows)
{
    std::vector<xcb_window_t> ids;
    std::transform(windows.begin(), windows.end(), std::back_inserter(ids),
        [](std::uint64_t window) { return static_cast<xcb_window_t>(window); });
    m_d->pixels.setExcluded(std::move(ids));
    m_d->startOver();
}

bool X11ScreenCapture::isHidden() const
{
    return m_d->pixels.isHidden();
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
    m_d->lastGrab = Clock::now();
    m_d->isChangeReported = false;
    m_d->news.pixels = false;
    // A program may have warped the pointer without an event; asking here costs no round trip of its own.
    m_d->pointer.request();
    X11Pixels::News found;
    auto screen = m_d->pixels.read(found, [this] { return m_d->drainEvents(); });
    if (auto looked = m_d->lookForPointer(); !looked)
        return looked.error();
    m_d->note(found);
    return screen;
}

Result<CursorShape> X11ScreenCapture::cursorShape()
{
    return readCursorShape(*m_d->connection);
}

Result<Point> X11ScreenCapture::cursorPosition()
{
    m_d->pointer.request();
    const auto position = m_d->lookForPointer();
    if (!position)
        return position;
    m_d->news.cursorMoved = false; // the owner knows now
    const auto origin = m_d->pixels.origin();
    if (!origin)
        return origin;
    return Point{position->x - origin->x, position->y - origin->y};
}

void X11ScreenCapture::wake()
{
    m_d->wakeEvent.wake();
}

} // namespace sightline
