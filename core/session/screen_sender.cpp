#include "core/session/screen_sender.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// Of one frame: what the path carries in this time. A larger change arrives in several frames, each of what
// is newest then; below the least size a frame is not worth cutting.
constexpr Duration kFrameSlice = 150ms;
constexpr std::size_t kSmallestFrame = 64 * 1024;

// Refinement waits for the screen to rest for so long, because what is sent then is in the way of the next
// change. A screen that never rests is refined all the same, in smaller slices.
constexpr Duration kRest = 100ms;
constexpr Duration kPatience = 900ms;
constexpr Duration kRefinementSliceInMotion = 5ms;

// Of one refinement: what the path carries in this time, so that a change that comes meanwhile waits no
// longer.
constexpr Duration kRefinementSlice = 30ms;
constexpr std::size_t kSmallestRefinement = 32 * 1024;

// What was compressed very well until now may be followed by what cannot be.
constexpr double kBestCompression = 0.25;

double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

ScreenSender::ScreenSender(Config config, Output output)
    : m_config(std::move(config))
    , m_output(std::move(output))
    , m_target(m_config.target)
    , m_encoder(*m_output.graphics, {})
    , m_pacer({.maxFramesPerSecond = m_config.maxFramesPerSecond})
{
}

ScreenSender::~ScreenSender()
{
    stop();
}

void ScreenSender::start()
{
    m_thread = std::thread([this] { run(); });
}

void ScreenSender::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopRequested = true;
        if (m_wakeTarget)
            m_wakeTarget->wake();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void ScreenSender::restart()
{
    const std::lock_guard lock(m_mutex);
    m_isRestartRequested = true;
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

void ScreenSender::setViewer(const ViewerAbilities& abilities)
{
    const std::lock_guard lock(m_mutex);
    m_abilities = abilities;
}

void ScreenSender::setPaused(bool isPaused)
{
    const std::lock_guard lock(m_mutex);
    m_isPauseRequested = isPaused;
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

void ScreenSender::setTarget(const ShareTarget& target)
{
    const std::lock_guard lock(m_mutex);
    m_targetRequest = target;
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

void ScreenSender::setExcludedWindows(std::vector<std::uint64_t> windows)
{
    const std::lock_guard lock(m_mutex);
    m_exclusionRequest = std::move(windows);
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

void ScreenSender::acknowledge(std::uint32_t frame)
{
    const std::lock_guard lock(m_mutex);
    m_latency.acknowledged(frame, Clock::now());
    m_acknowledged.push_back(frame);
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

ScreenSender::Statistics ScreenSender::statistics() const
{
    const std::lock_guard lock(m_mutex);
    return {m_framesSent, m_latency.median()};
}

void ScreenSender::run()
{
    Result<void> result = openScreen();
    while (result) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_isStopRequested)
                break;
        }
        result = step();
    }
    {
        const std::lock_guard lock(m_mutex);
        m_wakeTarget = nullptr;
    }
    m_capture.reset();
    if (!result) {
        qCInfo(logSession) << "Capture ended:" << result.error().toString();
        m_output.failed(result.error());
    }
}

Result<void> ScreenSender::openScreen()
{
    Result<std::unique_ptr<ScreenCapture>> capture = m_config.openCapture();
    if (!capture)
        return std::move(capture).error();
    m_capture = std::move(capture).value();
    m_capture->setExcludedWindows(m_config.excludedWindows);
    if (Result<void> selected = selectArea(); !selected)
        return selected;
    const std::lock_guard lock(m_mutex);
    m_wakeTarget = m_capture.get();
    return {};
}

Result<void> ScreenSender::selectArea()
{
    const Result<TargetPlace> place = m_target.locate(*m_capture);
    if (!place)
        return place.error();
    m_isAway = place->area.isEmpty();
    if (!m_isAway) {
        m_area = place->area;
        m_monitors = place->monitors;
        m_output.areaChanged(m_area);
    }
    m_output.hiddenChanged(place->isHidden);
    if (m_isAway || m_target.kind == ShareTarget::Kind::Window)
        return {};
    return m_capture->setArea(m_area);
}

Result<void> ScreenSender::step()
{
    if (Result<void> changed = changePicture(); !changed)
        return changed;
    bool mustRestart = false;
    takeRequests(mustRestart);
    if (mustRestart) {
        if (Result<void> begun = begin(); !begun)
            return begun;
    }
    if (m_isStarted && !isPaused()) {
        if (m_isCursorUnsent) {
            if (Result<void> sent = sendCursor({.cursorShape = true, .cursorMoved = true}); !sent)
                return sent;
        }
        if (Result<void> sent = sendPicture(); !sent)
            return sent;
    }
    const Result<ScreenEvents> events = m_capture->waitForEvents(wakeTime());
    if (!events)
        return events.error();
    return handle(*events);
}

Result<void> ScreenSender::changePicture()
{
    std::optional<ShareTarget> target;
    std::optional<std::vector<std::uint64_t>> excluded;
    {
        const std::lock_guard lock(m_mutex);
        target.swap(m_targetRequest);
        excluded.swap(m_exclusionRequest);
    }
    if (excluded)
        m_capture->setExcludedWindows(*excluded);
    if (!target || *target == m_target)
        return {};
    m_target = *target;
    qCInfo(logSession) << "Another part of the desktop is shared";
    if (m_isStarted)
        restart();
    return selectArea();
}

Result<void> ScreenSender::begin()
{
    m_isStarted = true;
    m_pacer.reset();
    ViewerAbilities abilities;
    {
        const std::lock_guard lock(m_mutex);
        abilities = m_abilities;
    }
    m_encoder.reset({m_area.width, m_area.height}, abilities, m_monitors);
    m_isDirty = true;
    m_unsentDamage.assign(1, {0, 0, m_area.width, m_area.height});
    return sendCursor({.cursorShape = true, .cursorMoved = true});
}

void ScreenSender::takeRequests(bool& restart)
{
    std::vector<std::uint32_t> acknowledged;
    {
        const std::lock_guard lock(m_mutex);
        m_isPaused = m_isPauseRequested;
        restart = !isPaused() && (std::exchange(m_isRestartRequested, false) || takeRefresh(Clock::now()));
        acknowledged.swap(m_acknowledged);
    }
    const TimePoint now = Clock::now();
    for (const std::uint32_t frame : acknowledged)
        m_pacer.frameAcknowledged(frame, now);
}

Result<void> ScreenSender::handle(const ScreenEvents& events)
{
    if (events.layout) {
        if (Result<void> followed = followLayout(); !followed)
            return followed;
    }
    if (events.pixels) {
        m_isDirty = true;
        m_lastChange = Clock::now();
    }
    return m_isStarted ? sendCursor(events) : Result<void>{};
}

Result<void> ScreenSender::followLayout()
{
    const Rect before = m_area;
    const Rects monitorsBefore = m_monitors;
    if (Result<void> selected = selectArea(); !selected)
        return selected;
    const bool hasSameSize = m_area.width == before.width && m_area.height == before.height;
    // A window that moves is the same picture; a monitor that comes back where it was, too.
    const bool isSame = m_target.kind == ShareTarget::Kind::Window
        ? hasSameSize
        : m_area == before && m_monitors == monitorsBefore;
    if (m_isAway || isSame)
        return {};
    qCInfo(logSession) << "The shared area is now" << m_area.width << "x" << m_area.height << "on"
                       << m_monitors.size() << "monitors";
    if (m_isStarted)
        restart();
    return {};
}

Result<void> ScreenSender::sendCursor(const ScreenEvents& events)
{
    if (isPaused()) {
        m_isCursorUnsent = m_isCursorUnsent || events.cursorShape || events.cursorMoved;
        return {};
    }
    m_isCursorUnsent = false;
    if (events.cursorShape) {
        const Result<CursorShape> shape = m_capture->cursorShape();
        if (!shape)
            return shape.error();
        m_output.cursorShape(*shape);
    }
    if (events.cursorMoved) {
        const Result<Point> position = m_capture->cursorPosition();
        if (!position)
            return position.error();
        m_output.cursorPosition(*position);
    }
    return {};
}

TimePoint ScreenSender::nextDeadline(TimePoint now) const
{
    if (!m_isStarted || isPaused())
        return TimePoint::max();
    if (m_isDirty)
        return m_pacer.earliestSend(m_output.path(), now);
    const TimePoint due = m_encoder.refinementDue();
    if (due == TimePoint::max())
        return due;
    const TimePoint calm = std::max(due, m_lastChange + kRest);
    const bool isViewerBusy = m_pacer.unacknowledged() > 0;
    const TimePoint start = isViewerBusy ? calm : std::min(calm, due + kPatience);
    return std::max(start, m_pacer.earliestSend(m_output.path(), now));
}

Result<void> ScreenSender::sendPicture()
{
    const TimePoint now = Clock::now();
    if (nextDeadline(now) > now)
        return {};
    return m_isDirty ? sendDamage(now) : sendRefinement(now);
}

Result<void> ScreenSender::sendDamage(TimePoint now)
{
    Result<GrabbedScreen> grabbed = m_capture->grab();
    if (!grabbed)
        return grabbed.error();
    m_isDirty = false;
    // The screen was resized between the event and the grab: the layout event follows.
    if (grabbed->picture.width != m_area.width || grabbed->picture.height != m_area.height)
        return {};
    Rects damage = std::move(grabbed->damage);
    damage.insert(damage.end(), m_unsentDamage.begin(), m_unsentDamage.end());
    m_unsentDamage.clear();
    const FrameEncoder::Outcome outcome = m_encoder.encode(
        grabbed->picture, damage, m_frame + 1, limitsFor(kFrameSlice, kSmallestFrame, now));
    m_unsentDamage = outcome.remaining;
    m_isDirty = !m_unsentDamage.empty();
    if (!outcome.isEmpty)
        m_pacer.frameSent(m_frame + 1, outcome.bytes, Clock::now());
    noteSent(outcome, now);
    return {};
}

Result<void> ScreenSender::sendRefinement(TimePoint now)
{
    const Result<GrabbedScreen> grabbed = m_capture->grab();
    if (!grabbed)
        return grabbed.error();
    if (!grabbed->damage.empty()) {
        m_unsentDamage = grabbed->damage;
        m_isDirty = true;
        return {};
    }
    const bool isInMotion = now < m_lastChange + kRest;
    EncodeLimits limits
        = limitsFor(isInMotion ? kRefinementSliceInMotion : kRefinementSlice, kSmallestRefinement, now);
    limits.byteBudget = std::max(limits.byteBudget, kSmallestRefinement);
    const FrameEncoder::Outcome outcome = m_encoder.refine(grabbed->picture, m_frame + 1, limits);
    if (!outcome.isEmpty)
        m_pacer.refinementSent(m_frame + 1, outcome.bytes, Clock::now());
    noteSent(outcome, now);
    return {};
}

EncodeLimits ScreenSender::limitsFor(Duration slice, std::size_t least, TimePoint now) const
{
    const FramePacer::Path path = m_output.path();
    const double octets = path.deliveryRate * seconds(slice) / std::max(path.compression, kBestCompression);
    const std::size_t budget = octets <= 0 ? 0 : std::max(static_cast<std::size_t>(octets), least);
    return {.byteBudget = budget, .pathRate = path.deliveryRate, .now = now};
}

void ScreenSender::noteSent(const FrameEncoder::Outcome& outcome, TimePoint grabbedAt)
{
    if (outcome.isEmpty)
        return;
    ++m_frame;
    const std::lock_guard lock(m_mutex);
    m_latency.sent(m_frame, grabbedAt);
    ++m_framesSent;
}

} // namespace sightline
