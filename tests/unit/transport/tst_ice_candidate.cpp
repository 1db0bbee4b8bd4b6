#include "core/transport/ice_candidate.h"

#include <QTest>

using namespace sightline;

class TestIceCandidate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parsesGood_data();
    void parsesGood();
    void refusesBad_data();
    void refusesBad();
};

void TestIceCandidate::parsesGood_data()
{
    using Type = IceCandidate::Type;
    using Transport = IceCandidate::Transport;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<IceCandidate>("expected");
    QTest::newRow("host") << QByteArray("candidate:1 1 UDP 2015363327 192.0.2.1 50000 typ host")
                          << IceCandidate{"1", Transport::Udp, 2015363327, "192.0.2.1", 50000, Type::Host};
    QTest::newRow("IPv6, lower case") << QByteArray("candidate:a+/ 1 udp 1 fd00::2 1 typ host")
                                      << IceCandidate{"a+/", Transport::Udp, 1, "fd00::2", 1, Type::Host};
    QTest::newRow("server reflexive")
        << QByteArray("candidate:2 1 UDP 1679819007 198.51.100.7 61000 typ srflx raddr 10.0.0.1 rport 50000")
        << IceCandidate{"2", Transport::Udp, 1679819007, "198.51.100.7", 61000, Type::ServerReflexive};
    QTest::newRow("relay with an extension")
        << QByteArray(
               "candidate:3 1 UDP 505413887 203.0.113.9 3478 typ relay raddr 0.0.0.0 rport 9 generation 0")
        << IceCandidate{"3", Transport::Udp, 505413887, "203.0.113.9", 3478, Type::Relayed};
    QTest::newRow("TCP active") << QByteArray(
        "candidate:4 1 TCP 1015023615 10.0.0.1 9 typ host tcptype active")
                                << IceCandidate{
                                       "4", Transport::TcpActive, 1015023615, "10.0.0.1", 9, Type::Host};
    QTest::newRow("TCP passive") << QByteArray(
        "candidate:5 1 TCP 1010829311 10.0.0.1 40000 typ host tcptype passive")
                                 << IceCandidate{"5", Transport::TcpPassive, 1010829311, "10.0.0.1", 40000,
                                        Type::Host};
}

void TestIceCandidate::parsesGood()
{
    QFETCH(QByteArray, text);
    QFETCH(IceCandidate, expected);
    const auto parsed = IceCandidate::parse(text);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().toString()));
    QVERIFY(*parsed == expected);
}

void TestIceCandidate::refusesBad_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text; };
    row("empty", "");
    row("prefix only", "candidate:");
    row("a= left on", "a=candidate:1 1 UDP 1 192.0.2.1 5 typ host");
    row("too few fields", "candidate:1 1 UDP 1 192.0.2.1 5 typ");
    row("two spaces", "candidate:1 1  UDP 1 192.0.2.1 5 typ host");
    row("trailing space", "candidate:1 1 UDP 1 192.0.2.1 5 typ host ");
    row("extension without a value", "candidate:1 1 UDP 1 192.0.2.1 5 typ host generation");
    row("line break", "candidate:1 1 UDP 1 192.0.2.1 5 typ host\r\na=b c");
    row("NUL", QByteArray("candidate:1 1 UDP 1 192.0.2.1 5 typ host").replace(29, 1, QByteArray(1, '\0')));
    row("not ASCII", "candidate:1 1 UDP 1 192.0.2.1 5 typ h\xc3\xb6st");
    row("empty foundation", "candidate: 1 UDP 1 192.0.2.1 5 typ host");
    row("long foundation", "candidate:" + QByteArray(33, 'x') + " 1 UDP 1 192.0.2.1 5 typ host");
    row("foundation with a minus", "candidate:a-b 1 UDP 1 192.0.2.1 5 typ host");
    row("component 2", "candidate:1 2 UDP 1 192.0.2.1 5 typ host");
    row("SCTP", "candidate:1 1 SCTP 1 192.0.2.1 5 typ host");
    row("TCP without a type", "candidate:1 1 TCP 1 192.0.2.1 5 typ host");
    row("UDP with a TCP type", "candidate:1 1 UDP 1 192.0.2.1 5 typ host tcptype active");
    row("priority 0", "candidate:1 1 UDP 0 192.0.2.1 5 typ host");
    row("priority over 2^31-1", "candidate:1 1 UDP 2147483648 192.0.2.1 5 typ host");
    row("priority of many digits", "candidate:1 1 UDP 00000000001 192.0.2.1 5 typ host");
    row("negative priority", "candidate:1 1 UDP -1 192.0.2.1 5 typ host");
    row("name as address", "candidate:1 1 UDP 1 example.com 5 typ host");
    row("mDNS name", "candidate:1 1 UDP 1 0bd5.local 5 typ host");
    row("broken IPv4", "candidate:1 1 UDP 1 192.0.2 5 typ host");
    row("unspecified IPv4", "candidate:1 1 UDP 1 0.0.0.0 5 typ host");
    row("multicast IPv4", "candidate:1 1 UDP 1 224.0.0.1 5 typ host");
    row("broadcast", "candidate:1 1 UDP 1 255.255.255.255 5 typ host");
    row("unspecified IPv6", "candidate:1 1 UDP 1 :: 5 typ host");
    row("multicast IPv6", "candidate:1 1 UDP 1 ff02::1 5 typ host");
    row("IPv6 with a scope", "candidate:1 1 UDP 1 fe80::1%lo 5 typ host");
    row("port 0", "candidate:1 1 UDP 1 192.0.2.1 0 typ host");
    row("port over 65535", "candidate:1 1 UDP 1 192.0.2.1 65536 typ host");
    row("no typ", "candidate:1 1 UDP 1 192.0.2.1 5 type host");
    row("unknown type", "candidate:1 1 UDP 1 192.0.2.1 5 typ local");
    row("too long", "candidate:1 1 UDP 1 192.0.2.1 5 typ host x " + QByteArray(512, 'x'));
}

void TestIceCandidate::refusesBad()
{
    QFETCH(QByteArray, text);
    const auto parsed = IceCandidate::parse(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), ErrorCode::ParseFailed);
}

QTEST_GUILESS_MAIN(TestIceCandidate)
#include "tst_ice_candidate.moc"
