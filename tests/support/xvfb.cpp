#include "tests/support/xvfb.h"

#include <QDeadlineTimer>

#include <csignal>
#include <sys/prctl.h>

namespace sightline {

namespace {

constexpr int kStartTimeoutMs = 20000;
constexpr int kClientTimeoutMs = 10000;

} // namespace

Result<std::unique_ptr<Xvfb>> Xvfb::start(const QStringList& arguments)
{
    std::unique_ptr<Xvfb> server(new Xvfb);
    QStringList all{QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-noreset"),
        QStringLiteral("-nolisten"), QStringLiteral("tcp")};
    if (!arguments.contains(QLatin1StringView("-screen")))
        all << QStringLiteral("-screen") << QStringLiteral("0") << QStringLiteral("1280x1024x24");
    // A test that crashes leaves no server behind.
    server->m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    server->m_process.start(QStringLiteral("Xvfb"), all + arguments);

    QDeadlineTimer deadline(kStartTimeoutMs);
    QByteArray printed;
    while (!printed.contains('\n')) {
        if (!server->m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            return Error(ErrorCode::NoDisplay,
                QStringLiteral("Xvfb did not start: %1 %2")
                    .arg(server->m_process.errorString(),
                        QString::fromLocal8Bit(server->m_process.readAllStandardError())));
        }
        printed += server->m_process.readAllStandardOutput();
    }
    server->m_displayName = ':' + printed.trimmed();
    return server;
}

Xvfb::~Xvfb()
{
    kill();
}

void Xvfb::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool Xvfb::run(const QString& program, const QStringList& arguments) const
{
    QProcess client;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_displayName));
    client.setProcessEnvironment(environment);
    client.setProcessChannelMode(QProcess::ForwardedChannels);
    client.start(program, arguments);
    return client.waitForFinished(kClientTimeoutMs) && client.exitStatus() == QProcess::NormalExit
        && client.exitCode() == 0;
}

} // namespace sightline
