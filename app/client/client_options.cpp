#include "app/client/client_options.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <array>

namespace sightline {

Error wrongUse(const QString& message)
{
    return {ErrorCode::InvalidArgument, message};
}

namespace {

constexpr qsizetype kMaxPasscode = 64;
constexpr qint64 kMaxPasscodeLine = 512;

Result<void> setServer(ClientCommand& command, const QString& value)
{
    Result<MeetingLink> link = MeetingLink::parseServer(value);
    if (!link) {
        return wrongUse(QStringLiteral(
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
        return wrongUse(
            QStringLiteral("'%1' is not a monitor, write 1 for the first one, or all").arg(value));
    command.target = {.kind = ShareTarget::Kind::Monitor, .monitor = number - 1, .region = {}};
    return {};
}

Result<void> setRegion(ClientCommand& command, const QString& value)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,5})x(\\d{1,5})\\+(\\d{1,5})\\+(\\d{1,5})$"));
    const QRegularExpressionMatch match = form.match(value);
    const auto part = [&match](int i) { return match.captured(i).toInt(); };
    if (!match.hasMatch() || part(1) == 0 || part(2) == 0)
        return wrongUse(
            QStringLiteral("'%1' is not a region, write WIDTHxHEIGHT+X+Y, for example 1280x720+0+0")
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
        return wrongUse(
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
        return wrongUse(QStringLiteral("a name has 1 to 64 characters"));
    command.displayName = name;
    command.isNameGiven = true;
    return {};
}

Result<void> setScale(ClientCommand& command, const QString& value)
{
    if (value != QLatin1StringView("fit") && value != QLatin1StringView("1"))
        return wrongUse(QStringLiteral("'%1' is not a scale, use fit or 1").arg(value));
    command.isExactScale = value == QLatin1StringView("1");
    return {};
}

Result<void> setLanguage(ClientCommand& command, const QString& value)
{
    static const QRegularExpression form(QStringLiteral("^[a-z]{2,3}(_[A-Z]{2})?$"));
    if (!form.match(value).hasMatch())
        return wrongUse(QStringLiteral("'%1' is not a language, write for example en or de").arg(value));
    command.language = value;
    return {};
}

Result<void> setMaxFps(ClientCommand& command, const QString& value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < 1 || number > 240)
        return wrongUse(QStringLiteral("'%1' is not a number of frames per second from 1 to 240").arg(value));
    command.maxFramesPerSecond = number;
    return {};
}

Result<void> setPort(ClientCommand& command, const QString& value)
{
    bool isNumber = false;
    command.port = value.toUShort(&isNumber);
    if (!isNumber)
        return wrongUse(QStringLiteral("'%1' is not a port, use 0 to 65535 (0: any free one)").arg(value));
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

Result<void> setLobby(ClientCommand& command, const QString&)
{
    command.meeting.settings.hasLobby = true;
    return {};
}

Result<void> setViewers(ClientCommand& command, const QString& value)
{
    if (value != QLatin1StringView("ask") && value != QLatin1StringView("all"))
        return wrongUse(QStringLiteral("'%1' is not who may see, use ask or all").arg(value));
    command.meeting.settings.viewers
        = value == QLatin1StringView("all") ? MeetingSettings::Viewers::All : MeetingSettings::Viewers::Ask;
    return {};
}

Result<void> setPasscodeFile(ClientCommand& command, const QString& value)
{
    QFile file(value);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::FileFailed,
            QStringLiteral("the passcode in '%1' cannot be read: %2").arg(value, file.errorString()));
    const QString passcode = QString::fromUtf8(file.readLine(kMaxPasscodeLine)).trimmed();
    if (passcode.isEmpty() || passcode.size() > kMaxPasscode)
        return wrongUse(
            QStringLiteral("the first line of '%1' is not a passcode of 1 to 64 characters").arg(value));
    command.passcode = passcode;
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

Result<void> setFullScreen(ClientCommand& command, const QString&)
{
    command.fullScreen = true;
    return {};
}

constexpr std::array kOptions{
    ClientOption{"server", "URL", ClientOption::InApp | ClientOption::InShare,
        "https://HOST:PORT[?fp=FINGERPRINT]; default: a server of our own on this machine", setServer},
    ClientOption{"port", "PORT", ClientOption::InApp | ClientOption::InShare,
        "of our own server; default 7443, another if it is taken", setPort},
    ClientOption{"monitor", "N|all", ClientOption::InShare,
        "share monitor N (from 1), or all of them (default)", setMonitor},
    ClientOption{"region", "WxH+X+Y", ClientOption::InShare, "share this part of the desktop", setRegion},
    ClientOption{"window", "ID", ClientOption::InShare,
        "share the content of this window, as xwininfo and xdotool number it", setWindow},
    ClientOption{"grant-control", nullptr, ClientOption::InShare,
        "let whoever sees the desktop control it, without asking", setGrantControl},
    ClientOption{"max-fps", "N", ClientOption::InApp | ClientOption::InShare,
        "at most so many frames a second; default 60", setMaxFps},
    ClientOption{
        "yes", nullptr, ClientOption::InShare, "let everybody in who has the link, without asking", setYes},
    ClientOption{"viewers", "ask|all", ClientOption::InShare,
        "whether we are asked about each viewer (default), or everybody in the meeting sees", setViewers},
    ClientOption{"lobby", nullptr, ClientOption::InShare, "who joins waits until we let them in", setLobby},
    ClientOption{"passcode-file", "FILE", ClientOption::InApp | ClientOption::InShare | ClientOption::InView,
        "the meeting's passcode is the first line of FILE", setPasscodeFile},
    ClientOption{"print-link", nullptr, ClientOption::InShare,
        "write the meeting link as the first line of standard output", setPrintLink},
    ClientOption{"name", "TEXT", ClientOption::InApp | ClientOption::InShare | ClientOption::InView,
        "the name that the others see; default the user's", setName},
    ClientOption{"language", "CODE", ClientOption::InApp | ClientOption::InShare | ClientOption::InView,
        "of the windows, en or de; default the system's", setLanguage},
    ClientOption{"full-screen", nullptr, ClientOption::InView, "fill the screen", setFullScreen},
    ClientOption{"scale", "fit|1", ClientOption::InView,
        "fit the window (default), or show every pixel as one", setScale},
    ClientOption{"screenshot", "FILE", ClientOption::InView,
        "write what is seen as PNG: at the first picture, and at the end", setScreenshot},
    ClientOption{"stats", "FILE", ClientOption::InShare | ClientOption::InView,
        "write one JSON line a second, '-' for standard output", setStatistics},
    ClientOption{"no-ui", nullptr, ClientOption::InShare | ClientOption::InView, "no window", setNoUi},
};

} // namespace

std::span<const ClientOption> clientOptions()
{
    return kOptions;
}

const ClientOption* findClientOption(const QString& name)
{
    for (const ClientOption& option : kOptions) {
        if (name == QLatin1StringView(option.name))
            return &option;
    }
    return nullptr;
}

} // namespace sightline
