#pragma once

#include "app/client/client_command.h"
#include "app/client/statistics_writer.h"
#include "core/session/conversation.h"

#include <QImage>
#include <QObject>

#include <functional>

namespace sightline {

/// `sightline view LINK`: joins, views what is shared without asking, and leaves when it ends. With a window
/// (then the window says what happened, and closing it is the end) or without. Emits finished() with the exit
/// code.
class ViewRunner : public QObject {
    Q_OBJECT
public:
    using Screenshot = std::function<QImage()>;

    /// `screenshot` makes the picture for --screenshot: of the window, or of the remote desktop without one.
    ViewRunner(const ClientCommand& command, Conversation& conversation, Screenshot screenshot);

    Result<void> start();
    void stop(); ///< finished() follows

Q_SIGNALS:
    void finished(int exitCode);

private:
    void onViewingStateChanged();
    void onControlChanged();
    void onInterruptionChanged();
    void onEnded(const Error& error);
    void writeScreenshot();
    void finish(int exitCode);

    const ClientCommand m_command;
    Conversation& m_conversation;
    Screenshot m_screenshot;
    StatisticsWriter m_statistics;
    int m_exitCode = 0; ///< with a window: what its closing returns
    bool m_wasActive = false;
    bool m_isPaused = false;
    bool m_isInterrupted = false;
    bool m_isThroughServer = false;
    bool m_isFinished = false;
};

/// The remote desktop as it was seen last; empty before the first picture.
QImage imageOf(const RemoteScreen& screen);

} // namespace sightline
