#pragma once

#include "tests/support/x_server.h"

#include <QTemporaryDir>

namespace sightline {

/// The X server of real desktops with a driver for screens that nobody sees: its outputs are plugged,
/// unplugged, placed and given resolutions by xrandr as those of a graphics card. DUMMY0 is on in the
/// beginning, 1024x768.
class XorgDummy : public XServer {
public:
    static Result<std::unique_ptr<XorgDummy>> start();

private:
    XorgDummy() = default;

    QTemporaryDir m_directory;
};

/// An X server in a window of another one, whose screen xrandr can turn.
class Xephyr : public XServer {
public:
    static Result<std::unique_ptr<Xephyr>> start(const XServer& outer, const QString& size);

private:
    Xephyr() = default;
};

} // namespace sightline
