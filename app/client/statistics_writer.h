#pragma once

#include "core/base/result.h"
#include "core/session/session_statistics.h"

#include <QFile>

namespace sightline {

/// Writes --stats: one JSON line for each set of figures.
class StatisticsWriter {
public:
    /// "-": standard output; empty: nothing is written. FileFailed when the file cannot be made.
    Result<void> open(const QString& path);
    void write(const SessionStatistics& statistics);

private:
    QFile m_file;
};

} // namespace sightline
