#include "app/server/json_log.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <cstdio>

namespace sightline {
namespace {

QString levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return QStringLiteral("debug");
    case QtInfoMsg:
        return QStringLiteral("info");
    case QtWarningMsg:
        return QStringLiteral("warning");
    default:
        return QStringLiteral("error");
    }
}

void write(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QJsonObject line{
        {QStringLiteral("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
        {QStringLiteral("level"), levelOf(type)},
        {QStringLiteral("category"), QString::fromUtf8(context.category)},
        {QStringLiteral("message"), message},
    };
    // One call, so that lines of two threads do not mix.
    const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
}

} // namespace

void logAsJson()
{
    qInstallMessageHandler(write);
}

} // namespace sightline
