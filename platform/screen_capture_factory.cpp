#include "platform/screen_capture_factory.h"

#include "platform/linux/x11/x11_screen_capture.h"

#include <QtGlobal>

namespace sightline {

Result<std::unique_ptr<ScreenCapture>> openScreenCapture()
{
    const QByteArray display = qgetenv("DISPLAY");
    if (!display.isEmpty())
        return X11ScreenCapture::create(display); // tells an Xwayland by itself
    if (qEnvironmentVariableIsSet("WAYLAND_DISPLAY")) {
        return Error(ErrorCode::CaptureFailed,
            QStringLiteral("this version captures X11 desktops; log in to an X11 session"));
    }
    return Error(ErrorCode::NoDisplay, QStringLiteral("there is no display: DISPLAY is not set"));
}

} // namespace sightline
