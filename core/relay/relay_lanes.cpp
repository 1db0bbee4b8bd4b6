#include "core/relay/relay_lanes.h"

#include <algorithm>
#include <utility>

namespace sightline {

RelayLanes::RelayLanes(std::shared_ptr<ZgfxEncoder> compressor)
    : m_compressor(std::move(compressor))
{
}

void RelayLanes::begin(const std::vector<RelayLeg*>& legs)
{
    m_isActive = true;
    m_lanes.clear();
    if (legs.empty())
        return;
    Lane& lane = m_lanes.emplace_back(Lane{GfxMessagePacker(m_compressor), legs});
    double slowest = 0;
    for (RelayLeg* leg : legs) {
        leg->setRelaying(true);
        if (leg->isRateKnown())
            slowest = slowest > 0 ? std::min(slowest, leg->rate()) : leg->rate();
    }
    lane.packer.setPathRate(slowest);
}

std::size_t RelayLanes::legCount() const
{
    std::size_t count = 0;
    for (const Lane& lane : m_lanes)
        count += lane.legs.size();
    return count;
}

void RelayLanes::startFrame(std::uint32_t frame)
{
    m_frame = frame;
    for (Lane& lane : m_lanes) {
        for (RelayLeg* leg : lane.legs)
            leg->beginFrame(frame, true);
        lane.packer.add(StartFrame{frame}, 0);
    }
}

void RelayLanes::add(const GfxCommand& command, const CommandEffect& effect, const RelayScene& scene)
{
    for (auto lane = m_lanes.begin(); lane != m_lanes.end(); ++lane) {
        const auto refusing = std::stable_partition(lane->legs.begin(), lane->legs.end(),
            [&](RelayLeg* leg) { return leg->ledger().deliver(command, effect, scene); });
        if (refusing == lane->legs.begin())
            continue;
        if (refusing != lane->legs.end())
            part(lane, refusing);
        lane->packer.add(command, 0);
        if (lane->packer.hasFinished())
            deliver(*lane);
    }
}

/// Those from `first` on get a lane of their own; all have in common what was added so far.
void RelayLanes::part(std::list<Lane>::iterator lane, std::vector<RelayLeg*>::iterator first)
{
    const std::vector<RelayLeg*> others(first, lane->legs.end());
    lane->packer.flush();
    sendFinished(*lane);
    m_lanes.insert(lane, Lane{GfxMessagePacker(m_compressor), others})
        ->packer.setPathRate(lane->packer.pathRate());
    lane->legs.erase(first, lane->legs.end());
}

void RelayLanes::endFrame()
{
    const std::uint32_t frame = *std::exchange(m_frame, std::nullopt);
    for (Lane& lane : m_lanes) {
        lane.packer.add(EndFrame{frame}, 0);
        flush(lane);
        for (RelayLeg* leg : lane.legs)
            leg->endFrame();
    }
}

void RelayLanes::end()
{
    for (Lane& lane : m_lanes) {
        flush(lane);
        for (RelayLeg* leg : lane.legs)
            leg->setRelaying(false);
    }
    m_lanes.clear();
    m_isActive = false;
}

void RelayLanes::remove(RelayLeg* leg)
{
    leg->setRelaying(false);
    for (Lane& lane : m_lanes)
        std::erase(lane.legs, leg);
    std::erase_if(m_lanes, [](const Lane& lane) { return lane.legs.empty(); });
}

void RelayLanes::flush(Lane& lane)
{
    lane.packer.flush();
    deliver(lane);
}

void RelayLanes::deliver(Lane& lane)
{
    sendFinished(lane);
    cutOverrun(lane);
}

void RelayLanes::sendFinished(Lane& lane)
{
    while (std::optional<GfxMessage> finished = lane.packer.takeFinished()) {
        const auto message = std::make_shared<const GfxMessage>(std::move(*finished));
        for (RelayLeg* leg : lane.legs)
            leg->send(message);
        m_bytesSent += message->size() * lane.legs.size();
    }
    m_compression = lane.packer.compression();
}

/// A frame that turns out too large ends early for viewers on slow paths: what follows is missing there.
void RelayLanes::cutOverrun(Lane& lane)
{
    const auto isOverrun = [](const RelayLeg* leg) { return leg->isOverrun(); };
    if (!m_frame || std::ranges::none_of(lane.legs, isOverrun))
        return;
    lane.packer.flush(); // of which their ledgers know already
    sendFinished(lane);
    GfxMessagePacker packer(m_compressor);
    packer.add(EndFrame{*m_frame}, 0);
    packer.flush();
    const auto message = std::make_shared<const GfxMessage>(std::move(*packer.takeFinished()));
    for (RelayLeg* leg : lane.legs) {
        if (isOverrun(leg)) {
            leg->send(message);
            leg->endFrame();
            leg->setRelaying(false);
        }
    }
    std::erase_if(lane.legs, [](const RelayLeg* leg) { return !leg->isInFrame(); });
}

} // namespace sightline
