#pragma once

#include <QLoggingCategory>

namespace sightline {

// One category per folder; the filter rules are Qt's (QT_LOGGING_RULES="sightline.ice.debug=true").
// Info is for the life of a session, a handful of lines at most; what repeats per packet goes to counters.
Q_DECLARE_LOGGING_CATEGORY(logCapture)
Q_DECLARE_LOGGING_CATEGORY(logGraphics)
Q_DECLARE_LOGGING_CATEGORY(logIce)
Q_DECLARE_LOGGING_CATEGORY(logDtls)
Q_DECLARE_LOGGING_CATEGORY(logStream)
Q_DECLARE_LOGGING_CATEGORY(logSignaling)
Q_DECLARE_LOGGING_CATEGORY(logRdp)
Q_DECLARE_LOGGING_CATEGORY(logMedia)
Q_DECLARE_LOGGING_CATEGORY(logSession)
Q_DECLARE_LOGGING_CATEGORY(logSharing)
Q_DECLARE_LOGGING_CATEGORY(logConference)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace sightline
