#pragma once

#include "app/client/client_command.h"
#include "app/client/server_provider.h"
#include "app/client/statistics_writer.h"
#include "core/session/conversation.h"

#include <QObject>

namespace sightline {

/// `sightline share`: makes a meeting, prints its link, shares until the process is told to end, and says on
/// standard output what happens. With a window or without. Emits finished() with the exit code.
class ShareRunner : public QObject {
    Q_OBJECT
public:
    ShareRunner(const ClientCommand& command, Conversation& conversation, ServerProvider& servers);

    /// FileFailed, PortInUse and the like: nothing has begun then.
    Result<void> start();
    void stop(); ///< finished() follows

Q_SIGNALS:
    void finished(int exitCode);

private:
    void onLinkReady(const MeetingLink& link);
    void onSharingStateChanged();
    void onControlChanged();
    void onInterruptionChanged();
    void answerForNobody();
    void onEnded(const Error& error);
    void finish(int exitCode);

    const ClientCommand m_command;
    Conversation& m_conversation;
    ServerProvider& m_servers;
    StatisticsWriter m_statistics;
    ControlState m_lastControl = ControlState::None;
    bool m_isInterrupted = false;
    bool m_isThroughServer = false;
    bool m_isFinished = false;
};

} // namespace sightline
