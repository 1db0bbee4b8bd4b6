#pragma once

#include "core/session/conversation.h"

#include <QObject>

class QImage;
class QMimeData;

namespace sightline {

/// This desktop's clipboard and the other side's, kept alike while a conversation shares them: what is copied
/// here is handed to the conversation, what is copied there is put into the clipboard. Text and pictures. GUI
/// thread; pictures are compressed on another.
class ClipboardBridge : public QObject {
    Q_OBJECT
public:
    explicit ClipboardBridge(Conversation& conversation, QObject* parent = nullptr);

private:
    void readClipboard();
    void compress(const QImage& image, ClipboardContent content);
    void writeClipboard(const ClipboardContent& content);

    Conversation& m_conversation;
    quint64 m_generation = 0; ///< of what was copied here
};

} // namespace sightline
