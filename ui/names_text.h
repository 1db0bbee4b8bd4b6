#pragma once

#include <QString>
#include <QStringList>

namespace sightline {

/// "Anna", "Anna and Otto", "Anna, Otto and 3 others"; somebody without a name is "somebody".
QString namesText(const QStringList& names);

} // namespace sightline
