// How long input takes from the viewer's sendInput() to the host's handler while a full screen changes sixty
// times a second: over a loopback stream, where nothing but RDP itself is between them, and over ICE, DTLS,
// SRTP and the reliable stream on 127.0.0.1. The host's capture, encoder and pacing and the viewer's decoder
// are the real ones.

#include "core/rdp/rdp_host.h"
#include "core/rdp/rdp_viewer.h"
#include "core/rdp/socket_bridge.h"
#include "core/session/remote_screen.h"
#include "core/session/screen_sender.h"
#include "core/transport/loopback_stream.h"
#include "core/transport/media_transport.h"
#include "platform/synthetic/pattern_capture.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr Size kDesktop{1920, 1080};
constexpr auto kBetweenEvents = 7ms; // no divisor of a frame's time

struct Latencies {
    void sent(std::size_t i, TimePoint now)
    {
        const std::lock_guard lock(mutex);
        times.at(i) = now;
    }
    void arrived(TimePoint now)
    {
        const std::lock_guard lock(mutex);
        if (next < times.size())
            milliseconds.push_back(std::chrono::duration<double, std::milli>(now - times.at(next++)).count());
        changed.notify_all();
    }
    bool waitFor(std::size_t count)
    {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, 20s, [&] { return milliseconds.size() >= count; });
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::vector<TimePoint> times = std::vector<TimePoint>(100'000);
    std::vector<double> milliseconds;
    std::size_t next = 0;
};

/// Both ends of a session without signaling and windows.
class Session {
public:
    Session(EventLoop& hostLoop, ByteStream& hostStream, EventLoop& viewerLoop, ByteStream& viewerStream,
        std::shared_ptr<PatternScreen> screen, std::function<FramePacer::Path()> path)
    {
        auto hostEnds = SocketBridge::create(hostLoop, hostStream);
        auto viewerEnds = SocketBridge::create(viewerLoop, viewerStream);
        m_hostBridge = std::move(hostEnds->bridge);
        m_viewerBridge = std::move(viewerEnds->bridge);
        RdpHost::Handlers host;
        host.ready = [this](const ViewerCapabilities&) { m_isReady = true; };
        host.frameAcknowledged = [this](std::uint32_t frame) {
            ++m_frames;
            if (ScreenSender* sender = m_sender.load())
                sender->acknowledge(frame);
        };
        host.input = [this](const InputEvent&) { latencies.arrived(Clock::now()); };
        m_host = std::move(*RdpHost::create(hostEnds->fd, kDesktop, std::move(host)));
        ScreenSender::Output output;
        output.graphics = m_host.get();
        output.cursorShape = [](const CursorShape&) {};
        output.cursorPosition = [](Point) {};
        output.areaChanged = [](const Rect&) {};
        output.hiddenChanged = [](bool) {};
        output.path = [this, path = std::move(path)] {
            FramePacer::Path now = path();
            now.bytesQueued += m_host->queuedBytes();
            return now;
        };
        output.failed = [](const Error&) {};
        m_ownedSender = std::make_unique<ScreenSender>(
            ScreenSender::Config{.openCapture = [screen]() -> Result<std::unique_ptr<ScreenCapture>> {
                                     return std::unique_ptr<ScreenCapture>(
                                         std::make_unique<PatternCapture>(screen));
                                 },
                .target = {}},
            std::move(output));
        m_sender = m_ownedSender.get();
        m_ownedSender->setViewer({.avc420 = true, .cacheSlots = 25600, .cacheBytes = 100 * 1024 * 1024});
        m_ownedSender->start();
        RdpViewer::Handlers viewer;
        viewer.resized = [this](Size size, const Rects& monitors) { m_screen.resize(size, monitors); };
        viewer.painted
            = [this](const PictureView& picture, const Rects& dirty) { m_screen.paint(picture, dirty); };
        m_viewer = std::move(*RdpViewer::create(viewerEnds->fd, std::move(viewer)));
    }

    ~Session()
    {
        m_ownedSender->stop();
        m_viewer.reset();
        m_host.reset();
    }

    bool waitReady()
    {
        for (int i = 0; i < 2000 && !m_isReady; ++i)
            std::this_thread::sleep_for(10ms);
        m_ownedSender->restart();
        return m_isReady;
    }

    void measure(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            std::this_thread::sleep_for(kBetweenEvents);
            latencies.sent(i, Clock::now());
            m_viewer->sendInput(ScancodeKey{0x1E, ScancodeKey::Extension::None, i % 2 == 0});
        }
        latencies.waitFor(count);
    }

    std::uint64_t frames() const { return m_frames; }
    Latencies latencies;

private:
    RemoteScreen m_screen;
    std::atomic<bool> m_isReady = false;
    std::atomic<std::uint64_t> m_frames = 0;
    std::unique_ptr<SocketBridge> m_hostBridge;
    std::unique_ptr<SocketBridge> m_viewerBridge;
    std::unique_ptr<ScreenSender> m_ownedSender;
    std::unique_ptr<RdpHost> m_host;
    std::unique_ptr<RdpViewer> m_viewer;
    std::atomic<ScreenSender*> m_sender = nullptr;
};

/// Every pixel another one, sixty times a second, as a video would.
class Film {
public:
    explicit Film(std::shared_ptr<PatternScreen> screen)
        : m_screen(std::move(screen))
    {
        std::minstd_rand random(7);
        for (int i = 0; i < 4; ++i) {
            Picture picture(kDesktop.width, kDesktop.height);
            for (int y = 0; y < kDesktop.height; ++y) {
                for (int x = 0; x < kDesktop.width; ++x) {
                    const auto base = static_cast<std::uint32_t>((x * (i + 2) + y * (5 - i)) / 12);
                    const auto noise = static_cast<std::uint32_t>(random() & 7);
                    picture.row(y)[x] = ((base + noise) & 0xFF) << 16 | ((base / 2 + noise) & 0xFF) << 8
                        | ((255 - base + noise) & 0xFF);
                }
            }
            m_pictures.push_back(std::move(picture));
        }
        m_thread = std::jthread([this](const std::stop_token& stop) {
            TimePoint next = Clock::now();
            for (std::size_t i = 0; !stop.stop_requested(); ++i) {
                m_screen->blit(m_pictures.at(i % m_pictures.size()).view(), {0, 0});
                std::this_thread::sleep_until(next += 16'667us);
            }
        });
    }

private:
    std::shared_ptr<PatternScreen> m_screen;
    std::vector<Picture> m_pictures;
    std::jthread m_thread;
};

void report(const char* what, Session& session, std::size_t count, bool isBusy)
{
    const auto screenTime = Clock::now();
    const std::uint64_t framesBefore = session.frames();
    session.measure(count);
    const double seconds = std::chrono::duration<double>(Clock::now() - screenTime).count();
    const double fps = static_cast<double>(session.frames() - framesBefore) / seconds;
    std::vector<double> all = session.latencies.milliseconds;
    std::ranges::sort(all);
    if (all.size() < count) {
        std::printf("%-28s only %zu of %zu events arrived\n", what, all.size(), count);
        return;
    }
    const auto at = [&all](double part) {
        return all.at(static_cast<std::size_t>(part * static_cast<double>(all.size() - 1)));
    };
    std::printf("%-28s %-6s %6.2f %6.2f %6.2f %6.2f  %5.1f\n", what, isBusy ? "film" : "still", at(0.5),
        at(0.9), at(0.99), all.back(), fps);
    std::fflush(stdout);
}

void overLoopback(std::size_t count, bool isBusy)
{
    auto screen = std::make_shared<PatternScreen>(kDesktop);
    const auto film = isBusy ? std::make_unique<Film>(screen) : nullptr;
    EventLoop loop;
    auto streams = LoopbackStream::createPair(loop);
    {
        Session session(
            loop, *streams.first, loop, *streams.second, screen, [] { return FramePacer::Path{}; });
        if (session.waitReady())
            report("loopback stream", session, count, isBusy);
    }
    loop.call([&streams] {
        streams.first.reset();
        streams.second.reset();
    });
}

struct Leg {
    std::unique_ptr<MediaTransport> transport;
    Leg* other = nullptr;
    std::atomic<bool> isConnected = false;

    void create(EventLoop& loop, bool controlling)
    {
        MediaTransport::Config config;
        config.controlling = controlling;
        config.localAddresses = {QStringLiteral("127.0.0.1")};
        MediaTransport::Handlers handlers;
        handlers.localCandidate = [this](const QByteArray& candidate) {
            if (other->transport)
                (void)other->transport->addRemoteCandidate(candidate);
            else
                early.push_back(candidate);
        };
        handlers.localCandidatesDone = [] {};
        handlers.stateChanged = [this](MediaTransport::State state, const Error*) {
            isConnected = state == MediaTransport::State::Connected;
        };
        transport = std::move(*MediaTransport::create(loop, std::move(config), std::move(handlers)));
    }
    std::vector<QByteArray> early;
};

void overIce(std::size_t count, bool isBusy)
{
    auto screen = std::make_shared<PatternScreen>(kDesktop);
    const auto film = isBusy ? std::make_unique<Film>(screen) : nullptr;
    // Two loops, as two processes have.
    EventLoop hostLoop;
    EventLoop viewerLoop;
    Leg host;
    Leg viewer;
    host.other = &viewer;
    viewer.other = &host;
    host.create(hostLoop, true);
    viewer.create(viewerLoop, false);
    (void)viewer.transport->setRemoteDescription(host.transport->localDescription());
    (void)host.transport->setRemoteDescription(viewer.transport->localDescription());
    hostLoop.call([&] {
        for (const QByteArray& candidate : host.early)
            (void)viewer.transport->addRemoteCandidate(candidate);
    });
    for (int i = 0; i < 1500 && !(host.isConnected && viewer.isConnected); ++i)
        std::this_thread::sleep_for(10ms);
    if (!host.isConnected || !viewer.isConnected) {
        std::puts("ice found no path on 127.0.0.1");
        return;
    }
    Session session(
        hostLoop, host.transport->stream(), viewerLoop, viewer.transport->stream(), screen, [&host] {
            const TransportStatistics now = host.transport->statistics();
            return FramePacer::Path{
                .roundTrip = now.roundTrip, .deliveryRate = now.deliveryRate, .bytesQueued = now.bytesQueued};
        });
    if (session.waitReady())
        report("ICE, SRTP on 127.0.0.1", session, count, isBusy);
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2000;
    std::printf("%zu key events, %dx%d; milliseconds from sendInput() to the host's handler\n", count,
        kDesktop.width, kDesktop.height);
    std::printf("%-28s %-6s %6s %6s %6s %6s  %5s\n", "", "screen", "p50", "p90", "p99", "max", "fps");
    RdpHost::warmUp();
    for (const bool isBusy : {false, true}) {
        overLoopback(count, isBusy);
        overIce(count, isBusy);
    }
    return 0;
}
