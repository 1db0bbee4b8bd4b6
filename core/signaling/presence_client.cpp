#include "core/signaling/presence_client.h"

#include "core/base/log.h"
#include "core/signaling/names.h"

#include <utility>

namespace sightline {
namespace {

constexpr auto kRepeat = std::chrono::seconds(5); // when we changed our presence too often

} // namespace

PresenceClient::PresenceClient(QObject* parent)
    : QObject(parent)
    , m_unreadable(logSignaling, "Documents from the server that make no sense")
{
    connect(&m_connection, &FocusConnection::opened, this, &PresenceClient::onOpened);
    connect(&m_connection, &FocusConnection::documentReceived, this, &PresenceClient::onDocument);
    connect(&m_connection, &FocusConnection::failed, this, &PresenceClient::lose);
    m_repeat.setSingleShot(true);
    m_repeat.setInterval(kRepeat);
    connect(&m_repeat, &QTimer::timeout, this, [this] { request(SetPresence{m_availability}); });
    connect(&m_pending, &PendingRequests::timedOut, this, [this](const Request::Body& body) {
        onFailed(body, {ErrorCode::Timeout, QStringLiteral("the server did not answer in time")});
    });
}

PresenceClient::~PresenceClient()
{
    disconnectFromServer();
}

void PresenceClient::connectToServer(const Options& options)
{
    disconnectFromServer();
    const auto name = normalizedDisplayName(options.displayName);
    // The token brings back the name as well, and is no business of other servers.
    if (name != m_options.displayName || options.url != m_options.url
        || options.pinnedFingerprint != m_options.pinnedFingerprint)
        m_resumeToken.clear();
    m_options = options;
    m_options.displayName = name.value_or(QString());
    if (name && options.url.isValid() && !options.url.host().isEmpty()) {
        m_connection.open({.url = options.url,
            .pinnedFingerprint = options.pinnedFingerprint,
            .connectTimeout = options.connectTimeout});
        return;
    }
    const Error error(ErrorCode::InvalidArgument, QStringLiteral("the name or the address is not usable"));
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
}

void PresenceClient::disconnectFromServer()
{
    m_connection.close();
    reset();
}

void PresenceClient::reset()
{
    m_entity.clear();
    m_tracker.clear();
    m_pending.clear();
    m_repeat.stop();
}

void PresenceClient::setAvailability(Person::Availability availability)
{
    if (std::exchange(m_availability, availability) != availability && isSignedIn())
        request(SetPresence{availability});
}

void PresenceClient::invite(const QString& to, const QString& id, const QString& meetingId)
{
    send(to, id, Invite{meetingId, {}, {}, {}});
}

void PresenceClient::cancel(const QString& to, const QString& id)
{
    send(to, id, InviteCancel{ErrorCode::Cancelled, QStringLiteral("the person took it back")});
}

void PresenceClient::accept(const QString& from, const QString& id, const QString& participant)
{
    send(from, id, InviteAccept{participant});
}

void PresenceClient::decline(const QString& from, const QString& id, ErrorCode code, const QString& text)
{
    send(from, id, InviteDecline{code, text});
}

void PresenceClient::send(const QString& to, const QString& id, InvitationDocument::Body body)
{
    if (isSignedIn())
        m_connection.send(serialize(InvitationDocument{{}, to, id, std::move(body)}));
}

void PresenceClient::request(Request::Body body)
{
    m_connection.send(serialize(m_pending.add(std::move(body), m_options.requestTimeout)));
}

void PresenceClient::onOpened()
{
    request(SignIn{kProtocolVersion, QStringLiteral("Sightline/" SIGHTLINE_VERSION), m_options.displayName,
        {}, m_resumeToken});
}

void PresenceClient::onDocument(const QByteArray& text)
{
    const auto document = parseDocument(text);
    if (document) {
        std::visit([this](const auto& each) { handle(each); }, *document);
        return;
    }
    m_unreadable.add(Clock::now());
    if (const auto request = m_pending.take(requestIdOf(text)))
        onFailed(*request, document.error());
}

void PresenceClient::handle(const Response& response)
{
    const auto request = m_pending.take(response.id);
    if (!request) {
        m_unreadable.add(Clock::now());
    } else if (const auto* failure = std::get_if<Failure>(&response.body)) {
        onFailed(*request, failure->toError());
    } else if (response.body.index() != request->index()) {
        onFailed(*request, {ErrorCode::ParseFailed, QStringLiteral("the server answered another question")});
    } else if (const auto* signIn = std::get_if<SignInResponse>(&response.body)) {
        onSignedIn(*signIn);
    }
}

void PresenceClient::onSignedIn(const SignInResponse& response)
{
    if (response.protocol != kProtocolVersion) {
        Failure failure;
        failure.code = ErrorCode::VersionMismatch;
        failure.protocol = response.protocol;
        return lose(failure.toError());
    }
    m_entity = response.entity;
    m_resumeToken = response.resume;
    request(SetPresence{m_availability});
    Q_EMIT signedIn();
}

void PresenceClient::onFailed(const Request::Body& request, const Error& cause)
{
    const Error error(cause.code(), purposeOf(request), cause);
    const bool isFatal = cause.code() == ErrorCode::Timeout || cause.code() == ErrorCode::ParseFailed;
    if (std::holds_alternative<SignIn>(request) || isFatal)
        return lose(error);
    if (cause.code() == ErrorCode::TooOften)
        return m_repeat.start();
    Q_EMIT presenceRefused(error);
}

void PresenceClient::handle(const PresenceInfo& info)
{
    switch (m_tracker.apply(info)) {
    case PresenceTracker::Outcome::Applied:
        Q_EMIT peopleChanged();
        break;
    case PresenceTracker::Outcome::Gap:
        request(GetPresence{});
        break;
    case PresenceTracker::Outcome::Ignored:
        break;
    }
}

void PresenceClient::handle(const InvitationDocument& invitation)
{
    const QString from = invitation.from;
    const QString id = invitation.id;
    if (const auto* invite = std::get_if<Invite>(&invitation.body)) {
        if (!invite->senderName.isEmpty())
            Q_EMIT invited(from, id, *invite);
    } else if (const auto* accept = std::get_if<InviteAccept>(&invitation.body)) {
        Q_EMIT accepted(from, id, accept->participant);
    } else if (const auto* decline = std::get_if<InviteDecline>(&invitation.body)) {
        Q_EMIT declined(from, id, {decline->code, decline->text});
    } else if (const auto* cancel = std::get_if<InviteCancel>(&invitation.body)) {
        Q_EMIT cancelled(from, id, {cancel->code, cancel->text});
    }
}

void PresenceClient::lose(const Error& error)
{
    m_connection.close();
    reset();
    Q_EMIT failed(error);
}

} // namespace sightline
