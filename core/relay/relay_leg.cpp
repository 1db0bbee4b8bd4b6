#include "core/relay/relay_leg.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostFrames = 16; ///< not acknowledged
constexpr std::size_t kMostFramesBeforeRepair = 8;
constexpr double kUnknownRate = 1e6;

// What may be on its way, in seconds of the path: so old is the picture that it brings.
constexpr double kQueueForFrame = 0.3;
constexpr double kUnderWayForFrame = 1.0;
constexpr double kQueueForRepair = 0.05;
constexpr double kUnderWayForRepair = 0.3;
constexpr double kMostOfFrame = 0.6;
// Slower paths are used as if they were so fast: a frame has to fit.
constexpr double kLeastOctets = 4096;

// A repair that takes longer comes before what the sharer sends.
constexpr Duration kPatience = 500ms;

constexpr Duration kLongestKeyPause = 30s;

} // namespace

RelayLeg::RelayLeg(const RelayViewer& viewer, std::shared_ptr<RelayOutput> output)
    : m_output(std::move(output))
    , m_ledger(viewer.abilities)
{
}

double RelayLeg::rate() const
{
    const double rate = m_output->pathRate();
    return rate > 0 ? rate : kUnknownRate;
}

bool RelayLeg::mayTakeFrame(std::size_t octets, TimePoint now) const
{
    if (m_underWay.size() >= kMostFrames)
        return false;
    if (!m_pass.isOver() && m_pass.kind != Pass::Kind::Refine && now - m_pass.began > kPatience)
        return false;
    const double path = rate();
    const auto queued = static_cast<double>(m_output->queuedBytes() + octets);
    const auto underWay = static_cast<double>(m_octetsUnderWay + octets);
    return queued <= std::max(kLeastOctets, path * kQueueForFrame)
        && underWay <= std::max(2 * kLeastOctets, path * kUnderWayForFrame);
}

bool RelayLeg::mayTakeRepair() const
{
    const double path = rate();
    return m_underWay.size() < kMostFramesBeforeRepair
        && static_cast<double>(m_output->queuedBytes()) <= path * kQueueForRepair
        && static_cast<double>(m_octetsUnderWay) <= std::max(kLeastOctets / 2, path * kUnderWayForRepair);
}

bool RelayLeg::isOverrun() const
{
    return m_open && static_cast<double>(m_open->octets) > std::max(8 * kLeastOctets, rate() * kMostOfFrame);
}

void RelayLeg::send(const Message& message)
{
    if (m_open)
        m_open->octets += message->size();
    m_output->send(message);
}

void RelayLeg::endFrame()
{
    m_octetsUnderWay += m_open->octets;
    m_underWay.push_back(*m_open);
    m_open.reset();
}

std::optional<std::uint32_t> RelayLeg::acknowledged(std::uint32_t frame)
{
    std::optional<std::uint32_t> relayed;
    // Numbers may wrap around.
    while (!m_underWay.empty() && static_cast<std::int32_t>(frame - m_underWay.front().frame) >= 0) {
        if (m_underWay.front().isRelayed)
            relayed = m_underWay.front().frame;
        m_octetsUnderWay -= m_underWay.front().octets;
        m_underWay.pop_front();
    }
    return relayed;
}

void RelayLeg::restart()
{
    m_ledger.forget();
    m_underWay.clear();
    m_octetsUnderWay = 0;
    m_open.reset();
    m_pass = {};
}

void RelayLeg::restart(const RelayViewer& viewer)
{
    m_ledger = ViewerLedger(viewer.abilities);
    restart();
}

/// A viewer that loses the film again and again asks more and more seldom.
void RelayLeg::askedForKey(TimePoint now)
{
    m_keyPause = now - m_lastKey > 2 * kLongestKeyPause
        ? Duration(1s)
        : std::min<Duration>(kLongestKeyPause, 2 * m_keyPause);
    m_lastKey = now;
    m_nextKey = now + m_keyPause;
}

} // namespace sightline
