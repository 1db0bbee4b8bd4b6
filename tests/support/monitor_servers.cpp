#include "tests/support/monitor_servers.h"

#include <QDir>
#include <QFile>

namespace sightline {

namespace {

// Nothing of the machine is touched: no console, no device.
constexpr char kConfiguration[] = R"(
Section "ServerFlags"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
    Option "AutoAddGPU" "false"
    Option "DontVTSwitch" "true"
EndSection
Section "Device"
    Identifier "device"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Screen"
    Identifier "screen"
    Device "device"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Virtual 2560 1600
    EndSubSection
EndSection
)";

} // namespace

Result<std::unique_ptr<XorgDummy>> XorgDummy::start()
{
    std::unique_ptr<XorgDummy> server(new XorgDummy);
    const QDir directory(server->m_directory.path());
    QFile file(directory.filePath(QStringLiteral("xorg.conf")));
    if (!file.open(QIODevice::WriteOnly) || file.write(kConfiguration) < 0 || !file.flush())
        return Error(ErrorCode::FileFailed, file.errorString());
    Result<void> launched = server->launch(QStringLiteral("Xorg"),
        {QStringLiteral("-config"), file.fileName(), QStringLiteral("-configdir"), directory.path(),
            QStringLiteral("-logfile"), directory.filePath(QStringLiteral("log")),
            QStringLiteral("-novtswitch"), QStringLiteral("-sharevts")});
    if (!launched)
        return launched.error();
    return server;
}

Result<std::unique_ptr<Xephyr>> Xephyr::start(const XServer& outer, const QString& size)
{
    std::unique_ptr<Xephyr> server(new Xephyr);
    Result<void> launched
        = server->launch(QStringLiteral("Xephyr"), {QStringLiteral("-screen"), size}, outer.displayName());
    if (!launched)
        return launched.error();
    return server;
}

} // namespace sightline
