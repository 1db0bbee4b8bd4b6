#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QStringList>

namespace sightline {

/// The certificate and key by which a server proves who it is. A value.
class ServerCertificate {
public:
    /// An administrator's certificate (PEM, leaf first, then its chain) and key (PEM, without passphrase).
    static Result<ServerCertificate> load(const QString& certificateFile, const QString& keyFile);

    /// The server's own certificate: made on the first start and kept in `directory`/server.pem (mode 0600),
    /// where links pin it, so nothing but damage replaces it. A damaged file is kept as server.pem.bad and
    /// notice() tells. A file that cannot be read at all is an error: it may still be good. `names` (host
    /// names and addresses) go into a new certificate only.
    static Result<ServerCertificate> loadOrCreate(const QString& directory, const QStringList& names);

    const QList<QSslCertificate>& chain() const { return m_chain; }
    const QSslKey& key() const { return m_key; }
    QByteArray fingerprint() const; ///< SHA-256 of the first certificate, 32 octets
    bool isOwn() const { return m_isOwn; }
    /// What the administrator must know, empty when all is well.
    const QString& notice() const { return m_notice; }

private:
    static Result<ServerCertificate> fromPem(const QByteArray& certificates, const QByteArray& key);
    static Result<ServerCertificate> loadOwn(const QString& path);
    static Result<ServerCertificate> createOwn(const QString& path, const QStringList& names);

    QList<QSslCertificate> m_chain;
    QSslKey m_key;
    bool m_isOwn = false;
    QString m_notice;
};

} // namespace sightline
