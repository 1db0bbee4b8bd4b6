#pragma once

#include "core/session/control_state.h"

#include <QString>

namespace sightline {

/// What a person has set, apart from the command line.
struct Settings {
    QString name; ///< that others see; empty: never asked
    QString server; ///< https://HOST:PORT[?fp=FINGERPRINT]; empty: a server of our own
    bool staysInTray = false; ///< starts there, and closing the window leads there
    ControlPolicy controlPolicy = ControlPolicy::Ask;
    Hotkey takeBackHotkey{}; ///< ends the control that was given
    bool sendsClipboard = true; ///< what is copied here goes to the other side, while control is given
    bool receivesClipboard = true; ///< and what is copied there comes here
    bool operator==(const Settings&) const = default;
};

} // namespace sightline
