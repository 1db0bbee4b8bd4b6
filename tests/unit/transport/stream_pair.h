#pragma once

#include "core/transport/rtp_stream.h"
#include "link_simulator.h"

#include <array>
#include <deque>
#include <functional>
#include <limits>
#include <map>

namespace sightline {

/// Two RtpStreams and the path between them in virtual time, with a writer and a reader at each end that
/// agree on what the octets are.
class StreamPair {
public:
    struct Config {
        std::array<LinkSimulator::Config, 2> links; ///< [i]: away from end i
        std::array<RtpStream::Config, 2> streams;

        static Config symmetric(const LinkSimulator::Config& link);
    };

    /// One application: writes octets of a known pattern, reads and checks those of the other one.
    struct End {
        std::unique_ptr<RtpStream> stream;
        std::uint64_t toWrite = 0; ///< octets that wait for write() to take them
        std::uint64_t written = 0;
        std::uint64_t read = 0;
        std::uint64_t wrongOctets = 0;
        std::uint64_t readBudget = std::numeric_limits<std::uint64_t>::max(); ///< octets that it will read
        struct Message {
            std::uint64_t end = 0;
            TimePoint writtenAt{};
        };
        std::deque<Message> messages; ///< that the other end has not read completely
        std::vector<Duration> latencies; ///< of those that it has
    };

    explicit StreamPair(const Config& config);

    TimePoint now() const { return m_now; }
    End& end(std::size_t index) { return m_ends[index]; }
    RtpStream& stream(std::size_t index) { return *m_ends[index].stream; }
    LinkSimulator& link(std::size_t index) { return m_links[index]; }

    /// Hands octets to an end's writer now; how long they take to be read is in `latencies`.
    void send(std::size_t index, std::uint64_t octets);
    /// Calls `action` in virtual time.
    void at(Duration fromNow, std::function<void()> action);
    /// Sees, and may change or swallow (false), each packet that leaves an end.
    std::function<bool(std::size_t index, LinkSimulator::Packet& packet)> onPacket;

    void runFor(Duration duration);
    /// False: `isDone` did not come true within `limit`.
    bool runUntil(const std::function<bool()>& isDone, Duration limit);
    /// Nothing is on the way and no timer runs.
    bool isSilent() const;

    bool isIntact() const
    {
        return m_ends[0].wrongOctets == 0 && m_ends[1].wrongOctets == 0 && !m_isSpinning;
    }
    /// A stream asked to be called back at once for ever.
    bool isSpinning() const { return m_isSpinning; }

private:
    void pump();
    bool writeAndRead(std::size_t index);
    bool flush(std::size_t index);
    void deliver();
    TimePoint nextEvent() const;

    TimePoint m_now{std::chrono::hours(1)};
    std::array<End, 2> m_ends;
    std::array<LinkSimulator, 2> m_links;
    std::multimap<TimePoint, std::function<void()>> m_actions;
    bool m_isSpinning = false;
};

/// The value below which `share` of the values are.
Duration percentile(std::vector<Duration> values, double share);

} // namespace sightline
