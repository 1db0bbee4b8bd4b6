#pragma once

#include "core/session/conversation.h"

#include <QImage>
#include <QObject>

#include <thread>
#include <vector>

namespace sightline {

/// Small pictures of what could be shared, each taken once. The screen is grabbed and shrunk on a thread of
/// its own; the rest is for the GUI thread. The destructor waits for the grab that is on.
class TargetPreviews : public QObject {
    Q_OBJECT
public:
    /// Begins at once. `largest`: no picture is larger, in pixels.
    TargetPreviews(Conversation::CaptureFactory openCapture, std::vector<ShareTarget> targets, QSize largest,
        QObject* parent = nullptr);
    ~TargetPreviews() override;

Q_SIGNALS:
    /// Of targets[index]. It does not come for one that cannot be grabbed.
    void ready(int index, const QImage& picture);

private:
    std::jthread m_thread; ///< last: it uses nothing of ours but the signal
};

} // namespace sightline
