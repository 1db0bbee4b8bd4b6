#pragma once

#include "core/session/session_statistics.h"

#include <QString>

namespace sightline {

/// The figures of a session as people read them; what is not known yet is empty.
struct StatusText {
    QString path; ///< "Direct, UDP"; with the server in between "Server, UDP"
    QString roundTrip; ///< "12 ms"
    QString frames; ///< "30 frames/s"
    QString rate; ///< "1,250 kbit/s"
    bool operator==(const StatusText&) const = default;
};

StatusText statusText(const SessionStatistics& statistics, bool isThroughServer = false);

} // namespace sightline
