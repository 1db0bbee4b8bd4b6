#pragma once

#include "meddling_stream.h"

#include "core/graphics/picture.h"
#include "core/rdp/rdp_host.h"
#include "core/rdp/rdp_viewer.h"
#include "core/rdp/socket_bridge.h"
#include "core/transport/event_loop.h"
#include "core/transport/loopback_stream.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sightline {

inline constexpr std::chrono::seconds kDeadline{
    20}; // for what takes milliseconds; instrumented builds are slow

/// What an RdpHost reported. Safe to look at from the test's thread.
struct HostReport {
    int timesReady = 0;
    ViewerCapabilities capabilities;
    std::vector<std::uint32_t> acknowledged;
    int refreshes = 0;
    Rects refreshed; ///< the areas of the last one
    std::vector<InputEvent> input;
    std::vector<EncomspPdu> control;
    std::optional<Error> closed;
};

/// What an RdpViewer reported.
struct ViewerReport {
    int timesConnected = 0;
    std::vector<Size> sizes;
    Rects monitors; ///< in the picture of the last size
    Picture screen; ///< a copy, brought up to date by the dirty rectangles alone
    int paints = 0;
    Rects lastDirty;
    std::vector<DrawnArea> lastDrawn;
    std::vector<CursorShape> shapes;
    std::vector<Point> positions;
    std::vector<EncomspPdu> control;
    std::optional<Error> closed;
};

/// A report and how to wait for it.
template <typename Report> class Watched {
public:
    void change(const std::function<void(Report&)>& edit)
    {
        const std::lock_guard lock(m_mutex);
        edit(m_report);
        m_changed.notify_all();
    }
    /// False when the deadline passed first.
    bool waitFor(
        const std::function<bool(const Report&)>& condition, std::chrono::milliseconds deadline = kDeadline)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, deadline, [&] { return condition(m_report); });
    }
    Report copy()
    {
        const std::lock_guard lock(m_mutex);
        return m_report;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Report m_report;
};

/// A host and a viewer with real FreeRDP on both ends, over a loopback stream. Any part may be ended early.
struct RdpPair {
    explicit RdpPair(Size desktop = {640, 480}, std::size_t capacity = 256 * 1024);
    ~RdpPair();

    bool waitReady();
    /// Sends a reset and surface 1 of this size, mapped.
    void reset(Size size, const Rects& monitors = {});
    /// Sends one frame and waits until it is acknowledged.
    bool frame(std::uint32_t number, const std::vector<GfxCommand>& commands);
    bool waitAcknowledged(std::uint32_t number);
    /// What the host waits to hear when its leg is over.
    std::optional<Error> waitHostClosed();
    std::optional<Error> waitViewerClosed();

    EventLoop loop;
    Watched<HostReport> hostReport;
    Watched<ViewerReport> viewerReport;
    LoopbackStream::Pair streams;
    MeddlingStream hostStream;
    MeddlingStream viewerStream;
    std::unique_ptr<SocketBridge> hostBridge;
    std::unique_ptr<SocketBridge> viewerBridge;
    std::unique_ptr<RdpHost> host;
    std::unique_ptr<RdpViewer> viewer;
};

RdpHost::Handlers reportTo(Watched<HostReport>& report);
RdpViewer::Handlers reportTo(Watched<ViewerReport>& report);

/// Octets that no compressor makes smaller, others for each seed.
SharedBytes noise(std::size_t count, std::uint32_t seed);

/// The value of a numeric line of /proc/self/status ("Threads", "VmRSS").
long processStatus(const char* name);
int openDescriptors();

} // namespace sightline
