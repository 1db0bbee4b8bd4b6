#include "ui/invitation_banners.h"

#include "ui/banner_stack.h"
#include "ui/error_text.h"

namespace sightline {
namespace {

QString receivedSubject(const QString& entity)
{
    return QStringLiteral("invited by ") + entity;
}

QString sentSubject(const QString& entity)
{
    return QStringLiteral("inviting ") + entity;
}

} // namespace

QString invitationEndText(const QString& name, ErrorCode code)
{
    switch (code) {
    case ErrorCode::Declined:
        return InvitationBanners::tr("%1 has declined.").arg(name);
    case ErrorCode::Timeout:
        return InvitationBanners::tr("%1 has not answered.").arg(name);
    case ErrorCode::Gone:
        return InvitationBanners::tr("%1 is not there any more.").arg(name);
    case ErrorCode::Busy:
        return InvitationBanners::tr("%1 is busy with other invitations. Try again in a minute.").arg(name);
    case ErrorCode::NotFound:
        return InvitationBanners::tr("This conversation is on another server. Send %1 its link.").arg(name);
    default:
        return InvitationBanners::tr("%1 could not be invited. %2").arg(name, errorText(code).toString());
    }
}

InvitationBanners::InvitationBanners(
    Presence& presence, Conversation& conversation, BannerStack& banners, QObject* parent)
    : QObject(parent)
    , m_presence(presence)
    , m_conversation(conversation)
    , m_banners(banners)
{
    connect(&presence, &Presence::invitationReceived, this, &InvitationBanners::onReceived);
    connect(&presence, &Presence::invitationWithdrawn, this, &InvitationBanners::onWithdrawn);
    connect(&presence, &Presence::invitationSent, this, &InvitationBanners::onSent);
    connect(&presence, &Presence::invitationEnded, this, &InvitationBanners::onEnded);
}

void InvitationBanners::onReceived(const Presence::Invitation& invitation)
{
    const bool isIdle = m_conversation.state() == Conversation::State::Idle;
    const QString text = isIdle ? tr("%1 invites you to a conversation.").arg(invitation.inviterName)
                                : tr("%1 invites you to a conversation. To accept ends the one you are in.")
                                      .arg(invitation.inviterName);
    const QString from = invitation.from;
    Banner& banner = m_banners.add(receivedSubject(from), Banner::Kind::Question, text);
    banner.addAnswer(tr("Accept"), [this, from] { m_presence.accept(from); });
    banner.addAnswer(tr("Decline"), [this, from] { m_presence.decline(from); });
}

void InvitationBanners::onWithdrawn(const QString& from, const QString& inviterName, const Error& error)
{
    m_banners.remove(receivedSubject(from));
    // Who was away learns that somebody wanted something.
    Banner& banner = m_banners.add(receivedSubject(from), Banner::Kind::Warning,
        tr("%1 invited you to a conversation. The invitation is over.").arg(inviterName));
    banner.setToolTip(error.toString().toHtmlEscaped());
    banner.addDismissal();
}

void InvitationBanners::onSent(const QString& entity, const QString& name)
{
    Banner& banner = m_banners.add(sentSubject(entity), Banner::Kind::Question,
        tr("Waiting for %1 to answer your invitation…").arg(name));
    banner.addAnswer(tr("Take it back"), [this, entity] { m_presence.cancelInvitation(entity); });
}

void InvitationBanners::onEnded(const QString& entity, const QString& name, const std::optional<Error>& error)
{
    m_banners.remove(sentSubject(entity));
    if (!error || error->code() == ErrorCode::Cancelled)
        return;
    Banner& banner
        = m_banners.add(sentSubject(entity), Banner::Kind::Warning, invitationEndText(name, error->code()));
    banner.setToolTip(error->toString().toHtmlEscaped());
    banner.addDismissal();
}

} // namespace sightline
