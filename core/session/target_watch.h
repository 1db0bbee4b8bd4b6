#pragma once

#include "core/session/share_target.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace sightline {

/// Follows where a share target is, on a thread of its own, for as long as it lives: what a ScreenSender
/// tells while somebody sees it, while nobody does. Reads no pixels.
class TargetWatch {
public:
    using CaptureFactory = std::function<Result<std::unique_ptr<ScreenCapture>>()>;
    /// Called on the watching thread, and not any more after the destructor.
    struct Handlers {
        std::function<void(const TargetPlace&)> moved; ///< also in the beginning
        std::function<void(const Error&)> failed; ///< it is not there any more; last call
    };

    TargetWatch(CaptureFactory openCapture, ShareTarget target, Handlers handlers);
    ~TargetWatch();
    TargetWatch(const TargetWatch&) = delete;
    TargetWatch& operator=(const TargetWatch&) = delete;

private:
    void run();
    Result<void> watch(ScreenCapture& capture);

    const CaptureFactory m_openCapture;
    const ShareTarget m_target;
    const Handlers m_handlers;
    std::atomic<bool> m_isStopped = false;
    std::mutex m_mutex;
    ScreenCapture* m_wakeTarget = nullptr; ///< null while the thread has no capture; guarded by m_mutex
    std::thread m_thread;
};

} // namespace sightline
