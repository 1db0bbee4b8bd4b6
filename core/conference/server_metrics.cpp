#include "core/conference/server_metrics.h"

namespace sightline {

void ServerMetrics::add(QByteArrayView name, QByteArrayView help, double value)
{
    const QByteArray label = name.toByteArray();
    m_text += "# HELP " + label + ' ' + help.toByteArray() + "\n# TYPE " + label + " gauge\n" + label + ' '
        + QByteArray::number(value, 'g', 15) + '\n';
}

void ServerMetrics::add(const SharingStatistics& sharing)
{
    add("sightline_sharing_conferences", "Conferences whose picture this server carries.",
        static_cast<double>(sharing.conferences));
    add("sightline_legs", "Legs of sharers and viewers.", static_cast<double>(sharing.legs));
    add("sightline_viewers_in_step", "Viewers that get the sharer's commands as they are.",
        static_cast<double>(sharing.viewersInStep));
    add("sightline_viewers_stale", "Viewers that are behind, and get repairs.",
        static_cast<double>(sharing.viewersStale));
    add("sightline_relayed_octets", "Sent to viewers of the present conferences, graphics only.",
        static_cast<double>(sharing.sentOctets));
    add("sightline_repair_seconds", "Spent on encoding repairs for them.", sharing.repairSeconds);
    add("sightline_ledger_octets", "Kept for viewers, all ledgers together.",
        static_cast<double>(sharing.ledgerOctets));
    add("sightline_loss_percent", "Packets lost, mean over all legs.", sharing.lossPercent);
    add("sightline_round_trip_seconds", "Mean over all legs.", sharing.roundTripSeconds);
}

} // namespace sightline
