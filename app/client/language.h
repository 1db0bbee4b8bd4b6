#pragma once

#include <QString>

namespace sightline {

/// Translates the windows from now on into `language` ("de"), or into the first of the system's languages
/// that there is a translation for; English otherwise. Once, after the application object was made.
void installLanguage(const QString& language);

} // namespace sightline
