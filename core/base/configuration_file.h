#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

namespace sightline {

/// One line "name = value" of a configuration file.
struct ConfigurationEntry {
    QString name;
    QString value;
    QString place; ///< "file:line", for messages
};

/// Splits the text of a configuration file into its entries, in order. Empty lines and those that start with
/// '#' or
/// ';' are skipped. InvalidArgument, with the place, for a line of another form and for a name that comes
/// twice.
Result<QList<ConfigurationEntry>> parseConfiguration(const QString& text, const QString& fileName);

/// The same for a file. FileFailed when it cannot be read or is larger than a configuration file can be (1
/// MiB).
Result<QList<ConfigurationEntry>> readConfigurationFile(const QString& path);

} // namespace sightline
