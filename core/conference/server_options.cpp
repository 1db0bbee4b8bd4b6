#include "core/conference/server_options.h"

#include "core/base/configuration_file.h"
#include "core/signaling/limits.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QUrlQuery>

#include <array>
#include <optional>

namespace sightline {
namespace {

Error wrong(const QString& message)
{
    return {ErrorCode::InvalidArgument, message};
}

Result<void> setListen(ServerOptions& options, const QString& value, const QString&)
{
    const Error error = wrong(
        QStringLiteral("'%1' is not ADDRESS:PORT, write for example 0.0.0.0:7443 or [::]:7443").arg(value));
    const qsizetype colon = value.lastIndexOf(QLatin1Char(':'));
    if (colon <= 0)
        return error;
    QString host = value.left(colon);
    const bool bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (bracketed)
        host = host.mid(1, host.size() - 2);
    QHostAddress address;
    bool isNumber = false;
    const ushort port = value.mid(colon + 1).toUShort(&isNumber);
    if (!isNumber || !address.setAddress(host))
        return error;
    if (bracketed != (address.protocol() == QAbstractSocket::IPv6Protocol))
        return error;
    // [::] takes IPv4 as well, as everywhere but in Qt's AnyIPv6.
    options.address
        = address == QHostAddress(QHostAddress::AnyIPv6) ? QHostAddress(QHostAddress::Any) : address;
    options.port = port;
    return {};
}

Result<void> setPublicUrl(ServerOptions& options, const QString& value, const QString&)
{
    const QUrl url(value, QUrl::StrictMode);
    const bool isPlain = url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment()
        && (url.path().isEmpty() || url.path() == QLatin1StringView("/"));
    if (!url.isValid() || url.scheme() != QLatin1StringView("https") || url.host().isEmpty() || !isPlain)
        return wrong(QStringLiteral("'%1' is not https://HOST[:PORT]").arg(value));
    options.publicUrl = url.adjusted(QUrl::RemovePath);
    return {};
}

Result<void> setPath(QString& path, const QString& value, const QString& directory)
{
    path = QDir::cleanPath(QDir(directory).absoluteFilePath(value));
    return {};
}

Result<void> setData(ServerOptions& options, const QString& value, const QString& directory)
{
    return setPath(options.dataDirectory, value, directory);
}

Result<void> setCertificate(ServerOptions& options, const QString& value, const QString& directory)
{
    return setPath(options.certificateFile, value, directory);
}

Result<void> setKey(ServerOptions& options, const QString& value, const QString& directory)
{
    return setPath(options.keyFile, value, directory);
}

Result<void> setRole(ServerOptions& options, const QString& value, const QString&)
{
    if (value == QLatin1StringView("web"))
        return wrong(QStringLiteral("the role 'web' is not available in this version"));
    if (value != QLatin1StringView("all") && value != QLatin1StringView("focus")
        && value != QLatin1StringView("sharing"))
        return wrong(QStringLiteral("'%1' is not a role, use all, focus or sharing").arg(value));
    options.role = value == QLatin1StringView("all") ? ServerOptions::Role::All
        : value == QLatin1StringView("focus")        ? ServerOptions::Role::Focus
                                                     : ServerOptions::Role::Sharing;
    return {};
}

/// https://HOST[:PORT], and perhaps ?fp=SHA256 of its certificate, as in links.
Result<C3pPeer> readPeer(const QString& value)
{
    constexpr qsizetype kPinSize = 32;
    QUrl url(value, QUrl::StrictMode);
    const QUrlQuery query(url);
    const QByteArray pin = QByteArray::fromHex(query.queryItemValue(QStringLiteral("fp")).toLatin1());
    const bool isPlain = url.userInfo().isEmpty() && !url.hasFragment()
        && (url.path().isEmpty() || url.path() == QLatin1StringView("/"))
        && query.queryItems().size() == (pin.isEmpty() ? 0 : 1);
    if (!url.isValid() || url.scheme() != QLatin1StringView("https") || url.host().isEmpty() || !isPlain
        || (!pin.isEmpty() && pin.size() != kPinSize))
        return wrong(
            QStringLiteral("'%1' is not https://HOST[:PORT] or https://HOST[:PORT]?fp=SHA256").arg(value));
    return C3pPeer{url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery), pin};
}

Result<void> setFocus(ServerOptions& options, const QString& value, const QString&)
{
    const auto peer = readPeer(value);
    if (!peer)
        return peer.error();
    options.focus = *peer;
    return {};
}

Result<void> addSharing(ServerOptions& options, const QString& value, const QString&)
{
    for (const QString& one : value.split(QLatin1Char(','))) {
        const auto peer = readPeer(one.trimmed());
        if (!peer)
            return peer.error();
        if (options.sharing.contains(*peer))
            return wrong(QStringLiteral("%1 is there twice").arg(one.trimmed()));
        options.sharing.append(*peer);
    }
    return {};
}

Result<void> setC3pSecret(ServerOptions& options, const QString& value, const QString& directory)
{
    return setPath(options.c3pSecretFile, value, directory);
}

Result<void> addIce(ServerOptions& options, const QString& value, const QString&)
{
    static const QRegularExpression uri(
        QStringLiteral("^(stun|stuns|turn|turns):([^/?@\\s]+)(\\?transport=(udp|tcp))?$"));
    for (const QString& one : value.split(QLatin1Char(','))) {
        if (!uri.match(one.trimmed()).hasMatch())
            return wrong(
                QStringLiteral("'%1' is not turn:HOST[:PORT][?transport=udp|tcp] or stun:HOST[:PORT]")
                    .arg(one.trimmed()));
        options.iceUris.append(one.trimmed());
    }
    if (options.iceUris.size() > limits::kIceServers)
        return wrong(QStringLiteral("there are more than 8 servers"));
    return {};
}

Result<void> setTurnSecret(ServerOptions& options, const QString& value, const QString& directory)
{
    return setPath(options.turnSecretFile, value, directory);
}

Result<void> setLogFormat(ServerOptions& options, const QString& value, const QString&)
{
    if (value != QLatin1StringView("text") && value != QLatin1StringView("json"))
        return wrong(QStringLiteral("'%1' is neither text nor json").arg(value));
    options.isLoggedAsJson = value == QLatin1StringView("json");
    return {};
}

Result<void> setNoPresence(ServerOptions& options, const QString& value, const QString&)
{
    if (value != QLatin1StringView("yes") && value != QLatin1StringView("no"))
        return wrong(QStringLiteral("'%1' is neither yes nor no").arg(value));
    options.hasPresence = value == QLatin1StringView("no");
    return {};
}

/// One option: the same on the command line and in the file, where a switch is yes or no.
struct OptionRow {
    const char* name;
    const char* value; ///< null: a switch
    const char* help;
    Result<void> (*set)(ServerOptions&, const QString& value, const QString& directory);
};

constexpr std::array kOptions{
    OptionRow{
        "listen", "ADDRESS:PORT", "where to listen; default [::]:7443, every address (IPv4 too)", setListen},
    OptionRow{"public-url", "URL", "https://HOST[:PORT] that links carry; default this machine's address",
        setPublicUrl},
    OptionRow{"data", "DIR", "where the server keeps its own certificate and its meetings", setData},
    OptionRow{"tls-cert", "FILE", "certificate (PEM, chain allowed) instead of an own one", setCertificate},
    OptionRow{"tls-key", "FILE", "private key (PEM) of --tls-cert", setKey},
    OptionRow{"role", "ROLE", "all, focus or sharing; default all", setRole},
    OptionRow{
        "sharing", "URL,...", "role focus: its sharing servers, https://HOST[:PORT][?fp=SHA256]", addSharing},
    OptionRow{"focus-url", "URL", "role sharing: its focus, likewise", setFocus},
    OptionRow{"c3p-secret-file", "FILE", "what focus and sharing servers know, 32 characters or more",
        setC3pSecret},
    OptionRow{"turn-uri", "URI,...", "turn: and stun: servers for the participants", addIce},
    OptionRow{"turn-secret-file", "FILE", "static-auth-secret of those TURN servers", setTurnSecret},
    OptionRow{"log-format", "FORMAT", "text or json, one object a line; default text", setLogFormat},
    OptionRow{"no-presence", nullptr, "nobody sees who else is signed in", setNoPresence},
};

const OptionRow* findOption(const QString& name)
{
    for (const OptionRow& row : kOptions) {
        if (name == QLatin1StringView(row.name))
            return &row;
    }
    return nullptr;
}

Result<void> setOption(
    const OptionRow& row, ServerOptions& options, const QString& value, const QString& directory)
{
    if (value.isEmpty())
        return wrong(
            QStringLiteral("%1 needs a value, %2")
                .arg(QLatin1StringView(row.name), QLatin1StringView(row.value ? row.value : "yes or no")));
    const Result<void> result = row.set(options, value, directory);
    if (!result)
        return wrong(QStringLiteral("%1: %2").arg(QLatin1StringView(row.name), result.error().message()));
    return {};
}

Result<void> applyFile(ServerOptions& options, const QString& path)
{
    const Result<QList<ConfigurationEntry>> entries = readConfigurationFile(path);
    if (!entries)
        return entries.error();
    const QString directory = QFileInfo(path).absolutePath();
    for (const ConfigurationEntry& entry : *entries) {
        const OptionRow* row = findOption(entry.name);
        if (!row) {
            return wrong(QStringLiteral("%1: there is no option '%2' for the file, --help lists them")
                             .arg(entry.place, entry.name));
        }
        if (const Result<void> result = setOption(*row, options, entry.value, directory); !result)
            return wrong(QStringLiteral("%1: %2").arg(entry.place, result.error().message()));
    }
    return {};
}

/// The command line cut into names and values, in order.
struct Arguments {
    ServerCommand::Action action = ServerCommand::Action::Run;
    std::optional<QString> configFile;
    QString meeting; ///< of the audit log
    QList<std::pair<const OptionRow*, QString>> values;
};

std::optional<ServerCommand::Action> findAction(const QString& name)
{
    static const QHash<QString, ServerCommand::Action> actions{
        {QStringLiteral("check-config"), ServerCommand::Action::CheckConfig},
        {QStringLiteral("audit-log"), ServerCommand::Action::AuditLog},
        {QStringLiteral("version"), ServerCommand::Action::ShowVersion},
        {QStringLiteral("help"), ServerCommand::Action::ShowHelp},
    };
    const auto found = actions.constFind(name);
    return found == actions.cend() ? std::nullopt : std::optional(*found);
}

Result<Arguments> splitArguments(const QStringList& list)
{
    Arguments arguments;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString& text = list[i];
        if (text == QLatin1StringView("-h")) {
            arguments.action = ServerCommand::Action::ShowHelp;
            continue;
        }
        if (!text.startsWith(QLatin1StringView("--")))
            return wrong(QStringLiteral("'%1' is not an option, --help lists them").arg(text));
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        const QString name = text.mid(2, equals < 0 ? -1 : equals - 2);
        if (const auto action = findAction(name); action && equals < 0) {
            arguments.action = *action;
            const bool isAudit = *action == ServerCommand::Action::AuditLog;
            if (isAudit && i + 1 < list.size() && !list[i + 1].startsWith(QLatin1StringView("--")))
                arguments.meeting = list[++i];
            continue;
        }
        const OptionRow* row = findOption(name);
        const bool isConfig = name == QLatin1StringView("config");
        if (!row && !isConfig)
            return wrong(QStringLiteral("there is no option '%1', --help lists them").arg(text));
        const bool isSwitch = row && !row->value;
        if (isSwitch && equals >= 0)
            return wrong(QStringLiteral("--%1 takes no value").arg(name));
        if (!isSwitch && equals < 0 && i + 1 == list.size())
            return wrong(QStringLiteral("--%1 needs a value, --help says which").arg(name));
        const QString value = isSwitch ? QStringLiteral("yes")
            : equals < 0               ? list[++i]
                                       : text.mid(equals + 1);
        if (isConfig)
            arguments.configFile = value;
        else
            arguments.values.append({row, value});
    }
    return arguments;
}

/// What belongs together.
Result<void> checkRole(const ServerOptions& options)
{
    using Role = ServerOptions::Role;
    if (!options.sharing.isEmpty() && options.role != Role::Focus)
        return wrong(QStringLiteral("sharing is for --role focus"));
    if (options.focus.url.isEmpty() != (options.role != Role::Sharing))
        return wrong(QStringLiteral("focus-url and --role sharing belong together"));
    const bool hasPeers = !options.sharing.isEmpty() || options.role == Role::Sharing;
    if (hasPeers && options.c3pSecretFile.isEmpty())
        return wrong(QStringLiteral("sharing and focus-url need c3p-secret-file"));
    const bool hasTurn = options.iceUris.filter(QStringLiteral("turn")).size() > 0;
    if (hasTurn == options.turnSecretFile.isEmpty())
        return wrong(QStringLiteral("turn-uri with a turn: server and turn-secret-file belong together"));
    return {};
}

} // namespace

Result<QByteArray> readSecret(const QString& path, qsizetype shortest)
{
    constexpr qsizetype kLongest = 256;
    if (path.isEmpty())
        return QByteArray();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::FileFailed,
            QStringLiteral("the secret in %1 cannot be read: %2").arg(path, file.errorString()));
    const QByteArray secret = file.read(kLongest + 2).trimmed();
    bool isPlain = secret.size() >= shortest && secret.size() <= kLongest;
    for (const char c : secret)
        isPlain = isPlain && c > ' ' && c < 0x7f;
    if (!isPlain)
        return wrong(
            QStringLiteral("%1 does not hold one line of %2 to 256 characters").arg(path).arg(shortest));
    return secret;
}

QString ServerOptions::defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/sightline");
}

Result<ServerCommand> ServerCommand::parse(const QStringList& list)
{
    const Result<Arguments> arguments = splitArguments(list);
    if (!arguments)
        return arguments.error();
    ServerCommand command{.action = arguments->action, .options = {}, .auditedMeeting = arguments->meeting};
    if (command.action == Action::ShowHelp || command.action == Action::ShowVersion)
        return command;
    if (arguments->configFile) {
        if (const auto result = applyFile(command.options, *arguments->configFile); !result)
            return result.error();
    }
    for (const auto& [row, value] : arguments->values) {
        const auto result = setOption(*row, command.options, value, QDir::currentPath());
        if (!result)
            return wrong(QStringLiteral("--") + result.error().message());
    }
    if (command.options.certificateFile.isEmpty() != command.options.keyFile.isEmpty())
        return wrong(QStringLiteral("tls-cert and tls-key belong together, give both or none"));
    if (const auto result = checkRole(command.options); !result)
        return result.error();
    return command;
}

QString ServerCommand::helpText()
{
    QString text = QStringLiteral(
        "Usage: sightline-server [OPTION]...\n"
        "The server of Sightline: meetings, and the pictures of those with many, on one HTTPS port.\n\n");
    const auto add = [&text](const QString& option, const char* help) {
        text += QStringLiteral("  %1 %2\n").arg(option, -25).arg(QLatin1StringView(help));
    };
    add(QStringLiteral("--config FILE"), "read options from lines 'name = value'; the command line wins");
    for (const OptionRow& row : kOptions)
        add(QStringLiteral("--%1 %2")
                .arg(QLatin1StringView(row.name), QLatin1StringView(row.value))
                .trimmed(),
            row.help);
    add(QStringLiteral("--check-config"), "check the options and files, start nothing");
    add(QStringLiteral("--audit-log [MEETING]"), "print who joined, shared and controlled, and when");
    add(QStringLiteral("--version"), "print the version");
    add(QStringLiteral("--help"), "print this");
    text += QStringLiteral("\nThe data directory is %1 unless given.\n")
                .arg(ServerOptions::defaultDataDirectory());
    return text;
}

} // namespace sightline
