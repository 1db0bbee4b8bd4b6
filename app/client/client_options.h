#pragma once

#include "app/client/client_command.h"

#include <span>

namespace sightline {

/// One option: the same on the command line and, without the dashes, in the configuration file.
struct ClientOption {
    enum : unsigned { InApp = 1, InShare = 2, InView = 4 };
    using Setter = Result<void> (*)(ClientCommand&, const QString& value);

    const char* name;
    const char* value; ///< null: a switch
    unsigned where; ///< InApp, InShare, InView
    const char* help;
    Setter set;
};

std::span<const ClientOption> clientOptions();
const ClientOption* findClientOption(const QString& name); ///< null: there is none

/// An InvalidArgument; the message says what to do.
Error wrongUse(const QString& message);

} // namespace sightline
