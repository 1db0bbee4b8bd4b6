#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

namespace sightline {

/// What somebody copied: any of these, of the same thing; none: the clipboard was emptied, or holds what
/// cannot travel.
struct ClipboardContent {
    QString text;
    QByteArray png; ///< a PNG file
    QByteArray dib; ///< a BITMAPINFO and its pixels (CF_DIB), of sides that have no PNG
    bool isEmpty() const { return text.isEmpty() && png.isEmpty() && dib.isEmpty(); }
    bool operator==(const ClipboardContent&) const = default;
};

} // namespace sightline

Q_DECLARE_METATYPE(sightline::ClipboardContent)
