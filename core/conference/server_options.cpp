#include "core/conference/server_options.h"

#include "core/base/configuration_file.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QStandardPaths>

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

Result<void> setRole(ServerOptions&, const QString& value, const QString&)
{
    if (value == QLatin1StringView("all") || value == QLatin1StringView("focus"))
        return {};
    if (value == QLatin1StringView("sharing") || value == QLatin1StringView("web"))
        return wrong(
            QStringLiteral("the role '%1' is not available in this version, use all or focus").arg(value));
    return wrong(QStringLiteral("'%1' is not a role, use all or focus").arg(value));
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
    OptionRow{"data", "DIR", "where the server keeps its own certificate", setData},
    OptionRow{"tls-cert", "FILE", "certificate (PEM, chain allowed) instead of an own one", setCertificate},
    OptionRow{"tls-key", "FILE", "private key (PEM) of --tls-cert", setKey},
    OptionRow{"role", "ROLE", "all or focus; default all", setRole},
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
    QList<std::pair<const OptionRow*, QString>> values;
};

std::optional<ServerCommand::Action> findAction(const QString& name)
{
    static const QHash<QString, ServerCommand::Action> actions{
        {QStringLiteral("check-config"), ServerCommand::Action::CheckConfig},
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

} // namespace

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
    ServerCommand command{.action = arguments->action, .options = {}};
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
    return command;
}

QString ServerCommand::helpText()
{
    QString text
        = QStringLiteral("Usage: sightline-server [OPTION]...\n"
                         "The server of Sightline: meetings, rosters and invitations on one HTTPS port.\n\n");
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
    add(QStringLiteral("--version"), "print the version");
    add(QStringLiteral("--help"), "print this");
    text += QStringLiteral("\nThe data directory is %1 unless given.\n")
                .arg(ServerOptions::defaultDataDirectory());
    return text;
}

} // namespace sightline
