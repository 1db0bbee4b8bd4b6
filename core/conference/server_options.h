#pragma once

#include "core/base/result.h"
#include "core/conference/c3p_peer.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace sightline {

/// How a server is to run: the options of `sightline-server`, and what the app gives to its embedded one.
struct ServerOptions {
    static constexpr quint16 kDefaultPort = 7443;
    enum class Role { All, Focus, Sharing };

    QHostAddress address{QHostAddress::Any}; ///< Any: all addresses, IPv4 and IPv6
    quint16 port = kDefaultPort; ///< 0: the system chooses
    bool anotherPortIfTaken = false; ///< let the system choose when `port` is taken; embedded server only
    QUrl publicUrl; ///< https://HOST[:PORT] that links carry; empty: the machine's own address
    QString dataDirectory = defaultDataDirectory();
    bool hasPresence = true; ///< people see who else is signed in, and invite each other
    QString certificateFile; ///< PEM, chain allowed; empty: our own certificate in dataDirectory
    QString keyFile; ///< PEM; set together with certificateFile

    Role role = Role::All;
    C3pPeer focus; ///< of a server with the role sharing
    QList<C3pPeer> sharing; ///< of one with the role focus; none: pictures are direct only
    QString c3pSecretFile; ///< what they all know
    QStringList iceUris; ///< STUN and TURN servers for the participants' media
    QString turnSecretFile; ///< what the TURN servers know
    bool isLoggedAsJson = false;

    static QString defaultDataDirectory();
};

inline constexpr qsizetype kC3pSecretSize = 32; ///< at least

/// The one line of a secret's file, `shortest` to 256 octets. FileFailed or InvalidArgument; empty for no
/// file.
Result<QByteArray> readSecret(const QString& file, qsizetype shortest);

/// What the command line of `sightline-server` asks for.
struct ServerCommand {
    enum class Action { Run, CheckConfig, AuditLog, ShowVersion, ShowHelp };

    Action action = Action::Run;
    ServerOptions options;
    QString auditedMeeting = {}; ///< empty: all of them

    /// Reads the arguments (without the program's name) and the file that --config names; the command line
    /// wins. InvalidArgument or FileFailed: the message says where the mistake is and what to do.
    static Result<ServerCommand> parse(const QStringList& arguments);
    static QString helpText();
};

} // namespace sightline
