#include "core/transport/dtls_session.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/srtp.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <string_view>
#include <tuple>

namespace sightline {

namespace {

struct ContextDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
struct BioMethodDeleter {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
using ContextPtr = std::unique_ptr<SSL_CTX, ContextDeleter>;
using SslPtr = std::unique_ptr<SSL, SslDeleter>;
using BioMethodPtr = std::unique_ptr<BIO_METHOD, BioMethodDeleter>;

// RFC 7714 14.2; the names of OpenSSL.
constexpr const char* kSrtpProfiles = "SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM";
constexpr const char* kCiphers = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
// RFC 5764 4.2
constexpr std::string_view kExporterLabel = "EXTRACTOR-dtls_srtp";

// RFC 6347 4.2.4.1 proposes one second for paths of unknown delay. ICE has just measured this one, and a
// second is what a person notices when one packet of the handshake is lost.
constexpr unsigned int kFirstTimeout = 250'000; // microseconds
constexpr unsigned int kLongestTimeout = 2'000'000;

// What a peer can make us hold.
constexpr std::size_t kMaxIncoming = 32;

/// The two directions of datagrams under the TLS engine. OpenSSL's own memory BIO is a stream of octets and
/// would glue the records of a flight together.
struct DatagramQueues {
    std::deque<Bytes> incoming;
    std::deque<Bytes> outgoing;
};

int writeDatagram(BIO* bio, const char* data, int size)
{
    auto* queues = static_cast<DatagramQueues*>(BIO_get_data(bio));
    const auto* octets = reinterpret_cast<const std::uint8_t*>(data);
    queues->outgoing.emplace_back(octets, octets + size);
    return size;
}

int readDatagram(BIO* bio, char* data, int size)
{
    auto* queues = static_cast<DatagramQueues*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (queues->incoming.empty()) {
        BIO_set_retry_read(bio);
        return -1;
    }
    const Bytes& datagram = queues->incoming.front();
    const std::size_t count = std::min(datagram.size(), static_cast<std::size_t>(size));
    std::memcpy(data, datagram.data(), count); // what does not fit is lost, as with a socket
    queues->incoming.pop_front();
    return static_cast<int>(count);
}

long controlDatagrams(BIO*, int command, long, void*)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* datagramMethod()
{
    static const BioMethodPtr method = [] {
        BioMethodPtr made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "sightline datagrams"));
        BIO_meth_set_write(made.get(), writeDatagram);
        BIO_meth_set_read(made.get(), readDatagram);
        BIO_meth_set_ctrl(made.get(), controlDatagrams);
        return made;
    }();
    return method.get();
}

unsigned int nextHandshakeTimeout(SSL*, unsigned int previous)
{
    return previous == 0 ? kFirstTimeout : std::min(previous * 2, kLongestTimeout);
}

QString opensslReason()
{
    const unsigned long code = ERR_peek_last_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    return QString::fromLatin1(reason ? reason : "unknown reason");
}

} // namespace

class DtlsSession::Private {
public:
    Private(Role ownRole, QByteArray fingerprint)
        : role(ownRole)
        , remoteFingerprint(std::move(fingerprint))
    {
    }

    bool setUp(const DtlsIdentity& identity);
    void advance();
    int verifyPeer(X509_STORE_CTX* store);

    Role role;
    QByteArray remoteFingerprint;
    DatagramQueues queues;
    ContextPtr context;
    SslPtr ssl; // after the queues: closing it may write
    State state = State::Handshaking;
    std::optional<Error> error;
    SrtpKeys keys;
    bool isMismatch = false;

private:
    void handshake();
    void readRecords();
    bool exportKeys();
    void fail(ErrorCode code, const QString& message);
};

bool DtlsSession::Private::setUp(const DtlsIdentity& identity)
{
    context.reset(SSL_CTX_new(DTLS_method()));
    if (!context)
        return false;
    SSL_CTX* ctx = context.get();
    SSL_CTX_set_options(ctx, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    // The chain proves nothing with self-signed certificates: this replaces its check altogether.
    SSL_CTX_set_cert_verify_callback(
        ctx, [](X509_STORE_CTX* store, void* self) { return static_cast<Private*>(self)->verifyPeer(store); },
        this);
    if (SSL_CTX_set_min_proto_version(ctx, DTLS1_2_VERSION) != 1
        || SSL_CTX_set_cipher_list(ctx, kCiphers) != 1 || SSL_CTX_set1_groups_list(ctx, "X25519:P-256") != 1
        || SSL_CTX_set_tlsext_use_srtp(ctx, kSrtpProfiles) != 0 // 0 is success here
        || SSL_CTX_use_certificate(ctx, identity.certificate()) != 1
        || SSL_CTX_use_PrivateKey(ctx, identity.key()) != 1)
        return false;
    ssl.reset(SSL_new(ctx));
    BIO* bio = ssl ? BIO_new(datagramMethod()) : nullptr;
    if (!bio)
        return false;
    BIO_set_data(bio, &queues);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl.get(), bio, bio);
    DTLS_set_timer_cb(ssl.get(), nextHandshakeTimeout);
    DTLS_set_link_mtu(ssl.get(), kMaxDatagramSize);
    if (role == Role::Client)
        SSL_set_connect_state(ssl.get());
    else
        SSL_set_accept_state(ssl.get());
    return true;
}

int DtlsSession::Private::verifyPeer(X509_STORE_CTX* store)
{
    const X509* certificate = X509_STORE_CTX_get0_cert(store);
    if (certificate && fingerprintOf(certificate) == remoteFingerprint)
        return 1;
    isMismatch = true;
    X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
    return 0;
}

void DtlsSession::Private::advance()
{
    if (state == State::Handshaking)
        handshake();
    if (state == State::Established)
        readRecords();
}

void DtlsSession::Private::handshake()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl.get());
    if (result == 1) {
        if (exportKeys())
            state = State::Established;
        else
            fail(ErrorCode::DtlsFailed,
                QStringLiteral("the other side has no SRTP profile in common with us"));
        return;
    }
    const int reason = SSL_get_error(ssl.get(), result);
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE)
        return;
    if (isMismatch)
        fail(ErrorCode::FingerprintMismatch,
            QStringLiteral("the other side's certificate is not the announced one"));
    else if (ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_SSLV3_ALERT_BAD_CERTIFICATE
        || ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN)
        fail(ErrorCode::FingerprintMismatch, QStringLiteral("the other side refused our certificate"));
    else
        fail(ErrorCode::DtlsFailed, QStringLiteral("the DTLS handshake failed (%1)").arg(opensslReason()));
}

void DtlsSession::Private::readRecords()
{
    // Nothing but alerts is expected after the handshake; application data is read and dropped.
    std::array<std::uint8_t, 2048> ignored;
    int result = 0;
    do {
        ERR_clear_error();
        result = SSL_read(ssl.get(), ignored.data(), static_cast<int>(ignored.size()));
    } while (result > 0);
    if ((SSL_get_shutdown(ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0)
        state = State::Closed;
    else if (SSL_get_error(ssl.get(), result) == SSL_ERROR_SSL)
        fail(ErrorCode::DtlsFailed,
            QStringLiteral("the other side broke the DTLS session (%1)").arg(opensslReason()));
}

bool DtlsSession::Private::exportKeys()
{
    const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(ssl.get());
    if (!profile)
        return false;
    keys.profile = profile->id == SRTP_AEAD_AES_256_GCM ? SrtpKeys::Profile::AeadAes256Gcm
                                                        : SrtpKeys::Profile::AeadAes128Gcm;
    const std::size_t keySize = SrtpKeys::keySizeOf(keys.profile);
    std::array<std::uint8_t, 2 * sizeof(SrtpKeys::Material)> material{};
    if (SSL_export_keying_material(ssl.get(), material.data(), 2 * (keySize + SrtpKeys::kSaltSize),
            kExporterLabel.data(), kExporterLabel.size(), nullptr, 0, 0)
        != 1)
        return false;
    // RFC 5764 4.2: client key, server key, client salt, server salt.
    SrtpKeys::Material& client = role == Role::Client ? keys.local : keys.remote;
    SrtpKeys::Material& server = role == Role::Client ? keys.remote : keys.local;
    const std::uint8_t* from = material.data();
    for (const auto& [target, offset, size] : {std::tuple(client.data(), std::size_t(0), keySize),
             std::tuple(server.data(), std::size_t(0), keySize),
             std::tuple(client.data(), keySize, SrtpKeys::kSaltSize),
             std::tuple(server.data(), keySize, SrtpKeys::kSaltSize)}) {
        std::copy_n(from, size, target + offset);
        from += size;
    }
    OPENSSL_cleanse(material.data(), material.size());
    return true;
}

void DtlsSession::Private::fail(ErrorCode code, const QString& message)
{
    state = State::Failed;
    error = Error(code, message);
}

DtlsSession::DtlsSession(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

DtlsSession::~DtlsSession() = default;

Result<std::unique_ptr<DtlsSession>> DtlsSession::create(
    const DtlsIdentity& identity, Role role, QByteArray remoteFingerprint)
{
    auto d = std::make_unique<Private>(role, std::move(remoteFingerprint));
    if (!d->setUp(identity))
        return Error(ErrorCode::DtlsFailed, QStringLiteral("cannot set up DTLS (%1)").arg(opensslReason()));
    d->advance();
    return std::unique_ptr<DtlsSession>(new DtlsSession(std::move(d)));
}

void DtlsSession::onDatagram(ByteView datagram)
{
    const bool isOver = m_d->state == State::Closed || m_d->state == State::Failed;
    // An empty one would look like the end of a stream to OpenSSL.
    if (isOver || datagram.empty() || m_d->queues.incoming.size() >= kMaxIncoming)
        return;
    m_d->queues.incoming.emplace_back(datagram.begin(), datagram.end());
    m_d->advance();
}

std::optional<Bytes> DtlsSession::takeDatagram()
{
    auto& outgoing = m_d->queues.outgoing;
    if (outgoing.empty())
        return std::nullopt;
    Bytes datagram = std::move(outgoing.front());
    outgoing.pop_front();
    return datagram;
}

TimePoint DtlsSession::nextTimeout(TimePoint now) const
{
    timeval left{};
    if (m_d->state != State::Handshaking || DTLSv1_get_timeout(m_d->ssl.get(), &left) != 1)
        return TimePoint::max();
    return now + std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec);
}

void DtlsSession::onTimeout()
{
    if (m_d->state != State::Handshaking)
        return;
    ERR_clear_error();
    DTLSv1_handle_timeout(m_d->ssl.get());
}

DtlsSession::State DtlsSession::state() const
{
    return m_d->state;
}

const std::optional<Error>& DtlsSession::error() const
{
    return m_d->error;
}

const SrtpKeys& DtlsSession::keys() const
{
    return m_d->keys;
}

void DtlsSession::close()
{
    if (m_d->state != State::Established && m_d->state != State::Closed)
        return;
    ERR_clear_error();
    SSL_shutdown(m_d->ssl.get());
    m_d->state = State::Closed;
}

} // namespace sightline
