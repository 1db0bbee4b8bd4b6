#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace sightline {

/// An X server for one test. It finds a free display number by itself, and ends with this object, at the
/// latest with the test process.
class XServer {
public:
    virtual ~XServer();

    /// ":99"
    const QByteArray& displayName() const { return m_displayName; }

    /// Ends the server as a crash would, and waits until it is gone.
    void kill();

    /// Runs a client of this display to its end; true when it ended well within ten seconds.
    bool run(const QString& program, const QStringList& arguments) const;
    bool xrandr(const char* arguments) const; ///< separated by blanks

protected:
    XServer() = default;
    /// Error: NoDisplay, with what the server printed.
    Result<void> launch(
        const QString& program, const QStringList& arguments, const QByteArray& outerDisplay = {});

private:
    QProcess m_process;
    QByteArray m_displayName;
};

} // namespace sightline
