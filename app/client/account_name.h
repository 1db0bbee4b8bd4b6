#pragma once

#include <QString>

namespace sightline {

/// What the system calls the person whose account this is: the full name, or else the account's; "Somebody"
/// when it knows neither. At most 64 characters.
QString accountName();

} // namespace sightline
