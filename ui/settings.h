#pragma once

#include <QString>

namespace sightline {

/// What a person has set, apart from the command line.
struct Settings {
    QString name; ///< that others see; empty: never asked
    QString server; ///< https://HOST:PORT[?fp=FINGERPRINT]; empty: a server of our own
    bool staysInTray = false; ///< starts there, and closing the window leads there
    bool operator==(const Settings&) const = default;
};

} // namespace sightline
