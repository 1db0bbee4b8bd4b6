#include "core/base/configuration_file.h"

#include <QFile>
#include <QHash>

namespace sightline {
namespace {

constexpr qint64 kMaxSize = 1 << 20;

} // namespace

Result<QList<ConfigurationEntry>> parseConfiguration(const QString& text, const QString& fileName)
{
    QList<ConfigurationEntry> entries;
    QHash<QString, int> seen;
    int number = 0;
    for (const QStringView raw : QStringView(text).split(QLatin1Char('\n'))) {
        ++number;
        const QString place = QStringLiteral("%1:%2").arg(fileName).arg(number);
        const QStringView line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')) || line.startsWith(QLatin1Char(';')))
            continue;
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        if (equals < 0)
            return Error(ErrorCode::InvalidArgument, place + QStringLiteral(": write 'name = value'"));
        const QString name = line.left(equals).trimmed().toString();
        if (seen.contains(name)) {
            return Error(ErrorCode::InvalidArgument,
                QStringLiteral("%1: %2 is already set in line %3").arg(place, name).arg(seen[name]));
        }
        seen.insert(name, number);
        entries.append({name, line.mid(equals + 1).trimmed().toString(), place});
    }
    return entries;
}

Result<QList<ConfigurationEntry>> readConfigurationFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) {
        return Error(ErrorCode::FileFailed,
            QStringLiteral("cannot read the configuration file %1: %2").arg(path, file.errorString()));
    }
    if (file.size() > kMaxSize)
        return Error(
            ErrorCode::FileFailed, QStringLiteral("%1 is too large for a configuration file").arg(path));
    return parseConfiguration(QString::fromUtf8(file.readAll()), path);
}

} // namespace sightline
