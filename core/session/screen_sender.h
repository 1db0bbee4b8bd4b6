#pragma once

#include "core/graphics/frame_encoder.h"
#include "core/graphics/frame_pacer.h"
#include "core/graphics/gfx_sink.h"
#include "core/session/frame_latency.h"
#include "core/session/refresh_requests.h"
#include "core/session/share_target.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sightline {

/// The host's pixel thread: waits for a change of the screen, waits until the viewer can take a frame, then
/// grabs the newest pixels and encodes them. Nothing is queued between capture and encoder, so a slow link
/// gets fewer frames and never old ones; nothing runs while the screen is still.
///
/// restart(), refresh(), setPaused(), setTarget(), setExcludedWindows(), acknowledge() and the statistics may
/// be called from any thread between start() and the destructor.
class ScreenSender {
public:
    using CaptureFactory = std::function<Result<std::unique_ptr<ScreenCapture>>()>;

    struct Config {
        CaptureFactory openCapture; ///< called on the pixel thread
        ShareTarget target;
        std::vector<std::uint64_t> excludedWindows = {}; ///< see ScreenCapture::setExcludedWindows()
        int maxFramesPerSecond = 60;
    };
    /// Where everything goes; called on the pixel thread.
    struct Output {
        GfxSink* graphics = nullptr;
        std::function<void(const CursorShape&)> cursorShape;
        std::function<void(Point)> cursorPosition;
        std::function<void(const Rect&)>
            areaChanged; ///< what is shared, on the desktop; also in the beginning
        /// What is shared has nothing to show now (a window is minimised, a monitor unplugged), or again;
        /// also in the beginning.
        std::function<void(bool isHidden)> hiddenChanged;
        std::function<FramePacer::Path()> path;
        std::function<void(const Error&)>
            failed; ///< the screen cannot be captured (any more); the thread is over
    };
    struct Statistics {
        std::uint64_t frames = 0;
        Duration latency{}; ///< median of the last frames, from the grab to the acknowledgement
    };

    ScreenSender(Config config, Output output);
    ~ScreenSender();
    ScreenSender(const ScreenSender&) = delete;
    ScreenSender& operator=(const ScreenSender&) = delete;

    void start();
    /// Ends the thread and waits for it. Idempotent.
    void stop();

    /// The viewer has nothing (any more): send everything anew. Nothing is sent before the first call. A
    /// viewer of which nothing else was said by setViewer() gets what every viewer can decode.
    void restart();
    /// The viewer asks for these areas anew, as often as it likes; none: for everything.
    void refresh(const Rects& areas);
    void setViewer(const ViewerAbilities& abilities); ///< from the next restart() on
    /// While paused nothing is grabbed, encoded or sent; after it, what changed meanwhile.
    void setPaused(bool isPaused);
    /// From the next frame on. When it is not there, the thread ends as when the screen cannot be captured.
    void setTarget(const ShareTarget& target);
    void setExcludedWindows(std::vector<std::uint64_t> windows);
    /// The viewer has shown every frame up to this one.
    void acknowledge(std::uint32_t frame);
    Statistics statistics() const;

private:
    void run();
    Result<void> openScreen();
    Result<void> step();
    Result<void> handle(const ScreenEvents& events);
    Result<void> selectArea();
    Result<void> followLayout();
    Result<void> changePicture();
    Result<void> sendCursor(const ScreenEvents& events);
    Result<void> sendPicture();
    void takeRequests(bool& restart);
    bool takeRefresh(TimePoint now);
    Result<void> begin();
    bool isPaused() const { return m_isPaused || m_isAway; }
    TimePoint wakeTime() const;
    TimePoint nextDeadline(TimePoint now) const;
    Result<void> sendDamage(TimePoint now);
    Result<void> sendRefinement(TimePoint now);
    /// For a frame of what the path carries in `slice`, `least` at least; no limit while its rate is unknown.
    EncodeLimits limitsFor(Duration slice, std::size_t least, TimePoint now) const;
    void noteSent(const FrameEncoder::Outcome& outcome, TimePoint grabbedAt);

    const Config m_config;
    const Output m_output;
    std::thread m_thread;

    // Shared with other threads.
    mutable std::mutex m_mutex;
    ScreenCapture* m_wakeTarget = nullptr; ///< null while the thread has no capture
    bool m_isRestartRequested = false;
    bool m_isStopRequested = false;
    bool m_isPauseRequested = false;
    RefreshRequests m_refresh;
    std::optional<ShareTarget> m_targetRequest;
    std::optional<std::vector<std::uint64_t>> m_exclusionRequest;
    ViewerAbilities m_abilities;
    std::vector<std::uint32_t> m_acknowledged;
    FrameLatency m_latency;
    std::uint64_t m_framesSent = 0;

    // Of the pixel thread.
    std::unique_ptr<ScreenCapture> m_capture;
    ShareTarget m_target;
    FrameEncoder m_encoder;
    FramePacer m_pacer;
    Rect m_area;
    Rects m_monitors; ///< in the area
    Rects m_unsentDamage; ///< left over by the last frame
    bool m_isStarted = false; ///< the viewer is there
    bool m_isPaused = false;
    bool m_isAway = false; ///< what is shared is not there at the moment
    bool m_isCursorUnsent = false; ///< it changed while paused
    bool m_isDirty = false;
    std::uint32_t m_frame = 0;
    TimePoint m_lastChange{};
};

} // namespace sightline
