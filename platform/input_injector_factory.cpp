#include "platform/input_injector_factory.h"

#include "platform/linux/x11/x11_input_injector.h"

#include <QtGlobal>

namespace sightline {

Result<std::unique_ptr<InputInjector>> openInputInjector(InputInjector::Handlers handlers)
{
    const QByteArray display = qgetenv("DISPLAY");
    if (display.isEmpty())
        return Error(ErrorCode::NoDisplay, QStringLiteral("there is no display: DISPLAY is not set"));
    return X11InputInjector::create(display, std::move(handlers));
}

} // namespace sightline
