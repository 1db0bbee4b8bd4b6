#include "app/client/share_runner.h"

#include "app/client/exit_code.h"
#include "app/client/interruption_text.h"
#include "ui/error_text.h"

#include <cstdio>
#include <utility>

namespace sightline {
namespace {

// Whoever reads our output through a pipe wants each line when it is written.
void say(FILE* stream, const QString& line)
{
    std::fputs(qPrintable(line), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

} // namespace

ShareRunner::ShareRunner(const ClientCommand& command, Conversation& conversation, ServerProvider& servers)
    : m_command(command)
    , m_conversation(conversation)
    , m_servers(servers)
{
    connect(&m_conversation, &Conversation::linkReady, this, &ShareRunner::onLinkReady);
    connect(&m_conversation, &Conversation::meetingEntered, this,
        [this] { m_conversation.startSharing(m_command.target); });
    connect(&m_conversation, &Conversation::sharingStateChanged, this, &ShareRunner::onSharingStateChanged);
    connect(&m_conversation, &Conversation::sharingEnded, this, [this](const Error& error) {
        if (error.code() != ErrorCode::Cancelled)
            say(stdout,
                QStringLiteral("The session ended: %1 (%2)")
                    .arg(errorText(error).sentence, error.toString()));
        if (m_conversation.sharingState() == Conversation::SharingState::Off)
            onEnded(error);
    });
    connect(&m_conversation, &Conversation::ended, this, &ShareRunner::onEnded);
    connect(&m_conversation, &Conversation::statisticsChanged, this,
        [this](const SessionStatistics& statistics) { m_statistics.write(statistics); });
    connect(&m_conversation.control(), &SessionControl::changed, this, &ShareRunner::onControlChanged);
    connect(&m_conversation.control(), &SessionControl::failed, this, [](const Error& error) {
        say(stdout, QStringLiteral("The viewer has no control of this desktop: %1").arg(error.toString()));
    });
    connect(&m_conversation, &Conversation::interruptionChanged, this, [this] { onInterruptionChanged(); });
    connect(&m_conversation, &Conversation::serverAskedFor, this,
        [] { say(stdout, QStringLiteral("The two cannot reach each other, the server is asked to help")); });
    connect(&m_conversation, &Conversation::serverLost, this, [](const Error& error) {
        say(stderr,
            QStringLiteral("sightline: the server is gone, sharing goes on (%1)").arg(error.toString()));
    });
    connect(&m_conversation, &Conversation::serverRegained, this,
        [] { say(stdout, QStringLiteral("The server is back")); });
    if (!m_command.hasUi)
        answerForNobody();
}

/// Nobody is there to ask. Without --yes that is a refusal.
void ShareRunner::answerForNobody()
{
    connect(&m_conversation.control(), &SessionControl::requested, this, [this](const Participant& viewer) {
        say(stdout,
            QStringLiteral("%1 was not given control: run with --grant-control to give it to whoever views")
                .arg(viewer.displayName));
        m_conversation.control().deny(viewer.entity);
    });
    connect(&m_conversation, &Conversation::admissionRequested, this, [this](const Participant& participant) {
        say(stdout,
            QStringLiteral("%1 was not let in: run with --yes to let in whoever has the link")
                .arg(participant.displayName));
        m_conversation.refuse(participant.entity);
    });
    MeetingModeration& moderation = m_conversation.moderation();
    connect(&moderation, &MeetingModeration::guestsChanged, this, [this, &moderation] {
        for (const LobbyGuest& guest : m_conversation.roster().state.lobby) {
            if (m_command.admitAll) {
                moderation.letIn(guest.entity);
                continue;
            }
            say(stdout,
                QStringLiteral("%1 was not let in: run with --yes to let in whoever has the link")
                    .arg(guest.displayName));
            moderation.turnAway(guest.entity);
        }
    });
}

Result<void> ShareRunner::start()
{
    if (Result<void> opened = m_statistics.open(m_command.statisticsFile); !opened)
        return opened;
    // Sharing needs a screen: say so before anybody is given a link.
    ShareTarget target = m_command.target;
    if (const Result<TargetPlace> place = m_conversation.sharedDesktop().locate(target); !place)
        return place.error();
    const Result<MeetingLink> server = m_servers.address();
    if (!server)
        return server.error();
    AddConference meeting = m_command.meeting;
    meeting.passcode = m_command.passcode;
    m_conversation.startMeeting(*server, meeting);
    return {};
}

void ShareRunner::onLinkReady(const MeetingLink& link)
{
    if (m_command.printLink)
        say(stdout, link.certificateFingerprint.isEmpty() ? link.toWebLink() : link.toAppLink());
}

void ShareRunner::onSharingStateChanged()
{
    if (m_conversation.sharingState() == Conversation::SharingState::Waiting)
        say(stdout, QStringLiteral("Waiting for somebody to open the link"));
    if (m_conversation.sharingState() == Conversation::SharingState::Active) {
        if (!m_conversation.isThroughServer())
            say(stdout,
                QStringLiteral("Sharing with %1, security code %2")
                    .arg(m_conversation.partnerName(), m_conversation.securityCode()));
        onInterruptionChanged();
        if (m_command.grantControl)
            m_conversation.control().grant();
    }
}

void ShareRunner::onInterruptionChanged()
{
    const bool isThroughServer = m_conversation.isThroughServer()
        && m_conversation.sharingState() == Conversation::SharingState::Active;
    if (std::exchange(m_isThroughServer, isThroughServer) != isThroughServer && isThroughServer)
        say(stdout, throughServerNotice(m_conversation.serverName()));
    const bool isInterrupted = m_conversation.isInterrupted();
    if (std::exchange(m_isInterrupted, isInterrupted) != isInterrupted)
        say(stdout, interruptionText(isInterrupted));
}

void ShareRunner::onControlChanged()
{
    const ControlState state = m_conversation.control().state();
    const ControlState before = std::exchange(m_lastControl, state);
    if (before == state)
        return;
    if (state == ControlState::Granted)
        say(stdout,
            QStringLiteral("%1 controls this desktop")
                .arg(m_conversation.nameOf(m_conversation.control().controller())));
    else if (before == ControlState::Granted)
        say(stdout, QStringLiteral("Nobody controls this desktop any more"));
}

void ShareRunner::onEnded(const Error& error)
{
    if (m_isFinished)
        return;
    const int exitCode = exitCodeFor(error.code());
    if (exitCode != 0)
        say(stderr, QStringLiteral("sightline: %1 (%2)").arg(errorText(error).toString(), error.toString()));
    finish(exitCode);
}

void ShareRunner::stop()
{
    m_isFinished = true;
    m_conversation.leave();
    m_isFinished = false;
    finish(0);
}

void ShareRunner::finish(int exitCode)
{
    if (std::exchange(m_isFinished, true))
        return;
    Q_EMIT finished(exitCode);
}

} // namespace sightline
