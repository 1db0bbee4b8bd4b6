#include "tests/bench/control_scene.h"

#include <QProcessEnvironment>

namespace sightline {

namespace {

Error failure(const QString& what)
{
    return {ErrorCode::Internal, what};
}

QStringList prefixOf(const QString& network)
{
    if (network.isEmpty())
        return {};
    return {QStringLiteral("ip"), QStringLiteral("netns"), QStringLiteral("exec"), network};
}

} // namespace

Result<std::unique_ptr<ControlScene>> ControlScene::start(const QStringList& screen, const Networks& networks)
{
    std::unique_ptr<ControlScene> self(new ControlScene);
    if (auto started = self->startScreens(screen); !started)
        return started.error();
    if (auto started = self->startTerminal(); !started)
        return started.error();
    if (auto started = self->startApps(networks); !started)
        return started.error();
    return self;
}

ControlScene::~ControlScene()
{
    m_terminal.terminate();
    m_terminal.waitForFinished();
}

Result<void> ControlScene::startScreens(const QStringList& screen)
{
    for (auto* const each : {&m_hostScreen, &m_viewerScreen}) {
        auto server = Xvfb::start(screen);
        if (!server)
            return server.error();
        *each = *std::move(server);
    }
    m_hands = X11Hands::create(m_viewerScreen->displayName());
    if (!m_hands)
        return failure(QStringLiteral("the viewer's display has no keyboard"));
    return {};
}

Result<void> ControlScene::startTerminal()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_hostScreen->displayName()));
    m_terminal.setProcessEnvironment(environment);
    // Nobody reads what is typed but the terminal itself, which echoes it.
    m_terminal.start(QStringLiteral("xterm"),
        {QStringLiteral("-geometry"), QStringLiteral("100x30+%1+%2").arg(kLeft).arg(kTop),
            QStringLiteral("-e"), QStringLiteral("cat > /dev/null")});
    const bool isThere = m_terminal.waitForStarted()
        && m_hostScreen->run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                QStringLiteral("--class"), QStringLiteral("xterm"), QStringLiteral("windowraise")});
    if (!isThere)
        return failure(QStringLiteral("xterm or xdotool does not run"));
    return {};
}

Result<void> ControlScene::startApps(const Networks& networks)
{
    m_host = std::make_unique<AppProcess>(AppProcess::Program::App, m_hostScreen->displayName(),
        QStringList{QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--port=0"), QStringLiteral("--grant-control")},
        prefixOf(networks.host));
    const QString link = m_host->waitForLine(QStringLiteral("/m/"));
    if (link.isEmpty())
        return failure(m_host->output());
    m_viewer = std::make_unique<AppProcess>(AppProcess::Program::App, m_viewerScreen->displayName(),
        QStringList{QStringLiteral("view"), link, QStringLiteral("--full-screen")},
        prefixOf(networks.viewer));
    if (m_viewer->waitForLine(QStringLiteral("security code")).isEmpty())
        return failure(m_viewer->output());
    if (m_host->waitForLine(QStringLiteral("controls this desktop")).isEmpty())
        return failure(m_host->output());
    // No window manager gives the focus here, and the pointer decides where the host's keys go.
    const bool hasFocus = m_viewerScreen->run(QStringLiteral("xdotool"),
        {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
            QStringLiteral("--name"), QStringLiteral("Desktop of"), QStringLiteral("windowfocus"),
            QStringLiteral("mousemove"), QString::number(kLeft + kWidth / 2),
            QString::number(kTop + kHeight / 2)});
    if (!hasFocus)
        return failure(QStringLiteral("the viewer's window does not take the focus"));
    return {};
}

} // namespace sightline
