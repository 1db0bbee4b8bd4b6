#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <memory>

struct evp_pkey_st;
struct x509_st;

namespace sightline {

/// Who one end of a session is: a key pair (ECDSA, P-256) made for it alone and a self-signed certificate, of
/// which only the fingerprint counts (RFC 8122, RFC 5763). Immutable; shared by reference.
class DtlsIdentity {
public:
    /// DtlsFailed when OpenSSL cannot make one.
    static Result<std::unique_ptr<DtlsIdentity>> create();
    ~DtlsIdentity();
    DtlsIdentity(const DtlsIdentity&) = delete;
    DtlsIdentity& operator=(const DtlsIdentity&) = delete;

    /// SHA-256 of the certificate, upper-case hex with colons.
    const QByteArray& fingerprint() const { return m_fingerprint; }

    /// For DtlsSession only.
    evp_pkey_st* key() const { return m_key.get(); }
    x509_st* certificate() const { return m_certificate.get(); }

private:
    struct KeyDeleter {
        void operator()(evp_pkey_st* key) const;
    };
    struct CertificateDeleter {
        void operator()(x509_st* certificate) const;
    };
    using KeyPtr = std::unique_ptr<evp_pkey_st, KeyDeleter>;
    using CertificatePtr = std::unique_ptr<x509_st, CertificateDeleter>;

    DtlsIdentity(KeyPtr key, CertificatePtr certificate);
    static bool fill(x509_st* certificate, evp_pkey_st* key);

    KeyPtr m_key;
    CertificatePtr m_certificate;
    QByteArray m_fingerprint;
};

/// The fingerprint of a certificate, in the form of DtlsIdentity::fingerprint(); empty when OpenSSL fails.
QByteArray fingerprintOf(const x509_st* certificate);

/// Whether `text` is a SHA-256 fingerprint as SDP writes it (RFC 8122 5): 32 pairs of hex digits with colons.
/// Lower case is accepted, and made upper case.
Result<QByteArray> normalizedFingerprint(const QByteArray& text);

} // namespace sightline
