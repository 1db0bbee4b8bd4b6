#include "tests/support/x_server.h"

#include <QDeadlineTimer>

#include <csignal>
#include <sys/prctl.h>

namespace sightline {

namespace {

constexpr int kStartTimeoutMs = 20000;
constexpr int kClientTimeoutMs = 10000;

void setDisplay(QProcess& process, const QByteArray& displayName)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(displayName));
    process.setProcessEnvironment(environment);
}

} // namespace

XServer::~XServer()
{
    kill();
}

Result<void> XServer::launch(
    const QString& program, const QStringList& arguments, const QByteArray& outerDisplay)
{
    if (!outerDisplay.isEmpty())
        setDisplay(m_process, outerDisplay);
    // A test that crashes leaves no server behind.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(program,
        QStringList{QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-noreset"),
            QStringLiteral("-nolisten"), QStringLiteral("tcp")}
            + arguments);

    QDeadlineTimer deadline(kStartTimeoutMs);
    QByteArray printed;
    while (!printed.contains('\n')) {
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            return Error(ErrorCode::NoDisplay,
                QStringLiteral("%1 did not start: %2 %3")
                    .arg(program, m_process.errorString(),
                        QString::fromLocal8Bit(m_process.readAllStandardError())));
        }
        printed += m_process.readAllStandardOutput();
    }
    m_displayName = ':' + printed.trimmed();
    return {};
}

void XServer::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

bool XServer::run(const QString& program, const QStringList& arguments) const
{
    QProcess client;
    setDisplay(client, m_displayName);
    client.setProcessChannelMode(QProcess::ForwardedChannels);
    client.start(program, arguments);
    return client.waitForFinished(kClientTimeoutMs) && client.exitStatus() == QProcess::NormalExit
        && client.exitCode() == 0;
}

bool XServer::xrandr(const char* arguments) const
{
    return run(QStringLiteral("xrandr"), QString::fromLatin1(arguments).split(QLatin1Char(' ')));
}

} // namespace sightline
