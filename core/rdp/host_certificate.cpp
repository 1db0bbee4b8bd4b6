#include "core/rdp/host_certificate.h"

#include <freerdp/crypto/certificate.h>
#include <freerdp/crypto/privatekey.h>
#include <freerdp/settings.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace sightline {

namespace {

struct KeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateDeleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
struct BioDeleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using CertificatePtr = std::unique_ptr<X509, CertificateDeleter>;
using BioPtr = std::unique_ptr<BIO, BioDeleter>;

struct PemPair {
    std::string key; ///< empty when it could not be made
    std::string certificate;
};

std::string textOf(BIO* bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

CertificatePtr selfSigned(EVP_PKEY* key)
{
    constexpr long kYear = 365L * 24 * 3600;
    CertificatePtr certificate(X509_new());
    X509* x509 = certificate.get();
    if (!x509 || X509_set_version(x509, X509_VERSION_3) != 1 || X509_set_pubkey(x509, key) != 1)
        return nullptr;
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -kYear / 365);
    X509_gmtime_adj(X509_getm_notAfter(x509), kYear);
    X509_NAME* name = X509_get_subject_name(x509);
    const auto* commonName = reinterpret_cast<const unsigned char*>("sightline");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, commonName, -1, -1, 0);
    X509_set_issuer_name(x509, name);
    return X509_sign(x509, key, EVP_sha256()) > 0 ? std::move(certificate) : nullptr;
}

PemPair makePemPair()
{
    // 2048 exactly: FreeRDP takes no other size for RDP security.
    const KeyPtr key(EVP_RSA_gen(2048));
    if (!key)
        return {};
    const CertificatePtr certificate = selfSigned(key.get());
    const BioPtr keyText(BIO_new(BIO_s_mem()));
    const BioPtr certificateText(BIO_new(BIO_s_mem()));
    if (!certificate || !keyText || !certificateText
        || PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1
        || PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1)
        return {};
    return {textOf(keyText.get()), textOf(certificateText.get())};
}

const PemPair& pemPair()
{
    static const PemPair pair = makePemPair();
    return pair;
}

} // namespace

void makeHostCertificate()
{
    pemPair();
}

Result<void> installHostCertificate(rdp_settings* settings)
{
    const PemPair& pem = pemPair();
    // The settings own what they are given, so every peer gets objects of its own.
    rdpPrivateKey* key = freerdp_key_new_from_pem(pem.key.c_str());
    rdpCertificate* certificate = freerdp_certificate_new_from_pem(pem.certificate.c_str());
    if (key && certificate && freerdp_settings_set_pointer_len(settings, FreeRDP_RdpServerRsaKey, key, 1)
        && freerdp_settings_set_pointer_len(settings, FreeRDP_RdpServerCertificate, certificate, 1))
        return {};
    return Error(ErrorCode::RdpFailed, QStringLiteral("cannot make the key of the rdp server"));
}

} // namespace sightline
