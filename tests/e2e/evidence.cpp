#include "tests/e2e/evidence.h"

#include "platform/screen_capture_factory.h"

#include <QFile>
#include <QJsonDocument>

namespace sightline {

QList<QJsonObject> statisticsIn(const QString& path)
{
    QFile file(path);
    QList<QJsonObject> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            lines.append(document.object());
    }
    return lines;
}

bool isAtRest(const QString& statisticsFile, qsizetype since)
{
    const QList<QJsonObject> lines = statisticsIn(statisticsFile).mid(since);
    if (lines.size() < 4)
        return false;
    const auto isConnected = [&lines](qsizetype i) {
        return lines[i][QStringLiteral("state")].toString() == QLatin1StringView("connected");
    };
    for (qsizetype i = lines.size() - 3; i < lines.size(); ++i) {
        if (!isConnected(i))
            return false;
    }
    const auto frames = [&lines](qsizetype i) { return lines[i][QStringLiteral("frames")].toInt(); };
    return frames(lines.size() - 1) > 0 && frames(lines.size() - 1) == frames(lines.size() - 3);
}

QImage screenOf(const Xvfb& server)
{
    qputenv("DISPLAY", server.displayName());
    Result<std::unique_ptr<ScreenCapture>> capture = openScreenCapture();
    if (!capture)
        return {};
    const Result<std::vector<Monitor>> monitors = (*capture)->monitors();
    if (!monitors || !(*capture)->setArea(monitors->front().rect))
        return {};
    const Result<GrabbedScreen> grabbed = (*capture)->grab();
    if (!grabbed)
        return {};
    const PictureView& picture = grabbed->picture;
    return QImage(reinterpret_cast<const uchar*>(picture.pixels), picture.width, picture.height,
        picture.stride * 4, QImage::Format_RGB32)
        .copy();
}

int differingPixels(const QImage& a, const QImage& b)
{
    if (a.size() != b.size() || a.isNull())
        return -1;
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += (a.pixel(x, y) ^ b.pixel(x, y)) & 0xFFFFFF ? 1 : 0;
    }
    return count;
}

} // namespace sightline
