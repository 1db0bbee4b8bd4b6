#pragma once

#include "core/session/session_clipboard.h"

#include <QObject>

class QImage;
class QMimeData;

namespace sightline {

/// This desktop's clipboard and the other side's, kept alike while they are shared: what is copied
/// here is handed over, what is copied there is put into the clipboard. Text and pictures. GUI
/// thread; pictures are compressed on another.
class ClipboardBridge : public QObject {
    Q_OBJECT
public:
    explicit ClipboardBridge(SessionClipboard& shared, QObject* parent = nullptr);

private:
    void readClipboard();
    void compress(const QImage& image, ClipboardContent content);
    void writeClipboard(const ClipboardContent& content);

    SessionClipboard& m_shared;
    quint64 m_generation = 0; ///< of what was copied here
};

} // namespace sightline
