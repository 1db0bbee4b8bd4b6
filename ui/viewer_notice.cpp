#include "ui/viewer_notice.h"

#include "ui/error_text.h"

#include <QCoreApplication>

namespace sightline {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ViewerNotice)

public:
    static Notice ended(ErrorCode code, const QString& sharer)
    {
        const ErrorText text = errorText(code);
        // Who stopped is known here, and not where codes become sentences.
        if (code == ErrorCode::Gone && !sharer.isEmpty())
            return {tr("%1 has stopped sharing.").arg(sharer), text.advice, tr("Close")};
        return {text.sentence, text.advice, tr("Close")};
    }

    static Notice waiting(const QString& sharer)
    {
        if (sharer.isEmpty())
            return {tr("Waiting for somebody to share"), tr("Nobody shares a desktop in this meeting yet."),
                tr("Cancel")};
        return {tr("Waiting to be let in"), tr("%1 was asked whether you may see the desktop.").arg(sharer),
            tr("Cancel")};
    }

    static Notice invited(const QString& sharer)
    {
        return {tr("%1 shares the desktop with you").arg(name(sharer)), {}, tr("View")};
    }

    static Notice paused(const QString& sharer)
    {
        return {sharer.isEmpty() ? tr("Sharing is paused") : tr("%1 has paused sharing").arg(sharer),
            tr("The picture moves again when sharing goes on."), {}};
    }

    static Notice connecting(const QString& sharer)
    {
        return {tr("Connecting to the desktop of %1…").arg(name(sharer)), {}, {}};
    }

    static Notice interrupted(const QString& sharer)
    {
        return {tr("The connection is interrupted"),
            tr("Trying to reach %1 again. The picture goes on by itself.").arg(name(sharer)), {}};
    }

    static Notice inLobby()
    {
        return {tr("Waiting in the lobby"), tr("Somebody in the meeting lets you in, or not."), tr("Cancel")};
    }

    static Notice reachingServer() { return {tr("Connecting to the meeting…"), {}, {}}; }

private:
    static QString name(const QString& sharer) { return sharer.isEmpty() ? tr("the other side") : sharer; }
};

} // namespace

Notice viewerNotice(const ViewerSituation& situation)
{
    using Viewing = Conversation::ViewingState;
    if (situation.viewing == Viewing::Active && situation.isInterrupted)
        return Words::interrupted(situation.sharer);
    const bool isViewing = situation.viewing == Viewing::Active || situation.viewing == Viewing::Connecting;
    if (isViewing && situation.isPaused)
        return Words::paused(situation.sharer);
    if (situation.viewing == Viewing::Active && situation.hasPicture)
        return {};
    if (situation.viewing == Viewing::Active || situation.viewing == Viewing::Connecting)
        return Words::connecting(situation.sharer);
    if (situation.viewing == Viewing::Invited)
        return Words::invited(situation.sharer);
    if (situation.endedBy)
        return Words::ended(*situation.endedBy, situation.sharer);
    if (situation.meeting == Conversation::State::InLobby)
        return Words::inLobby();
    if (situation.meeting == Conversation::State::InMeeting)
        return Words::waiting(situation.sharer);
    return Words::reachingServer();
}

} // namespace sightline
