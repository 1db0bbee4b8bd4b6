#pragma once

#include "core/graphics/geometry.h"

#include <QRect>

namespace sightline {

/// The same place in Qt's desktop coordinates, which count each screen's pixels by its own scale from its
/// corner. GUI thread.
QRect toQtDesktop(const Rect& pixels);

} // namespace sightline
