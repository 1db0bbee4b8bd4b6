#pragma once

#include "core/session/conversation.h"

#include <QObject>

namespace sightline {

class BannerStack;

/// What a meeting asks the person at the window: who may see the desktop, whether to see another one, the
/// passcode; and that somebody waits in the lobby. All given outlive it. GUI thread.
class MeetingQuestions : public QObject {
    Q_OBJECT
public:
    /// `window` is the one that the questions are in.
    MeetingQuestions(Conversation& conversation, BannerStack& banners, QWidget& window);

private:
    void onAdmissionRequested(const Participant& participant);
    void onInvitationReceived(const Participant& sharer);
    void onGuestsChanged();

    Conversation& m_conversation;
    BannerStack& m_banners;
    QWidget& m_window;
    qsizetype m_guests = 0; ///< that were in the lobby last
};

} // namespace sightline
