#pragma once

#include "core/base/result.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace sightline {

/// How a server is to run: the options of `sightline-server`, and what the app gives to its embedded one.
struct ServerOptions {
    static constexpr quint16 kDefaultPort = 7443;

    QHostAddress address{QHostAddress::Any}; ///< Any: all addresses, IPv4 and IPv6
    quint16 port = kDefaultPort; ///< 0: the system chooses
    bool anotherPortIfTaken = false; ///< let the system choose when `port` is taken; embedded server only
    QUrl publicUrl; ///< https://HOST[:PORT] that links carry; empty: the machine's own address
    QString dataDirectory = defaultDataDirectory();
    bool hasPresence = true; ///< people see who else is signed in, and invite each other
    QString certificateFile; ///< PEM, chain allowed; empty: our own certificate in dataDirectory
    QString keyFile; ///< PEM; set together with certificateFile

    static QString defaultDataDirectory();
};

/// What the command line of `sightline-server` asks for.
struct ServerCommand {
    enum class Action { Run, CheckConfig, ShowVersion, ShowHelp };

    Action action = Action::Run;
    ServerOptions options;

    /// Reads the arguments (without the program's name) and the file that --config names; the command line
    /// wins. InvalidArgument or FileFailed: the message says where the mistake is and what to do.
    static Result<ServerCommand> parse(const QStringList& arguments);
    static QString helpText();
};

} // namespace sightline
