#pragma once

#include "core/graphics/geometry.h"

#include <QStringList>

namespace sightline {

/// What to call monitors that are in these places: "Monitor 1 (left)", in their order; without a place where
/// words for it would not tell them apart.
QStringList monitorNames(const Rects& monitors);

} // namespace sightline
