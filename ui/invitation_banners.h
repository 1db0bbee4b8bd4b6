#pragma once

#include "core/session/presence.h"

#include <QObject>

namespace sightline {

class BannerStack;

/// The messages about invitations between people: to be answered, waiting for an answer, and how they ended.
/// Both outlive it. GUI thread.
class InvitationBanners : public QObject {
    Q_OBJECT
public:
    InvitationBanners(Presence& presence, Conversation& conversation, BannerStack& banners, QObject* parent);

private:
    void onReceived(const Presence::Invitation& invitation);
    void onWithdrawn(const QString& from, const QString& inviterName, const Error& error);
    void onSent(const QString& entity, const QString& name);
    void onEnded(const QString& entity, const QString& name, const std::optional<Error>& error);

    Presence& m_presence;
    Conversation& m_conversation;
    BannerStack& m_banners;
};

/// Why an invitation of ours brought nobody, for people.
QString invitationEndText(const QString& name, ErrorCode code);

} // namespace sightline
