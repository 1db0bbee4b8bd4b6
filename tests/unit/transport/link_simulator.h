#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <optional>
#include <queue>
#include <random>

namespace sightline {

/// One direction of a network path in virtual time: a bottleneck with a drop-tail queue, then a delay, and
/// what else happens to packets. The same seed gives the same run.
class LinkSimulator {
public:
    struct Config {
        double bitsPerSecond = 50e6;
        Duration delay = std::chrono::milliseconds(20);
        Duration queue = std::chrono::milliseconds(100); ///< how long the last packet that fits has to wait
        double loss = 0; ///< probabilities
        double duplication = 0;
        double reordering = 0; ///< of a packet to be late by reorderDelay
        Duration reorderDelay = std::chrono::milliseconds(5);
        Duration jitter{}; ///< up to so much more delay, evenly
        bool jitterReorders = false; ///< otherwise a packet waits for the one before it
        std::uint64_t seed = 1;
    };
    struct Counters {
        std::uint64_t sent = 0;
        std::uint64_t octets = 0;
        std::uint64_t lost = 0; ///< at random, or in an outage
        std::uint64_t dropped = 0; ///< the queue was full
        Duration longestQueue{};
    };
    struct Packet {
        Bytes octets;
        bool isRtcp = false;
    };

    explicit LinkSimulator(const Config& config)
        : m_config(config)
        , m_random(config.seed)
    {
    }

    void send(Packet packet, TimePoint now);
    /// When the next packet arrives.
    std::optional<TimePoint> nextArrival() const;
    Packet takeArrived();

    /// Nothing that is sent meanwhile arrives.
    void setOutage(bool isOut) { m_isOut = isOut; }
    void setLoss(double loss) { m_config.loss = loss; }
    void setRate(double bitsPerSecond) { m_config.bitsPerSecond = bitsPerSecond; }
    const Counters& counters() const { return m_counters; }
    void resetLongestQueue() { m_counters.longestQueue = {}; }

private:
    struct Flight {
        TimePoint arrival{};
        std::uint64_t order = 0;
        Packet packet;
    };
    struct Later {
        bool operator()(const Flight& a, const Flight& b) const
        {
            return a.arrival != b.arrival ? a.arrival > b.arrival : a.order > b.order;
        }
    };

    bool chance(double probability) { return std::bernoulli_distribution(probability)(m_random); }
    TimePoint arrivalOf(TimePoint sent);

    Config m_config;
    std::mt19937_64 m_random;
    std::priority_queue<Flight, std::vector<Flight>, Later> m_flights;
    TimePoint m_busyUntil{};
    TimePoint m_lastArrival{};
    std::uint64_t m_order = 0;
    bool m_isOut = false;
    Counters m_counters;
};

} // namespace sightline
