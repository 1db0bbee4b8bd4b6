#include "ui/meeting_questions.h"

#include "ui/banner_stack.h"
#include "ui/passcode_question.h"

#include <QApplication>

#include <utility>

namespace sightline {
namespace {

const QString kInvitationSubject = QStringLiteral("invitation");

QString admissionSubject(const QString& entity)
{
    return QStringLiteral("admission ") + entity;
}

} // namespace

MeetingQuestions::MeetingQuestions(Conversation& conversation, BannerStack& banners, QWidget& window)
    : QObject(&window)
    , m_conversation(conversation)
    , m_banners(banners)
    , m_window(window)
{
    new PasscodeQuestion(conversation, window);
    connect(&conversation, &Conversation::admissionRequested, this, &MeetingQuestions::onAdmissionRequested);
    connect(&conversation, &Conversation::admissionWithdrawn, this,
        [this](const QString& entity) { m_banners.remove(admissionSubject(entity)); });
    connect(&conversation, &Conversation::invitationReceived, this, &MeetingQuestions::onInvitationReceived);
    connect(&conversation, &Conversation::invitationWithdrawn, this,
        [this] { m_banners.remove(kInvitationSubject); });
    connect(&conversation, &Conversation::viewingStateChanged, this, [this] {
        if (m_conversation.viewingState() != Conversation::ViewingState::Invited)
            m_banners.remove(kInvitationSubject);
    });
    connect(&conversation.moderation(), &MeetingModeration::guestsChanged, this,
        &MeetingQuestions::onGuestsChanged);
}

void MeetingQuestions::onAdmissionRequested(const Participant& participant)
{
    const QString entity = participant.entity;
    Banner& banner = m_banners.add(admissionSubject(entity), Banner::Kind::Question,
        tr("%1 wants to see your desktop.").arg(participant.displayName));
    banner.addAnswer(tr("Admit"), [this, entity] { m_conversation.admit(entity); });
    banner.addAnswer(tr("Decline"), [this, entity] { m_conversation.refuse(entity); });
    QApplication::alert(&m_window);
}

void MeetingQuestions::onInvitationReceived(const Participant& sharer)
{
    Banner& banner = m_banners.add(kInvitationSubject, Banner::Kind::Question,
        tr("%1 shares the desktop with you.").arg(sharer.displayName));
    banner.addAnswer(tr("View"), [this] { m_conversation.acceptInvitation(); });
    banner.addAnswer(tr("Decline"), [this] { m_conversation.declineInvitation(); });
    QApplication::alert(&m_window);
}

void MeetingQuestions::onGuestsChanged()
{
    const qsizetype guests = m_conversation.roster().state.lobby.size();
    if (std::exchange(m_guests, guests) < guests && m_conversation.moderation().isPresenter())
        QApplication::alert(&m_window);
}

} // namespace sightline
