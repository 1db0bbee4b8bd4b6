#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace sightline {

/// An X server without a screen, for one test. It finds a free display number by itself, and ends with this
/// object, at the latest with the test process.
class Xvfb {
public:
    /// 1280x1024 with 24 bits unless the arguments say otherwise. Error: NoDisplay, with what the server
    /// printed.
    static Result<std::unique_ptr<Xvfb>> start(const QStringList& arguments = {});
    ~Xvfb();

    /// ":99"
    const QByteArray& displayName() const { return m_displayName; }

    /// Ends the server as a crash would, and waits until it is gone.
    void kill();

    /// Runs a client of this display to its end; true when it ended well within ten seconds.
    bool run(const QString& program, const QStringList& arguments) const;

private:
    Xvfb() = default;

    QProcess m_process;
    QByteArray m_displayName;
};

} // namespace sightline
