#include "core/conference/own_certificate.h"
#include "core/conference/server_certificate.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <memory>
#include <vector>

using namespace sightline;

namespace {

const QStringList kNames{QStringLiteral("host.example"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

class TestServerCertificate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstStartMakesOne();
    void secondStartKeepsIt();
    void namesAreQuotedOrLeftOut();
    void damagedIsKeptAside_data();
    void damagedIsKeptAside();
    void interruptedWriteDoesNoHarm();
    void openKeyIsClosed();
    void unreadableIsNotReplaced();
    void unusableDirectory();
    void parallelStartsAgree();
    void givenFiles();
    void wrongGivenFiles_data();
    void wrongGivenFiles();

private:
    QString pem() const { return m_data + QStringLiteral("/server.pem"); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_data;
};

void TestServerCertificate::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_data = m_directory->filePath(QStringLiteral("deep/data"));
}

void TestServerCertificate::firstStartMakesOne()
{
    const auto made = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY2(made, made ? "" : qPrintable(made.error().toString()));
    QVERIFY(made->isOwn());
    QVERIFY(made->notice().isEmpty());
    QCOMPARE(made->fingerprint().size(), 32);
    QCOMPARE(made->key().algorithm(), QSsl::Ec);
    QCOMPARE(made->key().length(), 256);
    const QSslCertificate certificate = made->chain().first();
    QVERIFY(certificate.isSelfSigned());
    QVERIFY(certificate.expiryDate() > QDateTime::currentDateTimeUtc().addYears(10));
    QVERIFY(certificate.effectiveDate() < QDateTime::currentDateTimeUtc());
    QVERIFY(certificate.subjectAlternativeNames().contains(QSsl::DnsEntry, QStringLiteral("host.example")));
    QVERIFY(
        certificate.subjectAlternativeNames().contains(QSsl::IpAddressEntry, QStringLiteral("127.0.0.1")));
    const auto others
        = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(pem()) & others));
    QVERIFY(!(QFile::permissions(m_data) & others));
    QCOMPARE(QDir(m_data).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("server.pem")});
}

void TestServerCertificate::secondStartKeepsIt()
{
    const auto first = ServerCertificate::loadOrCreate(m_data, kNames);
    const auto second = ServerCertificate::loadOrCreate(m_data, {QStringLiteral("another.example")});
    QVERIFY(first && second);
    QCOMPARE(second->fingerprint(), first->fingerprint());
    QVERIFY(second->notice().isEmpty());
}

void TestServerCertificate::namesAreQuotedOrLeftOut()
{
    const auto made = makeOwnCertificate({QStringLiteral("a.example,IP:6.6.6.6"), QStringLiteral("x y"),
        QString(), QStringLiteral("fe80::1%eth0"), QStringLiteral("b\u00fccher.example")});
    QVERIFY2(made, made ? "" : qPrintable(made.error().toString()));
    const auto names = QSslCertificate(*made).subjectAlternativeNames();
    QCOMPARE(names.values(QSsl::DnsEntry), QList<QString>{QStringLiteral("xn--bcher-kva.example")});
    QCOMPARE(names.values(QSsl::IpAddressEntry).size(), 1);
}

void TestServerCertificate::damagedIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray good = *makeOwnCertificate(kNames);
    const QByteArray other = *makeOwnCertificate(kNames);
    const qsizetype half = good.indexOf("-----BEGIN CERTIFICATE");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("noise") << QByteArray(5000, '\xa5');
    QTest::newRow("key only") << good.left(half);
    QTest::newRow("certificate only") << good.mid(half);
    QTest::newRow("cut") << good.left(good.size() - 100);
    QTest::newRow("of another key") << good.left(half) + other.mid(other.indexOf("-----BEGIN CERTIFICATE"));
}

void TestServerCertificate::damagedIsKeptAside()
{
    QFETCH(QByteArray, content);
    QVERIFY(QDir().mkpath(m_data));
    write(pem(), content);
    const auto made = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY2(made, made ? "" : qPrintable(made.error().toString()));
    QVERIFY(made->notice().contains(QStringLiteral("links made before")));
    QCOMPARE(contentOf(pem() + QStringLiteral(".bad")), content);
    const auto again = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY(again);
    QCOMPARE(again->fingerprint(), made->fingerprint());
    QVERIFY(again->notice().isEmpty());

    write(pem(), "damaged again");
    QVERIFY(ServerCertificate::loadOrCreate(m_data, kNames));
    QCOMPARE(contentOf(pem() + QStringLiteral(".bad")), content);
    QCOMPARE(contentOf(pem() + QStringLiteral(".bad.2")), QByteArray("damaged again"));
}

void TestServerCertificate::interruptedWriteDoesNoHarm()
{
    QVERIFY(QDir().mkpath(m_data));
    write(pem() + QStringLiteral(".new"), "half a fi");
    const auto made = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY(made);
    QVERIFY(made->notice().isEmpty());
    QVERIFY(!QFile::exists(pem() + QStringLiteral(".new")));
}

void TestServerCertificate::openKeyIsClosed()
{
    const auto first = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY(QFile::setPermissions(pem(),
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther));
    const auto second = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY(second);
    QCOMPARE(second->fingerprint(), first->fingerprint());
    QVERIFY(second->notice().contains(QStringLiteral("open to others")));
    QVERIFY(!(QFile::permissions(pem()) & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
}

void TestServerCertificate::unreadableIsNotReplaced()
{
    // A directory stands for what can never be read: file modes do not stop root, as whom tests may run.
    QVERIFY(QDir().mkpath(pem()));
    const auto result = ServerCertificate::loadOrCreate(m_data, kNames);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::FileFailed);
    QVERIFY(QDir(pem()).exists());
}

void TestServerCertificate::unusableDirectory()
{
    const QString file = m_directory->filePath(QStringLiteral("file"));
    write(file, "x");
    const auto result = ServerCertificate::loadOrCreate(file + QStringLiteral("/data"), kNames);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::FileFailed);
}

void TestServerCertificate::parallelStartsAgree()
{
    std::vector<std::future<QByteArray>> starts;
    for (int i = 0; i < 4; ++i) {
        starts.push_back(std::async(std::launch::async, [this] {
            const auto result = ServerCertificate::loadOrCreate(m_data, kNames);
            return result ? result->fingerprint() : QByteArray();
        }));
    }
    QList<QByteArray> fingerprints;
    for (auto& start : starts)
        fingerprints.append(start.get());
    for (const QByteArray& fingerprint : fingerprints) {
        QCOMPARE(fingerprint.size(), 32);
        QCOMPARE(fingerprint, fingerprints.first());
    }
}

void TestServerCertificate::givenFiles()
{
    const QByteArray own = *makeOwnCertificate(kNames);
    const QByteArray second = *makeOwnCertificate(kNames);
    const QString certificateFile = m_directory->filePath(QStringLiteral("c.pem"));
    const QString keyFile = m_directory->filePath(QStringLiteral("k.pem"));
    write(certificateFile,
        own.mid(own.indexOf("-----BEGIN CERTIFICATE"))
            + second.mid(second.indexOf("-----BEGIN CERTIFICATE")));
    write(keyFile, own);
    const auto loaded = ServerCertificate::load(certificateFile, keyFile);
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().toString()));
    QVERIFY(!loaded->isOwn());
    QCOMPARE(loaded->chain().size(), 2);
    QCOMPARE(loaded->fingerprint(), QSslCertificate(own).digest(QCryptographicHash::Sha256));
}

void TestServerCertificate::wrongGivenFiles_data()
{
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("says");
    const QByteArray own = *makeOwnCertificate(kNames);
    const QByteArray encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGjMF8GCSqGSIb3DQEFDTBS\n"
                                 "-----END ENCRYPTED PRIVATE KEY-----\n";
    QTest::newRow("no certificate file") << QByteArray() << own << "cannot read";
    QTest::newRow("no key file") << own << QByteArray() << "cannot read";
    QTest::newRow("no certificate in it") << QByteArray("text") << own << "no certificate";
    QTest::newRow("no key in it") << own << QByteArray("text") << "no private key";
    QTest::newRow("passphrase") << own << encrypted << "without passphrase";
    QTest::newRow("key of another") << own << *makeOwnCertificate(kNames) << "does not belong";
}

void TestServerCertificate::wrongGivenFiles()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(QString, says);
    const QString certificateFile = m_directory->filePath(QStringLiteral("c.pem"));
    const QString keyFile = m_directory->filePath(QStringLiteral("k.pem"));
    if (!certificate.isEmpty())
        write(certificateFile, certificate);
    if (!key.isEmpty())
        write(keyFile, key);
    const auto result = ServerCertificate::load(certificateFile, keyFile);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::FileFailed);
    QVERIFY2(result.error().toString().contains(says), qPrintable(result.error().toString()));
}

QTEST_GUILESS_MAIN(TestServerCertificate)
#include "tst_server_certificate.moc"
