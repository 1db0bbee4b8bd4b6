#include "ui/status_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace sightline {
namespace {

struct StatusWords {
    Q_DECLARE_TR_FUNCTIONS(StatusText)

public:
    static QString path(const TransportPath& path, bool isThroughServer)
    {
        if (path.kind == TransportPath::Kind::Unknown)
            return {};
        const QString kind = path.kind == TransportPath::Kind::Relay ? tr("Through a relay")
            : isThroughServer                                        ? tr("Server")
                                                                     : tr("Direct");
        if (path.protocol == TransportPath::Protocol::Unknown)
            return kind;
        const bool isTcp = path.protocol == TransportPath::Protocol::Tcp;
        return tr("%1, %2", "path and protocol").arg(kind, isTcp ? tr("TCP") : tr("UDP"));
    }

    static QString roundTrip(double ms)
    {
        if (!(ms > 0) || !std::isfinite(ms))
            return {};
        // On a local network the first decimal tells more than the rest of a number rounded to "0 ms".
        return tr("%1 ms").arg(QLocale().toString(ms, 'f', ms < 10 ? 1 : 0));
    }

    static QString frames(double perSecond)
    {
        return tr("%1 frames/s").arg(QLocale().toString(std::isfinite(perSecond) ? perSecond : 0, 'f', 0));
    }

    static QString rate(double kbitPerSecond)
    {
        return tr("%1 kbit/s")
            .arg(QLocale().toString(std::isfinite(kbitPerSecond) ? kbitPerSecond : 0, 'f', 0));
    }
};

} // namespace

StatusText statusText(const SessionStatistics& statistics, bool isThroughServer)
{
    StatusText text;
    text.path = StatusWords::path(statistics.path, isThroughServer);
    text.roundTrip = StatusWords::roundTrip(statistics.roundTripMs);
    if (statistics.path.kind == TransportPath::Kind::Unknown && statistics.frames == 0)
        return text;
    text.frames = StatusWords::frames(statistics.framesPerSecond);
    text.rate = StatusWords::rate(statistics.kbitPerSecond);
    return text;
}

} // namespace sightline
