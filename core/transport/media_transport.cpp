#include "core/transport/media_transport.h"

#include "core/transport/security_code.h"
#include "core/transport/transport_session.h"

#include <algorithm>
#include <future>
#include <mutex>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// Longer than any lingering; the destructor's bound.
constexpr Duration kLongestRelease = 800ms;

// RFC 8839 5.4; both are case-sensitive strings of ice-char.
constexpr qsizetype kMinUfrag = 4;
constexpr qsizetype kMinPassword = 22;
constexpr qsizetype kMaxCredential = 256;

// A stranger must not make us probe the world.
constexpr int kMaxRemoteCandidates = 100;

bool isCredential(const QByteArray& text, qsizetype shortest)
{
    const auto isIceChar = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+'
            || c == '/';
    };
    return text.size() >= shortest && text.size() <= kMaxCredential
        && std::all_of(text.begin(), text.end(), isIceChar);
}

/// Who opens the handshake (RFC 8842 5): the one that is not passive.
Result<DtlsSession::Role> ownRole(DtlsSetup own, DtlsSetup remote)
{
    if (remote == DtlsSetup::Passive)
        return DtlsSession::Role::Client;
    if (own == DtlsSetup::ActPass && remote == DtlsSetup::Active)
        return DtlsSession::Role::Server;
    if (own == DtlsSetup::Active && remote == DtlsSetup::ActPass)
        return DtlsSession::Role::Client;
    return Error(ErrorCode::ParseFailed, QStringLiteral("the setup roles of both sides do not fit together"));
}

Result<TransportSession::Peer> parseDescription(const TransportDescription& description, DtlsSetup ownSetup)
{
    if (!isCredential(description.iceUfrag, kMinUfrag) || !isCredential(description.icePwd, kMinPassword))
        return Error(ErrorCode::ParseFailed, QStringLiteral("the ICE credentials are malformed"));
    const auto fingerprint = normalizedFingerprint(description.fingerprint);
    if (!fingerprint)
        return fingerprint.error();
    const auto role = ownRole(ownSetup, description.setup);
    if (!role)
        return role.error();
    return TransportSession::Peer{{description.iceUfrag, description.icePwd}, *fingerprint, *role};
}

} // namespace

/// What the public functions, on any thread, share with the loop. Tasks that are posted hold it only weakly.
class MediaTransport::Private : public std::enable_shared_from_this<Private> {
public:
    using HandlerCall = std::function<void(const Handlers&)>;

    Private(EventLoop& eventLoop, Config transportConfig, Handlers transportHandlers)
        : loop(eventLoop)
        , config(std::move(transportConfig))
        , handlers(std::move(transportHandlers))
    {
    }

    Result<void> open();
    void postToSession(std::function<void(TransportSession&)> task);
    void shutDown();

    EventLoop& loop;
    const Config config;
    const Handlers handlers;
    TransportDescription description; // constant after open()
    std::unique_ptr<TransportSession> session;

    mutable std::mutex mutex; // guards what follows
    bool hasPeer = false;
    int remoteCandidates = 0;
    QString code;

private:
    TransportSession::Events makeEvents();
    void notify(HandlerCall call);

    bool m_isReleased = false; ///< loop's thread only
};

Result<void> MediaTransport::Private::open()
{
    auto identity = DtlsIdentity::create();
    if (!identity)
        return std::move(identity).error();
    description.fingerprint = (*identity)->fingerprint();
    description.setup = config.controlling ? DtlsSetup::ActPass : DtlsSetup::Active;
    Result<void> result;
    loop.call([&] {
        session = std::make_unique<TransportSession>(loop, config, makeEvents());
        result = session->open(*std::move(identity));
        if (result) {
            const IceAgent::Credentials credentials = session->localCredentials();
            description.iceUfrag = credentials.ufrag;
            description.icePwd = credentials.password;
        } else {
            m_isReleased = true;
            session.reset();
        }
    });
    return result;
}

TransportSession::Events MediaTransport::Private::makeEvents()
{
    TransportSession::Events events;
    events.localCandidate = [this](const QByteArray& candidate) {
        notify([candidate](const Handlers& to) {
            if (to.localCandidate)
                to.localCandidate(candidate);
        });
    };
    events.localCandidatesDone = [this] {
        notify([](const Handlers& to) {
            if (to.localCandidatesDone)
                to.localCandidatesDone();
        });
    };
    events.stateChanged = [this](State state, const std::optional<Error>& error) {
        notify([state, error](const Handlers& to) {
            if (to.stateChanged)
                to.stateChanged(state, error ? &*error : nullptr);
        });
    };
    return events;
}

void MediaTransport::Private::notify(HandlerCall call)
{
    // As a task of its own, so that a handler may even destroy the transport.
    loop.post([weak = weak_from_this(), call = std::move(call)] {
        const auto self = weak.lock();
        if (self && !self->m_isReleased)
            call(self->handlers);
    });
}

void MediaTransport::Private::postToSession(std::function<void(TransportSession&)> task)
{
    loop.post([weak = weak_from_this(), task = std::move(task)] {
        const auto self = weak.lock();
        if (self && self->session)
            task(*self->session);
    });
}

void MediaTransport::Private::shutDown()
{
    std::promise<void> released; // until the session cannot call it any more
    if (!loop.isCurrentThread()) {
        loop.call([&] {
            m_isReleased = true;
            session->close();
            session->whenReleased([&] { released.set_value(); });
        });
        released.get_future().wait_for(kLongestRelease);
    }
    loop.call([this] {
        m_isReleased = true;
        session->whenReleased(nullptr);
        session->close();
        session->release();
        session.reset();
    });
}

MediaTransport::MediaTransport(std::shared_ptr<Private> d)
    : m_d(std::move(d))
{
}

MediaTransport::~MediaTransport()
{
    m_d->shutDown();
}

Result<std::unique_ptr<MediaTransport>> MediaTransport::create(
    EventLoop& loop, Config config, Handlers handlers)
{
    auto d = std::make_shared<Private>(loop, std::move(config), std::move(handlers));
    if (auto opened = d->open(); !opened)
        return std::move(opened).error();
    return std::unique_ptr<MediaTransport>(new MediaTransport(std::move(d)));
}

TransportDescription MediaTransport::localDescription() const
{
    return m_d->description;
}

Result<void> MediaTransport::setRemoteDescription(const TransportDescription& description)
{
    const auto peer = parseDescription(description, m_d->description.setup);
    if (!peer)
        return peer.error();
    const QString code = sightline::securityCode(m_d->description.fingerprint, peer->fingerprint);
    {
        const std::lock_guard lock(m_d->mutex);
        if (m_d->hasPeer)
            return Error(ErrorCode::InvalidArgument, QStringLiteral("the other side is described already"));
        m_d->hasPeer = true;
        m_d->code = code;
    }
    m_d->postToSession([peer = *peer](TransportSession& session) { session.connect(peer); });
    return {};
}

Result<void> MediaTransport::addRemoteCandidate(const QByteArray& candidate)
{
    const auto parsed = IceCandidate::parse(candidate);
    if (!parsed)
        return parsed.error();
    {
        const std::lock_guard lock(m_d->mutex);
        if (m_d->remoteCandidates >= kMaxRemoteCandidates)
            return Error(ErrorCode::TooLarge, QStringLiteral("the other side has too many candidates"));
        ++m_d->remoteCandidates;
    }
    m_d->postToSession([parsed = *parsed](TransportSession& session) { session.addRemoteCandidate(parsed); });
    return {};
}

void MediaTransport::setRemoteCandidatesDone()
{
    m_d->postToSession([](TransportSession& session) { session.setRemoteCandidatesDone(); });
}

ByteStream& MediaTransport::stream()
{
    return m_d->session->stream();
}

MediaTransport::State MediaTransport::state() const
{
    return m_d->session->snapshot().state;
}

TransportStatistics MediaTransport::statistics() const
{
    return m_d->session->snapshot().statistics;
}

std::optional<Error> MediaTransport::failure() const
{
    return m_d->session->snapshot().failure;
}

QString MediaTransport::securityCode() const
{
    const std::lock_guard lock(m_d->mutex);
    return m_d->code;
}

void MediaTransport::close()
{
    m_d->postToSession([](TransportSession& session) { session.close(); });
}

} // namespace sightline
