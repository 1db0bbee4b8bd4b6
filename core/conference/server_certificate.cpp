#include "core/conference/server_certificate.h"

#include "core/conference/own_certificate.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sightline {
namespace {

constexpr qint64 kMaxPemSize = 1 << 20;
constexpr int kLockTimeoutMs = 10'000;
constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Error failed(const QString& message)
{
    return {ErrorCode::FileFailed, message};
}

Result<QByteArray> readPem(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failed(QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
    const QByteArray content = file.read(kMaxPemSize);
    if (file.error() != QFileDevice::NoError)
        return failed(QStringLiteral("cannot read %1: %2").arg(path, file.errorString()));
    return content;
}

std::filesystem::path nativePath(const QString& path)
{
    return QFileInfo(path).filesystemAbsoluteFilePath();
}

Result<void> rename(const QString& from, const QString& to)
{
    std::error_code code;
    std::filesystem::rename(nativePath(from), nativePath(to), code);
    if (code)
        return failed(QStringLiteral("cannot rename %1 to %2: %3")
                          .arg(from, to, QString::fromLocal8Bit(code.message())));
    return {};
}

/// Whole or not at all, and readable by nobody else at any moment.
Result<void> writePrivately(const QString& path, const QByteArray& content)
{
    const QString temporary = path + QStringLiteral(".new");
    QFile::remove(temporary); // of a start that was interrupted: we hold the lock
    QFile file(temporary);
    bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly)
        && file.write(content) == content.size() && file.flush();
#ifdef Q_OS_UNIX
    isWritten = isWritten && ::fsync(file.handle()) == 0;
#endif
    if (!isWritten)
        return failed(QStringLiteral("cannot write %1: %2").arg(temporary, file.errorString()));
    file.close();
    return rename(temporary, path);
}

/// The first name of path.bad, path.bad.2, ... that is free: what was kept before stays.
QString nameForDamaged(const QString& path)
{
    QString name = path + QStringLiteral(".bad");
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = QStringLiteral("%1.bad.%2").arg(path).arg(i);
    return name;
}

QString dateNotice(const QSslCertificate& certificate)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (now > certificate.expiryDate())
        return QStringLiteral("the certificate expired on %1")
            .arg(certificate.expiryDate().toString(Qt::ISODate));
    if (now < certificate.effectiveDate())
        return QStringLiteral("the certificate is valid only from %1, or this machine's clock is wrong")
            .arg(certificate.effectiveDate().toString(Qt::ISODate));
    return {};
}

QSslKey readKey(const QByteArray& pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

} // namespace

Result<ServerCertificate> ServerCertificate::fromPem(const QByteArray& certificates, const QByteArray& key)
{
    if (const auto matches = checkKeyMatches(certificates, key); !matches)
        return matches.error();
    ServerCertificate result;
    result.m_chain = QSslCertificate::fromData(certificates, QSsl::Pem);
    result.m_key = readKey(key);
    if (result.m_chain.isEmpty() || result.m_chain.first().isNull())
        return failed(QStringLiteral("the certificate cannot be used"));
    if (result.m_key.isNull())
        return failed(QStringLiteral("the key is neither ECDSA nor RSA"));
    result.m_notice = dateNotice(result.m_chain.first());
    return result;
}

Result<ServerCertificate> ServerCertificate::load(const QString& certificateFile, const QString& keyFile)
{
    const Result<QByteArray> certificates = readPem(certificateFile);
    if (!certificates)
        return certificates.error();
    const Result<QByteArray> key = readPem(keyFile);
    if (!key)
        return key.error();
    Result<ServerCertificate> result = fromPem(*certificates, *key);
    if (!result)
        return Error(ErrorCode::FileFailed,
            QStringLiteral("cannot use the certificate %1 with the key %2").arg(certificateFile, keyFile),
            result.error());
    return result;
}

Result<ServerCertificate> ServerCertificate::loadOwn(const QString& path)
{
    const Result<QByteArray> pem = readPem(path);
    if (!pem)
        return pem.error();
    Result<ServerCertificate> result = fromPem(*pem, *pem);
    if (result)
        result->m_isOwn = true;
    return result;
}

Result<ServerCertificate> ServerCertificate::createOwn(const QString& path, const QStringList& names)
{
    const Result<QByteArray> pem = makeOwnCertificate(names);
    if (!pem)
        return pem.error();
    if (const auto written = writePrivately(path, *pem); !written)
        return written.error();
    return loadOwn(path);
}

Result<ServerCertificate> ServerCertificate::loadOrCreate(const QString& directory, const QStringList& names)
{
    if (!QDir(directory).exists()) {
        if (!QDir().mkpath(directory))
            return failed(QStringLiteral("cannot make the data directory %1").arg(directory));
        QFile::setPermissions(directory, kOwnerOnly | QFileDevice::ExeOwner);
    }
    const QString path = directory + QStringLiteral("/server.pem");
    // Two servers that start at once must end up with the same certificate.
    QLockFile lock(path + QStringLiteral(".lock"));
    const bool mayWrite = lock.tryLock(kLockTimeoutMs);
    const Error cannotWrite = failed(QStringLiteral("cannot write in the data directory %1").arg(directory));

    if (!QFileInfo::exists(path))
        return mayWrite ? createOwn(path, names) : cannotWrite;
    const Result<QByteArray> readable = readPem(path);
    if (!readable)
        return readable.error();
    Result<ServerCertificate> own = loadOwn(path);
    if (own) {
        const auto others
            = QFile::permissions(path) & ~(kOwnerOnly | QFileDevice::ReadUser | QFileDevice::WriteUser);
        if (others && QFile::setPermissions(path, kOwnerOnly))
            own->m_notice
                = QStringLiteral("%1 holds the server's key and was open to others, now it is not").arg(path);
        return own;
    }
    if (!mayWrite)
        return Error(ErrorCode::FileFailed, cannotWrite.message(), own.error());
    const QString kept = nameForDamaged(path);
    if (const auto moved = rename(path, kept); !moved)
        return moved.error();
    Result<ServerCertificate> fresh = createOwn(path, names);
    if (fresh)
        fresh->m_notice
            = QStringLiteral("%1 was damaged (%2) and is kept as %3; the server has a new certificate, so "
                             "meeting links made before do not fit any more: send new ones")
                  .arg(path, own.error().message(), kept);
    return fresh;
}

QByteArray ServerCertificate::fingerprint() const
{
    return m_chain.first().digest(QCryptographicHash::Sha256);
}

} // namespace sightline
