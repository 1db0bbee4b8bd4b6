#include "app/client/client_command.h"

#include "app/client/account_name.h"
#include "app/client/client_options.h"
#include "core/base/configuration_file.h"

#include <utility>

namespace sightline {
namespace {

// Of a wrong argument, so much is repeated in the message.
constexpr qsizetype kMaxEcho = 100;

unsigned placeOf(ClientCommand::Action action)
{
    switch (action) {
    case ClientCommand::Action::Share:
        return ClientOption::InShare;
    case ClientCommand::Action::View:
        return ClientOption::InView;
    default:
        return ClientOption::InApp;
    }
}

Result<void> applyOption(
    ClientCommand& command, const ClientOption& row, const QString& value, const QString& shown)
{
    const Result<void> set = row.set(command, value);
    return set ? set : wrongUse(QStringLiteral("%1: %2").arg(shown, set.error().message()));
}

Result<void> applyFile(ClientCommand& command, const QString& path)
{
    const Result<QList<ConfigurationEntry>> entries = readConfigurationFile(path);
    if (!entries)
        return entries.error();
    for (const ConfigurationEntry& entry : *entries) {
        const ClientOption* const row = findClientOption(entry.name);
        if (!row)
            return wrongUse(QStringLiteral("%1: there is no option '%2', --help lists them")
                                .arg(entry.place, entry.name));
        // One file serves all commands: what concerns another one is checked there.
        if (!(row->where & placeOf(command.action)))
            continue;
        if (!row->value && entry.value == QLatin1StringView("no"))
            continue;
        if (!row->value && entry.value != QLatin1StringView("yes"))
            return wrongUse(QStringLiteral("%1: %2 is yes or no").arg(entry.place, entry.name));
        if (Result<void> set = applyOption(command, *row, entry.value, entry.place); !set)
            return set;
    }
    return {};
}

struct GivenOption {
    const ClientOption* row;
    QString value;
};

struct Given {
    QList<GivenOption> options;
    QStringList positional;
    QString configFile;
};

Result<Given> split(const QStringList& arguments, ClientCommand& command)
{
    Given given;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& text = arguments[i];
        if (!text.startsWith(QLatin1Char('-')) || text == QLatin1StringView("-")) {
            given.positional.append(text);
            continue;
        }
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        const QString name = text.mid(2, equals < 0 ? -1 : equals - 2);
        if (text == QLatin1StringView("-h") || name == QLatin1StringView("help")) {
            command.action = ClientCommand::Action::ShowHelp;
            return given;
        }
        if (name == QLatin1StringView("version")) {
            command.action = ClientCommand::Action::ShowVersion;
            return given;
        }
        const bool isConfig = name == QLatin1StringView("config");
        const ClientOption* const row
            = text.startsWith(QLatin1StringView("--")) ? findClientOption(name) : nullptr;
        if (!isConfig && (!row || !(row->where & placeOf(command.action))))
            return wrongUse(
                QStringLiteral("there is no option '%1' here, 'sightline --help' lists them").arg(text));
        const bool needsValue = isConfig || row->value;
        if (!needsValue && equals >= 0)
            return wrongUse(QStringLiteral("--%1 takes no value").arg(name));
        if (needsValue && equals < 0 && i + 1 == arguments.size())
            return wrongUse(QStringLiteral("--%1 needs a value, 'sightline --help' says which").arg(name));
        const QString value = !needsValue ? QString() : equals < 0 ? arguments[++i] : text.mid(equals + 1);
        if (isConfig)
            given.configFile = value;
        else
            given.options.append({row, value});
    }
    return given;
}

Result<void> takeLink(ClientCommand& command, const QStringList& positional)
{
    if (positional.size() > 1)
        return wrongUse(QStringLiteral("'%1' is one argument too many, 'sightline --help' shows the usage")
                            .arg(positional[1]));
    if (positional.isEmpty()) {
        if (command.action == ClientCommand::Action::View)
            return wrongUse(QStringLiteral("view needs the meeting link, write 'sightline view LINK'"));
        return {};
    }
    if (command.action == ClientCommand::Action::Share)
        return wrongUse(
            QStringLiteral("share takes no link, '%1' is one argument too many").arg(positional[0]));
    const Result<MeetingLink> link = MeetingLink::parse(positional[0]);
    if (!link) {
        return Error(ErrorCode::InvalidLink,
            QStringLiteral("'%1' cannot be opened").arg(positional[0].left(kMaxEcho)), link.error());
    }
    command.link = *link;
    return {};
}

} // namespace

Result<ClientCommand> ClientCommand::parse(const QStringList& list)
{
    ClientCommand command;
    command.displayName = accountName();
    QStringList arguments = list;
    if (!arguments.isEmpty() && arguments[0] == QLatin1StringView("share"))
        command.action = Action::Share;
    else if (!arguments.isEmpty() && arguments[0] == QLatin1StringView("view"))
        command.action = Action::View;
    if (command.action != Action::OpenApp)
        arguments.removeFirst();

    const Result<Given> given = split(arguments, command);
    if (!given)
        return given.error();
    if (command.action == Action::ShowHelp || command.action == Action::ShowVersion)
        return command;
    if (const Result<void> taken = takeLink(command, given->positional); !taken)
        return taken.error();
    if (!given->configFile.isEmpty()) {
        if (const Result<void> applied = applyFile(command, given->configFile); !applied)
            return applied.error();
    }
    // What is on the command line can be read by everybody on this machine; a passcode comes another way.
    if (command.passcode.isEmpty())
        command.passcode = qEnvironmentVariable("SIGHTLINE_PASSCODE").trimmed();
    for (const GivenOption& option : given->options) {
        const Result<void> set = applyOption(
            command, *option.row, option.value, QStringLiteral("--") + QLatin1StringView(option.row->name));
        if (!set)
            return set.error();
    }
    return command;
}

QString ClientCommand::helpText()
{
    QString text = QStringLiteral("Usage: sightline [LINK] [OPTION]...        open the app, or a meeting\n"
                                  "       sightline share [OPTION]...         share this desktop at once\n"
                                  "       sightline view LINK [OPTION]...     see a shared desktop\n");
    for (const auto& [where, title] : {std::pair<unsigned, const char*>{ClientOption::InApp, "\nThe app:\n"},
             {ClientOption::InShare, "\nshare:\n"}, {ClientOption::InView, "\nview:\n"}}) {
        text += QLatin1StringView(title);
        for (const ClientOption& row : clientOptions()) {
            if (!(row.where & where))
                continue;
            QString option = QStringLiteral("--") + QLatin1StringView(row.name);
            if (row.value)
                option += QLatin1Char(' ') + QLatin1StringView(row.value);
            text += QStringLiteral("  %1 %2\n").arg(option, -20).arg(QLatin1StringView(row.help));
        }
    }
    text += QStringLiteral(
        "\n  --config FILE        read options from lines 'name = value'; the command line wins\n"
        "  --version, --help\n"
        "\nThe environment variable SIGHTLINE_PASSCODE stands for --passcode-file.\n"
        "\nExit codes: 0 done, 2 wrong usage, 3 refused by the other side, 4 cannot connect, "
        "5 cannot capture.\n");
    return text;
}

} // namespace sightline
