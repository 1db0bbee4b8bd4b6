#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace sightline {

/// A self-signed certificate (EC P-256) of its own for each test.
struct TestCertificate {
    QSslCertificate certificate;
    QSslKey key;

    /// `alternativeName` as OpenSSL writes it: "IP:127.0.0.1", "DNS:example.org".
    static TestCertificate make(const char* alternativeName = "IP:127.0.0.1");

    QByteArray fingerprint() const;
    QSslConfiguration serverConfiguration() const;
};

} // namespace sightline
