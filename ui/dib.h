#pragma once

#include <QByteArray>
#include <QImage>

namespace sightline {

/// The picture of a CF_DIB clipboard: a BITMAPINFO and its pixels, a BMP file without its file header. Null:
/// it is none that can be read.
QImage imageFromDib(const QByteArray& dib);

} // namespace sightline
