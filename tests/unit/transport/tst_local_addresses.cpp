#include "core/transport/local_addresses.h"

#include <QTest>

#include <algorithm>

using namespace sightline;

class TestLocalAddresses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsACandidate_data();
    void whatIsACandidate();
    void ofThisMachine();
};

void TestLocalAddresses::whatIsACandidate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    QTest::addColumn<bool>("isOneWithLoopback");
    const auto row = [](const char* text, bool isOne, bool isOneWithLoopback) {
        QTest::newRow(text) << QString::fromLatin1(text) << isOne << isOneWithLoopback;
    };
    row("192.0.2.7", true, true);
    row("10.99.0.1", true, true);
    row("169.254.3.4", true, true); // no DHCP on the wire: still a path between two computers
    row("2001:db8::1", true, true);
    row("fd12:3456::1", true, true);
    row("127.0.0.1", false, true);
    row("::1", false, true);
    row("fe80::1%eth0", false, false);
    row("fec0::1", false, false);
    row("::ffff:192.0.2.7", false, false);
    row("::192.0.2.7", false, false);
    row("0.0.0.0", false, false);
    row("::", false, false);
    row("224.0.0.1", false, false);
    row("ff02::1", false, false);
    row("255.255.255.255", false, false);
    row("no address", false, false);
}

void TestLocalAddresses::whatIsACandidate()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isOne);
    QFETCH(const bool, isOneWithLoopback);
    QCOMPARE(isHostCandidateAddress(text, false), isOne);
    QCOMPARE(isHostCandidateAddress(text, true), isOneWithLoopback);
}

void TestLocalAddresses::ofThisMachine()
{
    const std::vector<QString> addresses = localAddresses();
    QVERIFY(!addresses.empty()); // loopback, if no other
    QVERIFY(addresses.size() <= kMaxLocalAddresses);
    for (const QString& address : addresses)
        QVERIFY2(isHostCandidateAddress(address, true), qPrintable(address));
    const auto isLoopback = [](const QString& address) { return !isHostCandidateAddress(address, false); };
    const auto loopbacks = std::count_if(addresses.begin(), addresses.end(), isLoopback);
    QVERIFY(loopbacks == 0 || std::size_t(loopbacks) == addresses.size());
}

QTEST_GUILESS_MAIN(TestLocalAddresses)
#include "tst_local_addresses.moc"
