#pragma once

#include "core/transport/transport_path.h"

#include <QByteArray>
#include <QString>

namespace sightline {

class MediaLeg;

/// Figures of one sharing session over the last second, for the status line and for --stats.
struct SessionStatistics {
    QString state; ///< "connecting", "connected", "interrupted", "ended"
    TransportPath path;
    double roundTripMs = 0;
    double framesPerSecond = 0; ///< viewer: decoded and shown; sharer: sent
    double kbitPerSecond = 0; ///< on the wire, both directions
    double lossPercent = 0; ///< of the packets that this side sent
    quint64 frames = 0; ///< since the start
    double connectMs = 0; ///< from the wish to share or view until the first picture; 0 before it
    double frameLatencyMs
        = 0; ///< sharer: median, from grabbing a frame to its acknowledgement; 0 for a viewer
    QString securityCode;
    QString control; ///< of the viewer: "none", "asked", "granted"
    quint64 inputInjected = 0; ///< sharer: events of the viewer that reached the desktop
    quint64 inputDropped = 0; ///< sharer: those that did not: without control, or senseless

    /// Fills in what the leg knows, and "interrupted" when it is.
    void add(MediaLeg& leg);
    /// One line of --stats: a JSON object, keys path, rtt_ms, fps, kbit_s, loss, frames, state, connect_ms,
    /// latency_ms, security_code, control, input_injected, input_dropped.
    QByteArray toJson() const;
    /// "direct, UDP", "relay, TCP", or an empty string while unknown; for people see ui.
    QString pathText() const;
};

} // namespace sightline
