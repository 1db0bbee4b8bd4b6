#include "core/transport/dtls_identity.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>
#include <cstdint>

namespace sightline {

namespace {

constexpr long kDay = 24 * 60 * 60;
constexpr long kX509Version3 = 2;

} // namespace

void DtlsIdentity::KeyDeleter::operator()(evp_pkey_st* key) const
{
    EVP_PKEY_free(key);
}

void DtlsIdentity::CertificateDeleter::operator()(x509_st* certificate) const
{
    X509_free(certificate);
}

DtlsIdentity::DtlsIdentity(KeyPtr key, CertificatePtr certificate)
    : m_key(std::move(key))
    , m_certificate(std::move(certificate))
    , m_fingerprint(fingerprintOf(m_certificate.get()))
{
}

DtlsIdentity::~DtlsIdentity() = default;

Result<std::unique_ptr<DtlsIdentity>> DtlsIdentity::create()
{
    KeyPtr key(EVP_EC_gen("P-256"));
    CertificatePtr certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get()))
        return Error(ErrorCode::DtlsFailed, QStringLiteral("cannot make a certificate"));
    return std::unique_ptr<DtlsIdentity>(new DtlsIdentity(std::move(key), std::move(certificate)));
}

bool DtlsIdentity::fill(x509_st* certificate, evp_pkey_st* key)
{
    std::uint64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1)
        return false;
    serial >>= 1; // RFC 5280 4.1.2.2: positive
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* const commonName = reinterpret_cast<const unsigned char*>("sightline");
    return X509_set_version(certificate, kX509Version3) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1
        // A day back, because the other machine's clock may be behind; nobody checks it against the
        // fingerprint.
        && X509_gmtime_adj(X509_getm_notBefore(certificate), -kDay)
        && X509_gmtime_adj(X509_getm_notAfter(certificate), 30 * kDay)
        && X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, commonName, -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

QByteArray fingerprintOf(const x509_st* certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    const QByteArray raw(reinterpret_cast<const char*>(digest.data()), static_cast<qsizetype>(size));
    return raw.toHex(':').toUpper();
}

Result<QByteArray> normalizedFingerprint(const QByteArray& text)
{
    constexpr qsizetype kLength = 32 * 3 - 1;
    const QByteArray upper = text.toUpper();
    bool isValid = upper.size() == kLength;
    for (qsizetype i = 0; isValid && i < kLength; ++i) {
        const char c = upper[i];
        isValid = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
    if (!isValid)
        return Error(ErrorCode::ParseFailed, QStringLiteral("the fingerprint is not one of SHA-256"));
    return upper;
}

} // namespace sightline
