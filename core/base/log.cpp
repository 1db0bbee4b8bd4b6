#include "core/base/log.h"

namespace sightline {

Q_LOGGING_CATEGORY(logCapture, "sightline.capture", QtInfoMsg)
Q_LOGGING_CATEGORY(logGraphics, "sightline.graphics", QtInfoMsg)
Q_LOGGING_CATEGORY(logIce, "sightline.ice", QtInfoMsg)
Q_LOGGING_CATEGORY(logDtls, "sightline.dtls", QtInfoMsg)
Q_LOGGING_CATEGORY(logStream, "sightline.stream", QtInfoMsg)
Q_LOGGING_CATEGORY(logSignaling, "sightline.signaling", QtInfoMsg)
Q_LOGGING_CATEGORY(logRdp, "sightline.rdp", QtInfoMsg)
Q_LOGGING_CATEGORY(logMedia, "sightline.media", QtInfoMsg)
Q_LOGGING_CATEGORY(logSession, "sightline.session", QtInfoMsg)
Q_LOGGING_CATEGORY(logSharing, "sightline.sharing", QtInfoMsg)
Q_LOGGING_CATEGORY(logConference, "sightline.conference", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "sightline.ui", QtInfoMsg)

} // namespace sightline
