#include "core/sharing/sharing_statistics.h"

#include "core/sharing/sharing_server.h"

#include <chrono>

namespace sightline {

void SharingMeeting::addPaths(PathSums& sums) const
{
    for (const auto& [entity, seat] : m_seats) {
        if (!seat.leg)
            continue;
        const TransportStatistics path = seat.leg->leg().transportStatistics();
        ++sums.count;
        sums.roundTripSeconds += std::chrono::duration<double>(path.roundTrip).count();
        if (path.packetsSent > 0)
            sums.lossPercent
                += 100.0 * static_cast<double>(path.packetsLost) / static_cast<double>(path.packetsSent);
    }
}

SharingStatistics SharingServer::statistics() const
{
    SharingStatistics sum;
    SharingMeeting::PathSums paths;
    for (const auto& [id, meeting] : m_meetings) {
        const RelayStatistics relay = meeting->relayStatistics();
        ++sum.conferences;
        sum.legs += static_cast<std::size_t>(meeting->legs());
        sum.viewersInStep += static_cast<std::size_t>(relay.viewersInStep);
        sum.viewersStale += static_cast<std::size_t>(relay.viewersStale);
        sum.ledgerOctets += relay.ledgerBytes;
        sum.sentOctets += relay.bytesRelayed + relay.bytesRepaired;
        sum.repairSeconds += std::chrono::duration<double>(relay.repairTime).count();
        meeting->addPaths(paths);
    }
    if (paths.count > 0) {
        sum.lossPercent = paths.lossPercent / paths.count;
        sum.roundTripSeconds = paths.roundTripSeconds / paths.count;
    }
    return sum;
}

} // namespace sightline
