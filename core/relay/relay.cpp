#include "core/relay/relay.h"

#include "core/relay/gfx_relay.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// What a source may hand in faster than the relay takes it: far more than a sharer's window allows.
constexpr std::size_t kMostWaiting = 64 * 1024 * 1024;
constexpr std::size_t kCommandOctets = 128; ///< about, beside the payload
constexpr Duration kStatisticsAge = 50ms;

std::size_t octetsOf(const GfxCommand& command)
{
    const auto* tile = std::get_if<TileData>(&command);
    return kCommandOctets + (tile && tile->payload ? tile->payload->size() : 0);
}

Error tooMuch()
{
    return {ErrorCode::TooLarge, QStringLiteral("more graphics than were acknowledged")};
}

} // namespace

class Relay::Private {
public:
    using SourceId = std::uint64_t;
    struct SourceCommand {
        SourceId source = 0;
        GfxCommand command;
    };
    using Task = std::function<void(GfxRelay&)>;

    Private()
        : m_thread([this] { run(); })
    {
    }
    ~Private()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isStopping = true;
        }
        m_wake.notify_one();
        m_thread.join();
    }

    void post(Task task)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.emplace_back(std::move(task));
        }
        m_wake.notify_one();
    }
    /// Comes back when it is done.
    void perform(const Task& task)
    {
        std::promise<void> done;
        post([&](GfxRelay& relay) {
            task(relay);
            done.set_value();
        });
        done.get_future().wait();
    }
    /// What is too much is refused, and ends the source.
    void accept(SourceId source, GfxCommand command)
    {
        const std::size_t octets = octetsOf(command);
        {
            const std::lock_guard lock(m_mutex);
            if (source != m_source)
                return;
            if (m_octetsWaiting + octets > kMostWaiting) {
                m_source = 0;
                m_waiting.emplace_back(Task([this, source](GfxRelay& relay) {
                    if (m_attached == source)
                        relay.refuseSource(tooMuch(), Clock::now());
                }));
            } else {
                m_octetsWaiting += octets;
                m_waiting.emplace_back(SourceCommand{source, std::move(command)});
            }
        }
        m_wake.notify_one();
    }

    SourceId beginSource(RelaySourceHandlers handlers)
    {
        SourceId id = 0;
        {
            const std::lock_guard lock(m_mutex);
            id = m_source = ++m_sources;
            m_waiting.emplace_back(Task([this, id, handlers = std::move(handlers)](GfxRelay& relay) {
                m_attached = id;
                relay.beginSource(handlers, Clock::now());
            }));
        }
        m_wake.notify_one();
        return id;
    }
    void endSource(SourceId id)
    {
        perform([this, id](GfxRelay& relay) {
            if (m_attached == id)
                relay.endSource(Clock::now());
        });
    }

    std::atomic<ViewerId> lastViewer = 0;

    RelayStatistics statistics() const
    {
        const std::lock_guard lock(m_mutex);
        return m_statistics;
    }

private:
    using Waiting = std::variant<SourceCommand, Task>;

    void run()
    {
        GfxRelay relay;
        bool hasMore = false;
        for (std::deque<Waiting> taken; wait(relay, hasMore, taken); taken.clear()) {
            for (Waiting& one : taken)
                handle(relay, one);
            hasMore = relay.work(Clock::now());
        }
    }

    void handle(GfxRelay& relay, Waiting& one)
    {
        if (auto* task = std::get_if<Task>(&one)) {
            (*task)(relay);
            return;
        }
        const auto& [source, command] = std::get<SourceCommand>(one);
        if (source == m_attached)
            relay.accept(command, Clock::now());
    }

    /// False: it is over. What waits is taken, if there is anything.
    bool wait(const GfxRelay& relay, bool hasMore, std::deque<Waiting>& taken)
    {
        const TimePoint now = Clock::now();
        const bool isOld = now - m_statisticsAt >= kStatisticsAge;
        const TimePoint due = hasMore ? now : relay.dueAt(now);
        std::unique_lock lock(m_mutex);
        if (isOld || (!hasMore && m_waiting.empty())) {
            m_statistics = relay.statistics();
            m_statisticsAt = now;
        }
        const auto isAwake = [this] { return m_isStopping || !m_waiting.empty(); };
        if (due == TimePoint::max())
            m_wake.wait(lock, isAwake);
        else if (due > now)
            m_wake.wait_until(lock, due, isAwake);
        taken.swap(m_waiting);
        m_octetsWaiting = 0;
        return !m_isStopping || !taken.empty();
    }

    mutable std::mutex m_mutex; ///< of these:
    std::deque<Waiting> m_waiting;
    std::size_t m_octetsWaiting = 0;
    SourceId m_sources = 0;
    SourceId m_source = 0; ///< whose commands are taken
    bool m_isStopping = false;
    RelayStatistics m_statistics;

    std::condition_variable m_wake;
    // The relay's thread only:
    SourceId m_attached = 0;
    TimePoint m_statisticsAt{};

    std::thread m_thread; ///< the last one: it uses the others
};

namespace {

class Source : public RelaySource {
public:
    Source(std::function<void(GfxCommand)> accept, std::function<void()> end)
        : m_accept(std::move(accept))
        , m_end(std::move(end))
    {
    }
    ~Source() override { m_end(); }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    void accept(GfxCommand command) override { m_accept(std::move(command)); }

private:
    std::function<void(GfxCommand)> m_accept;
    std::function<void()> m_end;
};

} // namespace

Relay::Relay()
    : m_d(std::make_unique<Private>())
{
}

Relay::~Relay() = default;

std::unique_ptr<RelaySource> Relay::attachSource(RelaySourceHandlers handlers)
{
    const Private::SourceId id = m_d->beginSource(std::move(handlers));
    return std::make_unique<Source>(
        [d = m_d.get(), id](GfxCommand command) { d->accept(id, std::move(command)); },
        [d = m_d.get(), id] { d->endSource(id); });
}

Relay::ViewerId Relay::addViewer(const RelayViewer& viewer, std::shared_ptr<RelayOutput> output)
{
    const ViewerId id = ++m_d->lastViewer;
    m_d->post(
        [id, viewer, output = std::move(output)](GfxRelay& relay) { relay.addViewer(id, viewer, output); });
    return id;
}

void Relay::removeViewer(ViewerId viewer)
{
    m_d->perform([viewer](GfxRelay& relay) { relay.removeViewer(viewer); });
}

void Relay::acknowledged(ViewerId viewer, std::uint32_t frame)
{
    m_d->post([viewer, frame](GfxRelay& relay) { relay.acknowledged(viewer, frame, Clock::now()); });
}

void Relay::drained(ViewerId)
{
    m_d->post([](GfxRelay&) {}); // it looks at everybody when it wakes up
}

void Relay::refreshRequested(ViewerId viewer)
{
    m_d->post([viewer](GfxRelay& relay) { relay.restartViewer(viewer, nullptr); });
}

void Relay::refreshRequested(ViewerId viewer, const RelayViewer& abilities)
{
    m_d->post([viewer, abilities](GfxRelay& relay) { relay.restartViewer(viewer, &abilities); });
}

RelayStatistics Relay::statistics() const
{
    return m_d->statistics();
}

} // namespace sightline
