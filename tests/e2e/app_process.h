#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace sightline {

/// One `sightline` or `sightline-server` process of a test, with a home folder of its own. Ended with this
/// object. Its output is read line by line, every wait is bounded.
class AppProcess {
public:
    enum class Program { App, Server };

    /// `display`: DISPLAY of the process; empty: none. `prefix`: what runs it, for example in a namespace.
    AppProcess(Program program, const QByteArray& display, const QStringList& arguments,
        const QStringList& prefix = {});
    ~AppProcess();

    /// The first line not yet read that contains `text`; empty when none came in time.
    QString waitForLine(const QString& text, int timeoutMs = 20000);
    /// The exit code; -1 when it did not end in time, -2 when it crashed or was killed.
    int waitForExit(int timeoutMs = 20000);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    void terminate() { m_process.terminate(); }
    void kill() { m_process.kill(); }
    /// Everything it wrote so far, for failure messages and for checks of it.
    QString output();
    qint64 pid() const { return m_process.processId(); }

private:
    void read();

    QTemporaryDir m_home;
    QProcess m_process;
    QString m_output;
    qsizetype m_consumed = 0;
};

} // namespace sightline
