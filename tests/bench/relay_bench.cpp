// How long a frame stays in the relay, and what each viewer costs: a recorded sharer at 30 frames a second,
// and viewers that take everything at once. usage: relay_bench [viewers...]

#include "core/graphics/frame_encoder.h"
#include "core/relay/relay.h"
#include "tests/unit/graphics/test_pictures.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr int kFrames = 240;
constexpr int kWarmUp = 30; ///< frames
constexpr Duration kFrameTime = 33ms;

using Frame = std::vector<GfxCommand>;

class Recorder : public GfxSink {
public:
    void accept(GfxCommand command) override
    {
        if (frames.empty())
            frames.emplace_back();
        const bool isEnd = std::holds_alternative<EndFrame>(command);
        frames.back().push_back(std::move(command));
        if (isEnd)
            frames.emplace_back();
    }
    std::vector<Frame> frames;
};

std::vector<Frame> record(const char* scene)
{
    Recorder recorder;
    FrameEncoder encoder(recorder, {});
    Picture picture = pictures::desktop(1920, 1080, 1);
    Picture page(1920, 6000);
    pictures::text(page, page.rect(), 2, true);
    encoder.reset({1920, 1080}, {.avc420 = true, .cacheSlots = 1000, .cacheBytes = 16 << 20});
    TimePoint now{1h};
    for (int i = 0; i < kFrames; ++i) {
        if (scene == std::string("typing"))
            pictures::text(picture, {100 + i % 100 * 9, 100 + i / 100 * 20, 9, 20}, std::uint64_t(i), true);
        else if (scene == std::string("scroll"))
            pictures::blit(page, {0, i * 17, 1600, 900}, picture, {160, 90});
        else
            pictures::blit(
                pictures::photo(640, 360, std::uint64_t(i)), {0, 0, 640, 360}, picture, {640, 320});
        now += kFrameTime;
        encoder.encode(picture.view(), {picture.rect()}, static_cast<std::uint32_t>(i + 1), {.now = now});
    }
    return std::move(recorder.frames);
}

/// When frames were handed in, and how long they took to each viewer.
struct Times {
    std::mutex mutex;
    TimePoint handedIn{};
    bool isCounted = false;
    std::vector<double> milliseconds;
};

class Viewer : public RelayOutput {
public:
    Viewer(Relay& relay, Times& times, double rate)
        : m_relay(relay)
        , m_times(times)
        , m_rate(rate)
    {
    }
    void send(const std::shared_ptr<const GfxMessage>& message) override
    {
        if (!message->endOfFrame || id == 0)
            return;
        {
            const std::lock_guard lock(m_times.mutex);
            if (m_times.isCounted && m_rate == 0) {
                m_times.milliseconds.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - m_times.handedIn).count());
            }
        }
        if (m_rate == 0)
            m_relay.acknowledged(id, *message->endOfFrame);
    }
    void paint(const PictureView&, const Rects&, std::uint32_t) override {}
    void outputResized(Size) override {}
    std::size_t queuedBytes() const override { return 0; }
    double pathRate() const override { return m_rate; }

    std::atomic<Relay::ViewerId> id = 0;

private:
    Relay& m_relay;
    Times& m_times;
    double m_rate; ///< 0: takes everything; otherwise nothing is ever acknowledged
};

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double percentile(std::vector<double>& values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * double(values.size() - 1))];
}

double run(const char* scene, const std::vector<Frame>& frames, int viewers, int stalled, double cpuOfNone)
{
    Times times;
    Relay relay;
    std::vector<std::shared_ptr<Viewer>> outputs;
    for (int i = 0; i < viewers + stalled; ++i) {
        outputs.push_back(std::make_shared<Viewer>(relay, times, i < viewers ? 0 : 32'000));
        outputs.back()->id
            = relay.addViewer({{.avc420 = true, .cacheSlots = 1000, .cacheBytes = 16 << 20}}, outputs.back());
    }
    auto source = relay.attachSource({});
    TimePoint next = Clock::now();
    double cpu = 0;
    for (int i = 0; i < int(frames.size()); ++i) {
        if (i == kWarmUp)
            cpu = cpuSeconds();
        std::this_thread::sleep_until(next += kFrameTime);
        {
            const std::lock_guard lock(times.mutex);
            times.handedIn = Clock::now();
            times.isCounted = i >= kWarmUp;
        }
        for (const GfxCommand& command : frames[std::size_t(i)])
            source->accept(command);
    }
    std::this_thread::sleep_until(next += kFrameTime);
    cpu = cpuSeconds() - cpu;
    const double seconds = (kFrames - kWarmUp) * std::chrono::duration<double>(kFrameTime).count();
    const std::lock_guard lock(times.mutex);
    const RelayStatistics all = relay.statistics();
    std::printf(
        "%-8s %3d +%d stalled  p50 %5.2f ms  p95 %5.2f ms  max %6.2f ms  cpu %5.2f %%  a viewer %6.3f %%  "
        "ledger %zu KB  relayed %5.1f MB\n",
        scene, viewers, stalled, percentile(times.milliseconds, 0.5), percentile(times.milliseconds, 0.95),
        percentile(times.milliseconds, 1), 100 * cpu / seconds,
        viewers > 0 ? 100 * (cpu - cpuOfNone) / seconds / viewers : 0.0,
        all.ledgerBytes / 1024 / std::size_t(std::max(1, viewers + stalled)), double(all.bytesRelayed) / 1e6);
    std::fflush(stdout);
    return cpu;
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<int> counts;
    for (int i = 1; i < argc; ++i)
        counts.push_back(std::atoi(argv[i]));
    if (counts.empty())
        counts = {20, 50};
    for (const char* scene : {"typing", "scroll", "film"}) {
        const std::vector<Frame> frames = record(scene);
        const double none = run(scene, frames, 0, 0, 0);
        for (const int count : counts) {
            run(scene, frames, count, 0, none);
            run(scene, frames, count, 2, none);
        }
    }
}
