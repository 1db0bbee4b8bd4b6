#include "app/client/client_command.h"

#include "app/client/account_name.h"
#include "core/base/configuration_file.h"

#include <QDir>
#include <QRegularExpression>

#include <array>
#include <utility>

namespace sightline {
namespace {

Error wrong(const QString& message)
{
    return {ErrorCode::InvalidArgument, message};
}

// Of a wrong argument, so much is repeated in the message.
constexpr qsizetype kMaxEcho = 100;

using Setter = Result<void> (*)(ClientCommand&, const QString& value);

Result<void> setServer(ClientCommand& command, const QString& value)
{
    Result<MeetingLink> link = MeetingLink::parseServer(value);
    if (!link) {
        return wrong(QStringLiteral(
            "'%1' is not a server, write https://HOST:PORT or https://HOST:PORT?fp=FINGERPRINT (%2)")
                         .arg(value, link.error().message()));
    }
    command.server = *link;
    return {};
}

Result<void> setMonitor(ClientCommand& command, const QString& value)
{
    if (value == QLatin1StringView("all")) {
        command.target = {};
        return {};
    }
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < 1)
        return wrong(QStringLiteral("'%1' is not a monitor, write 1 for the first one, or all").arg(value));
    command.target = {.kind = ShareTarget::Kind::Monitor, .monitor = number - 1, .region = {}};
    return {};
}

Result<void> setRegion(ClientCommand& command, const QString& value)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,5})x(\\d{1,5})\\+(\\d{1,5})\\+(\\d{1,5})$"));
    const QRegularExpressionMatch match = form.match(value);
    const auto part = [&match](int i) { return match.captured(i).toInt(); };
    if (!match.hasMatch() || part(1) == 0 || part(2) == 0)
        return wrong(QStringLiteral("'%1' is not a region, write WIDTHxHEIGHT+X+Y, for example 1280x720+0+0")
                         .arg(value));
    command.target
        = {.kind = ShareTarget::Kind::Region, .monitor = 0, .region = {part(3), part(4), part(1), part(2)}};
    return {};
}

Result<void> setWindow(ClientCommand& command, const QString& value)
{
    bool isNumber = false;
    const quint32 window = value.startsWith(QLatin1StringView("0x"), Qt::CaseInsensitive)
        ? value.mid(2).toUInt(&isNumber, 16)
        : value.toUInt(&isNumber, 10);
    if (!isNumber || window == 0) {
        return wrong(
            QStringLiteral("'%1' is not a window, write its number as xwininfo (0x1e00007) or xdotool "
                           "(31457287) prints it")
                .arg(value));
    }
    command.target = {.kind = ShareTarget::Kind::Window, .monitor = 0, .region = {}, .window = window};
    return {};
}

Result<void> setName(ClientCommand& command, const QString& value)
{
    const QString name = value.trimmed();
    if (name.isEmpty() || name.size() > 64)
        return wrong(QStringLiteral("a name has 1 to 64 characters"));
    command.displayName = name;
    command.isNameGiven = true;
    return {};
}

Result<void> setScale(ClientCommand& command, const QString& value)
{
    if (value != QLatin1StringView("fit") && value != QLatin1StringView("1"))
        return wrong(QStringLiteral("'%1' is not a scale, use fit or 1").arg(value));
    command.isExactScale = value == QLatin1StringView("1");
    return {};
}

Result<void> setLanguage(ClientCommand& command, const QString& value)
{
    static const QRegularExpression form(QStringLiteral("^[a-z]{2,3}(_[A-Z]{2})?$"));
    if (!form.match(value).hasMatch())
        return wrong(QStringLiteral("'%1' is not a language, write for example en or de").arg(value));
    command.language = value;
    return {};
}

Result<void> setMaxFps(ClientCommand& command, const QString& value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < 1 || number > 240)
        return wrong(QStringLiteral("'%1' is not a number of frames per second from 1 to 240").arg(value));
    command.maxFramesPerSecond = number;
    return {};
}

Result<void> setPort(ClientCommand& command, const QString& value)
{
    bool isNumber = false;
    command.port = value.toUShort(&isNumber);
    if (!isNumber)
        return wrong(QStringLiteral("'%1' is not a port, use 0 to 65535 (0: any free one)").arg(value));
    return {};
}

Result<void> setStatistics(ClientCommand& command, const QString& value)
{
    command.statisticsFile = value == QLatin1StringView("-") ? value : QDir().absoluteFilePath(value);
    return {};
}

Result<void> setScreenshot(ClientCommand& command, const QString& value)
{
    command.screenshotFile = QDir().absoluteFilePath(value);
    return {};
}

Result<void> setNoUi(ClientCommand& command, const QString&)
{
    command.hasUi = false;
    return {};
}

Result<void> setYes(ClientCommand& command, const QString&)
{
    command.admitAll = true;
    return {};
}

Result<void> setGrantControl(ClientCommand& command, const QString&)
{
    command.grantControl = true;
    return {};
}

Result<void> setPrintLink(ClientCommand& command, const QString&)
{
    command.printLink = true;
    return {};
}

Result<void> setDebugOverlay(ClientCommand& command, const QString&)
{
    command.hasDebugOverlay = true;
    return {};
}

Result<void> setFullScreen(ClientCommand& command, const QString&)
{
    command.fullScreen = true;
    return {};
}

enum : unsigned { InApp = 1, InShare = 2, InView = 4 };

/// One option: the same on the command line and, without the dashes, in the configuration file.
struct OptionRow {
    const char* name;
    const char* value; ///< null: a switch
    unsigned where;
    const char* help;
    Setter set;
};

constexpr std::array kOptions{
    OptionRow{"server", "URL", InApp | InShare,
        "https://HOST:PORT[?fp=FINGERPRINT]; default: a server of our own on this machine", setServer},
    OptionRow{
        "port", "PORT", InApp | InShare, "of our own server; default 7443, another if it is taken", setPort},
    OptionRow{"monitor", "N|all", InShare, "share monitor N (from 1), or all of them (default)", setMonitor},
    OptionRow{"region", "WxH+X+Y", InShare, "share this part of the desktop", setRegion},
    OptionRow{"window", "ID", InShare, "share the content of this window, as xwininfo and xdotool number it",
        setWindow},
    OptionRow{"grant-control", nullptr, InShare, "let whoever sees the desktop control it, without asking",
        setGrantControl},
    OptionRow{"max-fps", "N", InApp | InShare, "at most so many frames a second; default 60", setMaxFps},
    OptionRow{"yes", nullptr, InShare, "let everybody in who has the link, without asking", setYes},
    OptionRow{"print-link", nullptr, InShare, "write the meeting link as the first line of standard output",
        setPrintLink},
    OptionRow{"name", "TEXT", InApp | InShare | InView, "the name that the others see; default the user's",
        setName},
    OptionRow{"language", "CODE", InApp | InShare | InView, "of the windows, en or de; default the system's",
        setLanguage},
    OptionRow{"full-screen", nullptr, InView, "fill the screen", setFullScreen},
    OptionRow{"scale", "fit|1", InView, "fit the window (default), or show every pixel as one", setScale},
    OptionRow{"debug-overlay", nullptr, InView,
        "show how each part of the picture came; also by Ctrl+Alt+Shift+D", setDebugOverlay},
    OptionRow{"screenshot", "FILE", InView, "write what is seen as PNG: at the first picture, and at the end",
        setScreenshot},
    OptionRow{"stats", "FILE", InShare | InView, "write one JSON line a second, '-' for standard output",
        setStatistics},
    OptionRow{"no-ui", nullptr, InShare | InView, "no window", setNoUi},
};

const OptionRow* findOption(const QString& name)
{
    for (const OptionRow& row : kOptions) {
        if (name == QLatin1StringView(row.name))
            return &row;
    }
    return nullptr;
}

unsigned placeOf(ClientCommand::Action action)
{
    switch (action) {
    case ClientCommand::Action::Share:
        return InShare;
    case ClientCommand::Action::View:
        return InView;
    default:
        return InApp;
    }
}

Result<void> applyOption(
    ClientCommand& command, const OptionRow& row, const QString& value, const QString& shown)
{
    const Result<void> set = row.set(command, value);
    return set ? set : wrong(QStringLiteral("%1: %2").arg(shown, set.error().message()));
}

Result<void> applyFile(ClientCommand& command, const QString& path)
{
    const Result<QList<ConfigurationEntry>> entries = readConfigurationFile(path);
    if (!entries)
        return entries.error();
    for (const ConfigurationEntry& entry : *entries) {
        const OptionRow* const row = findOption(entry.name);
        if (!row)
            return wrong(QStringLiteral("%1: there is no option '%2', --help lists them")
                             .arg(entry.place, entry.name));
        // One file serves all commands: what concerns another one is checked there.
        if (!(row->where & placeOf(command.action)))
            continue;
        if (!row->value && entry.value == QLatin1StringView("no"))
            continue;
        if (!row->value && entry.value != QLatin1StringView("yes"))
            return wrong(QStringLiteral("%1: %2 is yes or no").arg(entry.place, entry.name));
        if (Result<void> set = applyOption(command, *row, entry.value, entry.place); !set)
            return set;
    }
    return {};
}

struct GivenOption {
    const OptionRow* row;
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
        const OptionRow* const row = text.startsWith(QLatin1StringView("--")) ? findOption(name) : nullptr;
        if (!isConfig && (!row || !(row->where & placeOf(command.action))))
            return wrong(
                QStringLiteral("there is no option '%1' here, 'sightline --help' lists them").arg(text));
        const bool needsValue = isConfig || row->value;
        if (!needsValue && equals >= 0)
            return wrong(QStringLiteral("--%1 takes no value").arg(name));
        if (needsValue && equals < 0 && i + 1 == arguments.size())
            return wrong(QStringLiteral("--%1 needs a value, 'sightline --help' says which").arg(name));
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
        return wrong(QStringLiteral("'%1' is one argument too many, 'sightline --help' shows the usage")
                         .arg(positional[1]));
    if (positional.isEmpty()) {
        if (command.action == ClientCommand::Action::View)
            return wrong(QStringLiteral("view needs the meeting link, write 'sightline view LINK'"));
        return {};
    }
    if (command.action == ClientCommand::Action::Share)
        return wrong(QStringLiteral("share takes no link, '%1' is one argument too many").arg(positional[0]));
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
    for (const auto& [where, title] : {std::pair<unsigned, const char*>{InApp, "\nThe app:\n"},
             {InShare, "\nshare:\n"}, {InView, "\nview:\n"}}) {
        text += QLatin1StringView(title);
        for (const OptionRow& row : kOptions) {
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
        "\nExit codes: 0 done, 2 wrong usage, 3 refused by the other side, 4 cannot connect, "
        "5 cannot capture.\n");
    return text;
}

} // namespace sightline
