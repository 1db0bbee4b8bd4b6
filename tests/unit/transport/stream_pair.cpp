#include "stream_pair.h"

#include <algorithm>
#include <cstring>

namespace sightline {

namespace {

// A prime length, so that no packet size or buffer size is a multiple of it.
constexpr std::size_t kPatternSize = 65521;
constexpr std::size_t kChunk = 16 * 1024;

const Bytes& pattern()
{
    static const Bytes octets = [] {
        Bytes result(kPatternSize + 256 * 1024);
        std::mt19937 random(7);
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = i < kPatternSize ? static_cast<std::uint8_t>(random()) : result[i - kPatternSize];
        return result;
    }();
    return octets;
}

ByteView patternAt(std::uint64_t offset, std::size_t size)
{
    return ByteView(pattern()).subspan(static_cast<std::size_t>(offset % kPatternSize), size);
}

} // namespace

StreamPair::Config StreamPair::Config::symmetric(const LinkSimulator::Config& link)
{
    Config config;
    config.links = {link, link};
    config.links[1].seed = link.seed + 1000;
    for (std::size_t i = 0; i < 2; ++i) {
        config.streams[i].localSsrc = static_cast<std::uint32_t>(100 + i);
        config.streams[i].randomSeed = 42 + i;
    }
    return config;
}

StreamPair::StreamPair(const Config& config)
    : m_links{LinkSimulator(config.links[0]), LinkSimulator(config.links[1])}
{
    for (std::size_t i = 0; i < 2; ++i)
        m_ends[i].stream = std::make_unique<RtpStream>(config.streams[i], m_now);
}

void StreamPair::send(std::size_t index, std::uint64_t octets)
{
    auto& end = m_ends[index];
    end.toWrite += octets;
    end.messages.push_back({end.written + end.toWrite, m_now});
}

void StreamPair::at(Duration fromNow, std::function<void()> action)
{
    m_actions.emplace(m_now + fromNow, std::move(action));
}

bool StreamPair::writeAndRead(std::size_t index)
{
    auto& end = m_ends[index];
    bool hasMoved = false;
    while (end.toWrite > 0) {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(end.toWrite, kChunk));
        const auto taken = end.stream->write(patternAt(end.written, size));
        end.written += taken;
        end.toWrite -= taken;
        hasMoved = hasMoved || taken > 0;
        if (taken < size)
            break;
    }
    auto& peer = m_ends[1 - index];
    Bytes buffer(kChunk);
    while (end.readBudget > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(end.readBudget, kChunk));
        const auto size = end.stream->read(ByteSpan(buffer).first(wanted));
        if (size == 0)
            break;
        if (std::memcmp(buffer.data(), patternAt(end.read, size).data(), size) != 0)
            ++end.wrongOctets;
        end.read += size;
        end.readBudget -= size;
        hasMoved = true;
    }
    for (; !peer.messages.empty() && peer.messages.front().end <= end.read; peer.messages.pop_front())
        peer.latencies.push_back(m_now - peer.messages.front().writtenAt);
    return hasMoved;
}

bool StreamPair::flush(std::size_t index)
{
    constexpr int kPacketsAtOnce = 100000;
    for (int count = 0; count < kPacketsAtOnce; ++count) {
        auto outgoing = m_ends[index].stream->takePacket(m_now);
        if (!outgoing)
            return count > 0;
        LinkSimulator::Packet packet{std::move(outgoing->packet), outgoing->isRtcp};
        if (!onPacket || onPacket(index, packet))
            m_links[index].send(std::move(packet), m_now);
    }
    m_isSpinning = true;
    return false;
}

void StreamPair::pump()
{
    for (bool hasMoved = true; hasMoved && !m_isSpinning;) {
        hasMoved = false;
        for (std::size_t i = 0; i < 2; ++i) {
            hasMoved = writeAndRead(i) || hasMoved;
            hasMoved = flush(i) || hasMoved;
        }
    }
}

TimePoint StreamPair::nextEvent() const
{
    auto next = TimePoint::max();
    for (std::size_t i = 0; i < 2; ++i) {
        next = std::min(next, m_ends[i].stream->nextTimeout());
        next = std::min(next, m_links[i].nextArrival().value_or(TimePoint::max()));
    }
    return m_actions.empty() ? next : std::min(next, m_actions.begin()->first);
}

void StreamPair::deliver()
{
    while (!m_actions.empty() && m_actions.begin()->first <= m_now) {
        const auto action = std::move(m_actions.begin()->second);
        m_actions.erase(m_actions.begin());
        action();
    }
    for (std::size_t i = 0; i < 2; ++i) {
        while (m_links[i].nextArrival().value_or(TimePoint::max()) <= m_now) {
            const auto packet = m_links[i].takeArrived();
            m_ends[1 - i].stream->onPacket(packet.octets, m_now);
        }
    }
}

void StreamPair::runFor(Duration duration)
{
    runUntil([] { return false; }, duration);
}

bool StreamPair::runUntil(const std::function<bool()>& isDone, Duration limit)
{
    const auto until = m_now + limit;
    for (;;) {
        deliver();
        pump();
        if (isDone())
            return true;
        const auto next = nextEvent();
        if (next <= m_now || m_isSpinning) {
            m_isSpinning = true;
            return false;
        }
        if (next > until) {
            m_now = until;
            return false;
        }
        m_now = next;
    }
}

bool StreamPair::isSilent() const
{
    return nextEvent() == TimePoint::max();
}

Duration percentile(std::vector<Duration> values, double share)
{
    if (values.empty())
        return Duration::max();
    std::sort(values.begin(), values.end());
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(index, values.size() - 1)];
}

} // namespace sightline
