#include "core/transport/dtls_identity.h"
#include "core/transport/dtls_session.h"
#include "core/transport/security_code.h"

#include <openssl/x509.h>

#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <thread>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

using Role = DtlsSession::Role;
using State = DtlsSession::State;

/// Two ends and the path between them, which can lose datagrams.
struct Pair {
    std::unique_ptr<DtlsIdentity> clientIdentity = *DtlsIdentity::create();
    std::unique_ptr<DtlsIdentity> serverIdentity = *DtlsIdentity::create();
    std::unique_ptr<DtlsSession> client;
    std::unique_ptr<DtlsSession> server;
    std::function<bool(bool fromClient, int number)> isLost = [](bool, int) { return false; };
    int clientSent = 0;
    int serverSent = 0;
    std::size_t longest = 0;

    void start() { start(serverIdentity->fingerprint(), clientIdentity->fingerprint()); }

    void start(const QByteArray& fingerprintForClient, const QByteArray& fingerprintForServer)
    {
        client = *DtlsSession::create(*clientIdentity, Role::Client, fingerprintForClient);
        server = *DtlsSession::create(*serverIdentity, Role::Server, fingerprintForServer);
    }

    bool carry(DtlsSession& from, DtlsSession& to, bool fromClient, int& number)
    {
        bool moved = false;
        while (const auto datagram = from.takeDatagram()) {
            moved = true;
            longest = std::max(longest, datagram->size());
            if (!isLost(fromClient, number++))
                to.onDatagram(*datagram);
        }
        return moved;
    }

    /// Until nothing moves any more.
    void exchange()
    {
        bool isMoving = true;
        while (isMoving) {
            isMoving = carry(*client, *server, true, clientSent);
            isMoving = carry(*server, *client, false, serverSent) || isMoving;
        }
    }

    /// OpenSSL asks the real clock when a flight is due, so this waits for it.
    void exchangeWithTimeouts()
    {
        const TimePoint giveUp = Clock::now() + 10s;
        exchange();
        while ((client->state() == State::Handshaking || server->state() == State::Handshaking)
            && Clock::now() < giveUp) {
            const TimePoint now = Clock::now();
            std::this_thread::sleep_until(
                std::min({client->nextTimeout(now), server->nextTimeout(now), giveUp}));
            client->onTimeout();
            server->onTimeout();
            exchange();
        }
    }

    bool isEstablished() const
    {
        return client->state() == State::Established && server->state() == State::Established;
    }
};

} // namespace

class TestDtls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void identitiesAreNew();
    void certificatesCanBeRead();
    void fingerprintsAreNormalized_data();
    void fingerprintsAreNormalized();
    void handshakeAgreesOnKeys();
    void wrongFingerprintFails_data();
    void wrongFingerprintFails();
    void lostFlightsAreRepeated_data();
    void lostFlightsAreRepeated();
    void garbageIsIgnored();
    void closeIsSeen();
    void securityCodeIsStable();
};

void TestDtls::identitiesAreNew()
{
    const auto one = *DtlsIdentity::create();
    const auto two = *DtlsIdentity::create();
    QVERIFY(one->fingerprint() != two->fingerprint());
    QCOMPARE(*normalizedFingerprint(one->fingerprint()), one->fingerprint());
}

void TestDtls::certificatesCanBeRead()
{
    // One in 256 had a serial number with an illegal leading zero, which no peer could read.
    for (int i = 0; i < 1000; ++i) {
        const auto identity = *DtlsIdentity::create();
        unsigned char* raw = nullptr;
        const int size = i2d_X509(identity->certificate(), &raw);
        const std::unique_ptr<unsigned char, void (*)(void*)> octets(raw, [](void* p) { OPENSSL_free(p); });
        const unsigned char* position = octets.get();
        const std::unique_ptr<X509, decltype(&X509_free)> read(d2i_X509(nullptr, &position, size), X509_free);
        QVERIFY(read);
        QCOMPARE(fingerprintOf(read.get()), identity->fingerprint());
    }
}

void TestDtls::fingerprintsAreNormalized_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValid");
    const QByteArray good = QByteArray(32, '\xab').toHex(':');
    QTest::newRow("lower case") << good << true;
    QTest::newRow("upper case") << good.toUpper() << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("short") << good.left(92) << false;
    QTest::newRow("long") << good + ":ab" << false;
    QTest::newRow("SHA-1") << QByteArray(20, '\xab').toHex(':') << false;
    QTest::newRow("no colons") << QByteArray(32, '\xab').toHex(' ') << false;
    QTest::newRow("not hex") << QByteArray(good).replace(0, 1, "g") << false;
}

void TestDtls::fingerprintsAreNormalized()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isValid);
    const auto result = normalizedFingerprint(text);
    QCOMPARE(result.has_value(), isValid);
    if (isValid)
        QCOMPARE(*result, text.toUpper());
    else
        QCOMPARE(result.error().code(), ErrorCode::ParseFailed);
}

void TestDtls::handshakeAgreesOnKeys()
{
    Pair pair;
    pair.start();
    pair.exchange();
    QVERIFY(pair.isEstablished());
    QVERIFY(pair.longest <= DtlsSession::kMaxDatagramSize);
    const SrtpKeys& client = pair.client->keys();
    const SrtpKeys& server = pair.server->keys();
    QCOMPARE(client.profile, SrtpKeys::Profile::AeadAes256Gcm);
    QCOMPARE(server.profile, client.profile);
    QVERIFY(client.local == server.remote);
    QVERIFY(client.remote == server.local);
    QVERIFY(client.local != client.remote);
    QCOMPARE(pair.client->nextTimeout(Clock::now()), TimePoint::max());
}

void TestDtls::wrongFingerprintFails_data()
{
    QTest::addColumn<bool>("clientIsTold");
    QTest::newRow("the client's idea of the server") << true;
    QTest::newRow("the server's idea of the client") << false;
}

void TestDtls::wrongFingerprintFails()
{
    QFETCH(bool, clientIsTold);
    const QByteArray wrong = (*DtlsIdentity::create())->fingerprint();
    Pair pair;
    if (clientIsTold)
        pair.start(wrong, pair.clientIdentity->fingerprint());
    else
        pair.start(pair.serverIdentity->fingerprint(), wrong);
    pair.exchange();
    // Both know: one compares, the other gets its alert.
    for (const DtlsSession* session : {pair.client.get(), pair.server.get()}) {
        QCOMPARE(session->state(), State::Failed);
        QCOMPARE(session->error()->code(), ErrorCode::FingerprintMismatch);
    }
}

void TestDtls::lostFlightsAreRepeated_data()
{
    QTest::addColumn<bool>("fromClient");
    QTest::addColumn<int>("number");
    QTest::newRow("hello") << true << 0;
    QTest::newRow("certificates of the server") << false << 0;
    QTest::newRow("certificates of the client") << true << 1;
    QTest::newRow("the server's last word") << false << 1;
}

void TestDtls::lostFlightsAreRepeated()
{
    QFETCH(bool, fromClient);
    QFETCH(int, number);
    Pair pair;
    bool wasLost = false;
    pair.isLost = [&](bool isFromClient, int n) {
        const bool lose = isFromClient == fromClient && n == number;
        wasLost = wasLost || lose;
        return lose;
    };
    pair.start();
    pair.exchangeWithTimeouts();
    QVERIFY(wasLost);
    QVERIFY(pair.isEstablished());
    QVERIFY(pair.client->keys().local == pair.server->keys().remote);
}

void TestDtls::garbageIsIgnored()
{
    Pair pair;
    pair.start();
    const Bytes hello = *pair.client->takeDatagram();
    constexpr std::size_t kRecordHeader = 13;
    for (std::size_t i = 0; i < hello.size(); ++i) {
        Bytes mangled(hello.begin(), hello.begin() + static_cast<std::ptrdiff_t>(i));
        pair.server->onDatagram(mangled);
        if (i >= 3 && i < kRecordHeader)
            mangled[i - 1] ^= 0x55;
        pair.server->onDatagram(mangled);
    }
    for (int i = 0; i < 256; ++i)
        pair.server->onDatagram(Bytes(static_cast<std::size_t>(i), static_cast<std::uint8_t>(i)));
    pair.server->onDatagram({});
    QCOMPARE(pair.server->state(), State::Handshaking);
    pair.server->onDatagram(hello);
    pair.exchangeWithTimeouts();
    QVERIFY(pair.isEstablished());
    pair.client->onDatagram(Bytes(100, 0x15));
    QCOMPARE(pair.client->state(), State::Established);
}

void TestDtls::closeIsSeen()
{
    Pair pair;
    pair.start();
    pair.exchange();
    pair.server->close();
    QCOMPARE(pair.server->state(), State::Closed);
    pair.exchange();
    QCOMPARE(pair.client->state(), State::Closed);
}

void TestDtls::securityCodeIsStable()
{
    const QByteArray one(95, 'A');
    const QByteArray two(95, 'B');
    const QString code = securityCode(one, two);
    QCOMPARE(securityCode(two, one), code);
    QVERIFY(securityCode(one, QByteArray(95, 'C')) != code);
    QVERIFY(QRegularExpression(QStringLiteral("^\\d{4}( \\d{4}){4}$")).match(code).hasMatch());
    // Two versions of the program have to show the same one: computed apart from this code, with Python.
    QCOMPARE(code, QStringLiteral("3765 2827 9690 6077 0920"));
}

QTEST_GUILESS_MAIN(TestDtls)
#include "tst_dtls.moc"
