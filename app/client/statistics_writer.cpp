#include "app/client/statistics_writer.h"

#include "core/base/log.h"

#include <cstdio>

namespace sightline {

Result<void> StatisticsWriter::open(const QString& path)
{
    if (path.isEmpty())
        return {};
    m_file.setFileName(path);
    const bool isOpen = path == QLatin1StringView("-")
        ? m_file.open(stdout, QIODevice::WriteOnly)
        : m_file.open(QIODevice::WriteOnly | QIODevice::Truncate);
    if (!isOpen) {
        return Error(ErrorCode::FileFailed,
            QStringLiteral("cannot write the statistics to %1: %2").arg(path, m_file.errorString()));
    }
    return {};
}

void StatisticsWriter::write(const SessionStatistics& statistics)
{
    if (!m_file.isOpen())
        return;
    const QByteArray line = statistics.toJson();
    if (m_file.write(line) == line.size() && m_file.flush())
        return;
    // A full disk ends the statistics, not the session.
    qCWarning(logSession) << "No more statistics:" << m_file.errorString();
    m_file.close();
}

} // namespace sightline
