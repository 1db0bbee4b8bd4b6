#include "core/conference/own_certificate.h"

#include <QHostAddress>
#include <QUrl>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace sightline {
namespace {

template <auto Free> struct Deleter {
    template <typename T> void operator()(T* handle) const { Free(handle); }
};
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

constexpr int kValidDays = 20 * 365;

Error openSslError(const char* what)
{
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return {ErrorCode::Internal,
        QStringLiteral("%1: %2").arg(QLatin1StringView(what), QLatin1StringView(text.data()))};
}

/// The names as OpenSSL's configuration syntax wants them. Anything that is neither an address nor a plain
/// host name is left out: commas would start a second name.
QByteArray subjectAltNames(const QStringList& names)
{
    QByteArrayList list;
    for (const QString& name : names) {
        QHostAddress address;
        if (address.setAddress(name)) {
            address.setScopeId({});
            list.append("IP:" + address.toString().toLatin1());
            continue;
        }
        const QByteArray host = QUrl::toAce(name);
        if (!host.isEmpty() && host.size() <= 253)
            list.append("DNS:" + host);
    }
    return list.join(',');
}

bool addExtension(X509* certificate, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509* certificate)
{
    // RFC 5280 4.1.2.2: positive, 20 octets at most.
    const BignumPtr number(BN_new());
    return number && BN_rand(number.get(), 159, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool fill(X509* certificate, EVP_PKEY* key, const QByteArray& names)
{
    X509_NAME* subject = X509_get_subject_name(certificate);
    const auto* commonName = reinterpret_cast<const unsigned char*>("Sightline server");
    // A day back: the clocks of two machines differ.
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate)
        && X509_time_adj_ex(X509_getm_notBefore(certificate), -1, 0, nullptr)
        && X509_time_adj_ex(X509_getm_notAfter(certificate), kValidDays, 0, nullptr)
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, commonName, -1, -1, 0) == 1
        && X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1
        && addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate, NID_ext_key_usage, "serverAuth")
        && addExtension(certificate, NID_subject_key_identifier, "hash")
        && (names.isEmpty() || addExtension(certificate, NID_subject_alt_name, names.constData()))
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

/// Answers "no passphrase": OpenSSL would ask on the terminal otherwise.
int refusePassphrase(char*, int, int, void*)
{
    return 0;
}

BioPtr reader(const QByteArray& pem)
{
    return BioPtr(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

} // namespace

Result<QByteArray> makeOwnCertificate(const QStringList& names)
{
    const KeyPtr key(EVP_EC_gen("P-256"));
    const X509Ptr certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), subjectAltNames(names)))
        return openSslError("cannot make a certificate");
    const BioPtr out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1
        || PEM_write_bio_X509(out.get(), certificate.get()) != 1)
        return openSslError("cannot write a certificate");
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return QByteArray(text, size);
}

Result<void> checkKeyMatches(const QByteArray& certificatePem, const QByteArray& keyPem)
{
    const BioPtr certificateReader = reader(certificatePem);
    const BioPtr keyReader = reader(keyPem);
    if (!certificateReader || !keyReader)
        return openSslError("cannot read a certificate");
    const X509Ptr certificate(PEM_read_bio_X509(certificateReader.get(), nullptr, refusePassphrase, nullptr));
    const KeyPtr key(PEM_read_bio_PrivateKey(keyReader.get(), nullptr, refusePassphrase, nullptr));
    const bool matches = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    if (!certificate)
        return Error(ErrorCode::FileFailed, QStringLiteral("there is no certificate (PEM) in it"));
    if (!key)
        return Error(
            ErrorCode::FileFailed, QStringLiteral("there is no private key (PEM, without passphrase) in it"));
    if (!matches)
        return Error(ErrorCode::FileFailed, QStringLiteral("the key does not belong to the certificate"));
    return {};
}

} // namespace sightline
