#include "tests/support/xvfb.h"

namespace sightline {

Result<std::unique_ptr<Xvfb>> Xvfb::start(const QStringList& arguments)
{
    std::unique_ptr<Xvfb> server(new Xvfb);
    QStringList all = arguments;
    if (!arguments.contains(QLatin1StringView("-screen")))
        all << QStringLiteral("-screen") << QStringLiteral("0") << QStringLiteral("1280x1024x24");
    if (Result<void> launched = server->launch(QStringLiteral("Xvfb"), all); !launched)
        return launched.error();
    return server;
}

} // namespace sightline
