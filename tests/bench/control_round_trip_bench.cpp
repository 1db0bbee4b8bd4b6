// How long a person who controls another's desktop waits for what they type: from the key press on the
// viewer's keyboard to the echo of a real xterm in the viewer's window. And, to compare, on the host itself.
// usage: control_round_trip_bench [keys [host-namespace viewer-namespace]]

#include "platform/screen_capture_factory.h"
#include "tests/bench/control_scene.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr Rect kTerminal{
    ControlScene::kLeft, ControlScene::kTop, ControlScene::kWidth, ControlScene::kHeight};
constexpr auto kLongestWait = 2s;
constexpr auto kRest = 300ms;

/// What is drawn where the terminal is.
class Eye {
public:
    explicit Eye(const Xvfb& screen)
    {
        qputenv("DISPLAY", screen.displayName());
        if (auto capture = openScreenCapture(); capture && (*capture)->setArea(kTerminal))
            m_capture = *std::move(capture);
    }

    bool isOpen() const { return m_capture != nullptr; }

    /// When something was drawn first; nothing until `deadline`: nullopt.
    std::optional<TimePoint> waitForChange(TimePoint deadline)
    {
        while (Clock::now() < deadline) {
            const auto events = m_capture->waitForEvents(deadline);
            const TimePoint now = Clock::now();
            if (!events)
                return std::nullopt;
            if (events->pixels && look())
                return now;
        }
        return std::nullopt;
    }
    /// Until nothing has changed for a time.
    void waitForRest()
    {
        while (waitForChange(Clock::now() + kRest)) {}
    }

private:
    bool look()
    {
        const auto grabbed = m_capture->grab();
        if (!grabbed)
            return false;
        const PictureView& picture = grabbed->picture;
        std::vector<std::uint32_t> pixels;
        for (int y = 0; y < picture.height; ++y)
            pixels.insert(pixels.end(), picture.row(y), picture.row(y) + picture.width);
        const bool isNew = pixels != m_last;
        m_last = std::move(pixels);
        return isNew;
    }

    std::unique_ptr<ScreenCapture> m_capture;
    std::vector<std::uint32_t> m_last;
};

bool measure(const char* where, X11Hands& hands, Eye& eye, int keys)
{
    std::minstd_rand random(1);
    std::uniform_int_distribution pause(20, 60);
    std::vector<double> times;
    eye.waitForRest();
    for (int i = 0; i < keys; ++i) {
        const TimePoint before = Clock::now();
        const char* const key = i % 60 == 59 ? "Return" : "a";
        hands.press(key);
        const auto seen = eye.waitForChange(before + kLongestWait);
        hands.release(key);
        if (!seen) {
            std::printf("%-8s key %d had no echo\n", where, i);
            return false;
        }
        times.push_back(std::chrono::duration<double, std::milli>(*seen - before).count());
        while (eye.waitForChange(Clock::now() + std::chrono::milliseconds(pause(random)))) {}
    }
    std::ranges::sort(times);
    const auto at = [&times](double part) {
        return times.at(static_cast<std::size_t>(part * static_cast<double>(times.size() - 1)));
    };
    std::printf("%-8s %6.2f %6.2f %6.2f %6.2f\n", where, at(0.5), at(0.9), at(0.99), times.back());
    std::fflush(stdout);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const int keys = argc > 1 ? std::max(1, std::atoi(argv[1])) : 300;
    auto scene = ControlScene::start(
        {QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1920x1080x24")},
        {.host = argc > 3 ? QString::fromLocal8Bit(argv[2]) : QString(),
            .viewer = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QString()});
    if (!scene) {
        std::fprintf(stderr, "%s\n", qPrintable(scene.error().toString()));
        return 1;
    }
    Eye atViewer((*scene)->viewerScreen());
    Eye atHost((*scene)->hostScreen());
    if (!atViewer.isOpen() || !atHost.isOpen())
        return 1;
    std::printf("%d keys, 1920x1080; milliseconds from the key press to the echo of an xterm\n", keys);
    std::printf("%-8s %6s %6s %6s %6s\n", "where", "p50", "p90", "p99", "max");
    if (!measure("viewer", (*scene)->viewerHands(), atViewer, keys))
        return 1;
    // The host's own user takes the control back by typing: last.
    const auto hostHands = X11Hands::create((*scene)->hostScreen().displayName());
    return hostHands && measure("host", *hostHands, atHost, keys) ? 0 : 1;
}
