#pragma once

#include "core/relay/relay.h"
#include "core/sharing/clipboard_relay.h"
#include "core/sharing/control_relay.h"
#include "core/sharing/pointer_relay.h"
#include "core/sharing/source_gate.h"

namespace sightline {

/// What lies between the sharer of a conference and its viewers. Outlives every leg.
struct SharingHub {
    explicit SharingHub(ControlRelay::Output controlOutput)
        : control(std::move(controlOutput))
    {
    }

    Relay relay;
    SourceGate source;
    ControlRelay control;
    PointerRelay pointer;
    ClipboardRelay clipboardToViewer; ///< what the sharer copied, for whoever controls
    ClipboardRelay clipboardToSharer;
};

} // namespace sightline
