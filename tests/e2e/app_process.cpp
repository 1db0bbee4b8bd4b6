#include "tests/e2e/app_process.h"

#include <QElapsedTimer>

namespace sightline {

AppProcess::AppProcess(
    Program program, const QByteArray& display, const QStringList& arguments, const QStringList& prefix)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DISPLAY"));
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
    if (!display.isEmpty())
        environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(display));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    QStringList line = prefix;
    line.append(program == Program::App ? QStringLiteral(SIGHTLINE_PROGRAM)
                                        : QStringLiteral(SIGHTLINE_SERVER_PROGRAM));
    line += arguments;
    const QString first = line.takeFirst();
    m_process.start(first, line);
    m_process.waitForStarted(10000);
}

AppProcess::~AppProcess()
{
    if (!isRunning())
        return;
    m_process.terminate();
    if (m_process.waitForFinished(5000))
        return;
    m_process.kill();
    m_process.waitForFinished(5000);
}

void AppProcess::read()
{
    m_output += QString::fromUtf8(m_process.readAll());
}

QString AppProcess::output()
{
    read();
    return m_output;
}

QString AppProcess::waitForLine(const QString& text, int timeoutMs)
{
    QElapsedTimer timer;
    timer.start();
    while (true) {
        read();
        for (qsizetype end = m_output.indexOf(QLatin1Char('\n'), m_consumed); end >= 0;
             end = m_output.indexOf(QLatin1Char('\n'), m_consumed)) {
            const QString line = m_output.mid(m_consumed, end - m_consumed);
            m_consumed = end + 1;
            if (line.contains(text))
                return line;
        }
        const qint64 left = timeoutMs - timer.elapsed();
        if (left <= 0 || (!isRunning() && m_process.bytesAvailable() == 0))
            return {};
        m_process.waitForReadyRead(static_cast<int>(qMin<qint64>(left, 1000)));
    }
}

int AppProcess::waitForExit(int timeoutMs)
{
    if (isRunning() && !m_process.waitForFinished(timeoutMs))
        return -1;
    read();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -2;
}

} // namespace sightline
