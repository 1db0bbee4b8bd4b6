#pragma once

#include "tests/support/xvfb.h"

#include <QImage>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace sightline {

// What the tests of whole processes look at afterwards.

/// The objects of a --stats file.
QList<QJsonObject> statisticsIn(const QString& path);
/// Connected, with the same number of frames, in the last three seconds: nothing moves any more, and nothing
/// is refined. Lines before `since` do not count.
bool isAtRest(const QString& statisticsFile, qsizetype since = 0);

QImage screenOf(const Xvfb& server);
/// How many pixels of two pictures of the same size differ; -1 for different sizes.
int differingPixels(const QImage& a, const QImage& b);

} // namespace sightline
