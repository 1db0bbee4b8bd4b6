#include "ui/viewing_banners.h"

#include "ui/banner_stack.h"
#include "ui/error_text.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

const QString kSubject = QStringLiteral("viewing");

// Who is expected is let in by a program, and nobody waits.
constexpr std::chrono::milliseconds kDelay{500};
// Longer than it takes to come back to the desk: then one wants to know that it is not the network.
constexpr std::chrono::seconds kPatience{60};

} // namespace

ViewingBanners::ViewingBanners(
    Conversation& conversation, BannerStack& banners, std::function<bool()> isViewerOpen, QObject* parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_banners(banners)
    , m_isViewerOpen(std::move(isViewerOpen))
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_delay, &QTimer::timeout, this,
        [this] { showWaiting(tr("Waiting for %1 to let you in…").arg(m_waitsForName)); });
    connect(&m_patience, &QTimer::timeout, this,
        [this] { showWaiting(tr("%1 has not answered yet. You can go on waiting.").arg(m_waitsForName)); });
    connect(&conversation, &Conversation::stateChanged, this, &ViewingBanners::evaluate);
    connect(&conversation, &Conversation::rosterChanged, this, &ViewingBanners::evaluate);
    connect(&conversation, &Conversation::sharingStateChanged, this, &ViewingBanners::evaluate);
    connect(&conversation, &Conversation::viewingStateChanged, this, &ViewingBanners::onViewingStateChanged);
    connect(&conversation, &Conversation::viewingEnded, this, &ViewingBanners::onViewingEnded);
}

const Participant* ViewingBanners::sharer() const
{
    const QList<Participant>& participants = m_conversation.roster().participants;
    const auto found
        = std::find_if(participants.begin(), participants.end(), [this](const Participant& participant) {
              return participant.sharing == Participant::Sharing::Sharer
                  && participant.entity != m_conversation.ownEntity();
          });
    return found == participants.end() ? nullptr : &*found;
}

void ViewingBanners::onViewingStateChanged()
{
    using Viewing = Conversation::ViewingState;
    const Viewing state = m_conversation.viewingState();
    if (state == Viewing::Connecting || state == Viewing::Active)
        m_banners.remove(kSubject);
    if (const Participant* const present = sharer(); present && state != Viewing::Off)
        m_answeredBy = present->entity;
    evaluate();
}

void ViewingBanners::onViewingEnded(const Error& error)
{
    const QString refuser = m_waitsForName;
    const bool isRefused = !m_waitsFor.isEmpty() && error.code() == ErrorCode::Declined;
    if (const Participant* const present = sharer())
        m_answeredBy = present->entity;
    stopWaiting();
    if (isRefused)
        say(Banner::Kind::Failure,
            tr("%1 did not let you in. Ask %1, and open the link again.").arg(refuser));
    else if (error.code() != ErrorCode::Cancelled && !m_isViewerOpen())
        say(Banner::Kind::Failure, errorText(error).toString());
    if (Banner* const banner = m_banners.find(kSubject))
        banner->setToolTip(error.toString().toHtmlEscaped());
}

void ViewingBanners::evaluate()
{
    const Participant* const present = sharer();
    const bool isIn = m_conversation.state() == Conversation::State::InMeeting;
    if (!present || !isIn)
        m_answeredBy.clear();
    const bool isIdle = m_conversation.viewingState() == Conversation::ViewingState::Off
        && m_conversation.sharingState() == Conversation::SharingState::Off;
    if (isIn && isIdle && present && present->entity != m_answeredBy) {
        if (std::exchange(m_waitsFor, present->entity) == present->entity)
            return;
        m_waitsForName = present->displayName;
        m_delay.start();
        m_patience.start();
        return;
    }
    if (m_waitsFor.isEmpty())
        return;
    const bool hasLeft = !m_conversation.roster().find(m_waitsFor);
    stopWaiting();
    if (isIn && !present)
        say(Banner::Kind::Warning,
            (hasLeft ? tr("%1 left before you were let in. You are told when somebody shares.")
                     : tr("%1 stopped sharing before you were let in. You are told when somebody shares."))
                .arg(m_waitsForName));
}

void ViewingBanners::showWaiting(const QString& text)
{
    Banner& banner = m_banners.add(kSubject, Banner::Kind::Progress, text);
    banner.addAnswer(tr("Cancel"), [this] { m_conversation.leave(); });
}

void ViewingBanners::stopWaiting()
{
    if (m_waitsFor.isEmpty())
        return;
    m_waitsFor.clear();
    m_delay.stop();
    m_patience.stop();
    m_banners.remove(kSubject);
}

void ViewingBanners::say(Banner::Kind kind, const QString& text)
{
    m_banners.add(kSubject, kind, text).addDismissal();
}

} // namespace sightline
