#include "core/session/presence.h"

#include "core/base/log.h"

#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::milliseconds, 6> kRetries{1s, 2s, 4s, 8s, 16s, 30s};
constexpr std::size_t kMaxReceived = 5; // questions at once that a person can overlook

/// Whether another attempt could end in another way.
bool isPassing(ErrorCode code)
{
    return code != ErrorCode::CertificateMismatch && code != ErrorCode::TlsFailed
        && code != ErrorCode::VersionMismatch && code != ErrorCode::InvalidArgument;
}

} // namespace

Presence::Presence(Conversation& conversation, QObject* parent)
    : QObject(parent)
    , m_conversation(conversation)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Presence::open);
    connectClient();
    connectConversation();
}

Presence::~Presence()
{
    blockSignals(true);
    m_conversation.disconnect(this);
    m_client.disconnect(this);
    for (const Outgoing& each : m_outgoing)
        m_client.cancel(each.to, each.id);
}

void Presence::connectClient()
{
    connect(&m_client, &PresenceClient::signedIn, this, [this] {
        m_failures = 0;
        m_lastError.reset();
        setState(State::Shown);
    });
    connect(&m_client, &PresenceClient::peopleChanged, this, &Presence::othersChanged);
    connect(&m_client, &PresenceClient::presenceRefused, this, [this](const Error& error) {
        m_lastError = error;
        setState(State::Hidden);
    });
    connect(&m_client, &PresenceClient::failed, this, &Presence::onFailed);
    connect(&m_client, &PresenceClient::invited, this, &Presence::onInvited);
    connect(&m_client, &PresenceClient::cancelled, this,
        [this](const QString& from, const QString& id, const Error& reason) {
            const bool isOurs = std::any_of(m_received.begin(), m_received.end(),
                [&](const Invitation& each) { return each.from == from && each.id == id; });
            if (!isOurs)
                return;
            const Invitation invitation = *takeReceived(from);
            Q_EMIT invitationWithdrawn(from, invitation.inviterName, reason);
        });
    connect(&m_client, &PresenceClient::accepted, this,
        [this](const QString&, const QString& id, const QString& participant) {
            m_conversation.trust(participant);
            endOutgoing(id, {});
        });
    connect(&m_client, &PresenceClient::declined, this,
        [this](const QString&, const QString& id, const Error& reason) { endOutgoing(id, reason); });
}

void Presence::connectConversation()
{
    connect(&m_conversation, &Conversation::stateChanged, this, [this] {
        const bool isIdle = m_conversation.state() == Conversation::State::Idle;
        m_client.setAvailability(isIdle ? Person::Availability::Available : Person::Availability::InMeeting);
    });
    connect(&m_conversation, &Conversation::meetingEntered, this, &Presence::onMeetingEntered);
    connect(&m_conversation, &Conversation::ended, this, &Presence::onMeetingEnded);
}

// Signing in

void Presence::signIn(const MeetingLink& server, const QString& displayName)
{
    signOut();
    m_server = server;
    m_displayName = displayName;
    open();
}

void Presence::signOut()
{
    m_retry.stop();
    m_client.disconnectFromServer();
    m_failures = 0;
    m_lastError.reset();
    endAll({ErrorCode::Cancelled, QStringLiteral("signed out")});
    setState(State::Off);
}

void Presence::setDisplayName(const QString& name)
{
    if (std::exchange(m_displayName, name) != name && m_state != State::Off)
        signIn(MeetingLink(m_server), name);
}

void Presence::open()
{
    setState(State::Connecting);
    m_client.connectToServer({.url = m_server.signalingUrl(),
        .pinnedFingerprint = m_server.certificateFingerprint,
        .displayName = m_displayName});
}

void Presence::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
    Q_EMIT othersChanged();
}

void Presence::onFailed(const Error& error)
{
    qCInfo(logSession) << "Not signed in:" << error.toString();
    m_lastError = error;
    endAll(error);
    if (!isPassing(error.code()))
        return setState(State::Failed);
    const auto step = std::min<std::size_t>(static_cast<std::size_t>(m_failures++), kRetries.size() - 1);
    m_retry.start(kRetries[step]);
    setState(State::Connecting);
}

QList<Person> Presence::others() const
{
    QList<Person> persons = m_state == State::Shown ? m_client.people().persons : QList<Person>();
    persons.removeIf([this](const Person& each) { return each.entity == m_client.entity(); });
    return persons;
}

// Inviting

void Presence::invite(const Person& person)
{
    if (isInviting(person.entity) || m_state != State::Shown)
        return;
    m_outgoing.push_back(
        {person.entity, person.displayName, QUuid::createUuid().toString(QUuid::WithoutBraces), false});
    Q_EMIT invitationSent(person.entity, person.displayName);
    if (m_conversation.state() == Conversation::State::Idle)
        m_conversation.startMeeting(m_server);
    else if (m_conversation.state() == Conversation::State::InMeeting)
        sendInvitations();
}

bool Presence::isInviting(const QString& entity) const
{
    return std::any_of(
        m_outgoing.begin(), m_outgoing.end(), [&entity](const Outgoing& each) { return each.to == entity; });
}

void Presence::cancelInvitation(const QString& entity)
{
    const auto found = std::find_if(
        m_outgoing.begin(), m_outgoing.end(), [&entity](const Outgoing& each) { return each.to == entity; });
    if (found == m_outgoing.end())
        return;
    if (found->isSent)
        m_client.cancel(entity, found->id);
    endOutgoing(QString(found->id), Error(ErrorCode::Cancelled, QStringLiteral("taken back here")));
}

void Presence::sendInvitations()
{
    const std::optional<MeetingLink> link = m_conversation.link();
    for (Outgoing& each : m_outgoing) {
        if (link && !std::exchange(each.isSent, true))
            m_client.invite(each.to, each.id, link->meetingId);
    }
}

void Presence::endOutgoing(const QString& id, const std::optional<Error>& error)
{
    const auto found = std::find_if(
        m_outgoing.begin(), m_outgoing.end(), [&id](const Outgoing& each) { return each.id == id; });
    if (found == m_outgoing.end())
        return;
    const Outgoing ended = *found;
    m_outgoing.erase(found);
    Q_EMIT invitationEnded(ended.to, ended.name, error);
}

void Presence::endAll(const Error& error)
{
    for (const Outgoing& each : std::exchange(m_outgoing, {}))
        Q_EMIT invitationEnded(each.to, each.name, error);
    for (const Invitation& each : std::exchange(m_received, {}))
        Q_EMIT invitationWithdrawn(each.from, each.inviterName, error);
    m_accepted.reset();
}

// Being invited

void Presence::onInvited(const QString& from, const QString& id, const Invite& invite)
{
    const bool isAsking = std::any_of(
        m_received.begin(), m_received.end(), [&from](const Invitation& each) { return each.from == from; });
    if (isAsking || m_received.size() >= kMaxReceived) {
        m_client.decline(from, id, ErrorCode::Busy, QStringLiteral("other invitations wait for an answer"));
        return;
    }
    MeetingLink link = m_server;
    link.meetingId = invite.meetingId;
    m_received.push_back({from, id, invite.senderName, link, invite.link});
    Q_EMIT invitationReceived(Invitation(m_received.back()));
}

std::optional<Presence::Invitation> Presence::takeReceived(const QString& from)
{
    const auto found = std::find_if(
        m_received.begin(), m_received.end(), [&from](const Invitation& each) { return each.from == from; });
    if (found == m_received.end())
        return std::nullopt;
    Invitation invitation = std::move(*found);
    m_received.erase(found);
    return invitation;
}

void Presence::accept(const QString& from)
{
    const std::optional<Invitation> invitation = takeReceived(from);
    if (!invitation)
        return;
    m_conversation.joinMeeting(invitation->link, invitation->shownLink);
    m_accepted = invitation; // after the end of the meeting that we were in
}

void Presence::decline(const QString& from)
{
    if (const std::optional<Invitation> invitation = takeReceived(from))
        m_client.decline(from, invitation->id, ErrorCode::Declined, QStringLiteral("the person said no"));
}

void Presence::onMeetingEntered()
{
    if (const auto accepted = std::exchange(m_accepted, std::nullopt))
        m_client.accept(accepted->from, accepted->id, m_conversation.ownEntity());
    sendInvitations();
}

void Presence::onMeetingEnded(const Error& error)
{
    if (const auto accepted = std::exchange(m_accepted, std::nullopt))
        m_client.decline(accepted->from, accepted->id, error.code(), error.toString().left(200));
    // Nobody shall come into a meeting that we have left.
    for (const Outgoing& each : std::exchange(m_outgoing, {})) {
        if (each.isSent)
            m_client.cancel(each.to, each.id);
        Q_EMIT invitationEnded(each.to, each.name, error);
    }
}

} // namespace sightline
