#include "core/session/session_statistics.h"

#include "core/media/media_leg.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace sightline {
namespace {

double rounded(double value, double step)
{
    return std::round(value / step) * step;
}

} // namespace

void SessionStatistics::add(MediaLeg& leg)
{
    const LegFigures figures = leg.takeFigures();
    if (leg.isInterrupted() && state == QLatin1StringView("connected"))
        state = QStringLiteral("interrupted");
    path = figures.path;
    roundTripMs = figures.roundTripMs;
    kbitPerSecond = figures.kbitPerSecond;
    lossPercent = figures.lossPercent;
    securityCode = leg.securityCode();
}

QString SessionStatistics::pathText() const
{
    if (path.kind == TransportPath::Kind::Unknown)
        return {};
    const QString kind
        = path.kind == TransportPath::Kind::Relay ? QStringLiteral("relay") : QStringLiteral("direct");
    if (path.protocol == TransportPath::Protocol::Unknown)
        return kind;
    return kind
        + (path.protocol == TransportPath::Protocol::Tcp ? QStringLiteral(", TCP") : QStringLiteral(", UDP"));
}

QByteArray SessionStatistics::toJson() const
{
    const QJsonObject object{
        {QStringLiteral("state"), state},
        {QStringLiteral("path"), pathText()},
        {QStringLiteral("rtt_ms"), rounded(roundTripMs, 0.01)},
        {QStringLiteral("fps"), rounded(framesPerSecond, 0.1)},
        {QStringLiteral("kbit_s"), rounded(kbitPerSecond, 0.1)},
        {QStringLiteral("loss"), rounded(lossPercent, 0.01)},
        {QStringLiteral("frames"), static_cast<qint64>(frames)},
        {QStringLiteral("connect_ms"), rounded(connectMs, 1)},
        {QStringLiteral("latency_ms"), rounded(frameLatencyMs, 0.1)},
        {QStringLiteral("security_code"), securityCode},
        {QStringLiteral("control"), control},
        {QStringLiteral("input_injected"), static_cast<qint64>(inputInjected)},
        {QStringLiteral("input_dropped"), static_cast<qint64>(inputDropped)},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace sightline
