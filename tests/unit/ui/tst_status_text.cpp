#include "ui/status_text.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace sightline;

class TestStatusText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void path_data();
    void path();
    void roundTrip_data();
    void roundTrip();
    void rates();
    void nothingKnown();
};

void TestStatusText::path_data()
{
    using Kind = TransportPath::Kind;
    using Protocol = TransportPath::Protocol;
    QTest::addColumn<TransportPath::Kind>("kind");
    QTest::addColumn<TransportPath::Protocol>("protocol");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << Kind::Unknown << Protocol::Udp << QString();
    QTest::newRow("direct udp") << Kind::Direct << Protocol::Udp << QStringLiteral("Direct, UDP");
    QTest::newRow("direct tcp") << Kind::Direct << Protocol::Tcp << QStringLiteral("Direct, TCP");
    QTest::newRow("relay udp") << Kind::Relay << Protocol::Udp << QStringLiteral("Through a relay, UDP");
    QTest::newRow("relay, how unknown")
        << Kind::Relay << Protocol::Unknown << QStringLiteral("Through a relay");
}

void TestStatusText::path()
{
    QFETCH(const TransportPath::Kind, kind);
    QFETCH(const TransportPath::Protocol, protocol);
    SessionStatistics statistics;
    statistics.path.kind = kind;
    statistics.path.protocol = protocol;
    QTEST(statusText(statistics).path, "text");
    // Nobody shall think that nobody is in between.
    QVERIFY(!statusText(statistics, true).path.contains(QStringLiteral("Direct")));
}

void TestStatusText::roundTrip_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << 0.0 << QString();
    QTest::newRow("loopback") << 0.37 << QStringLiteral("0.4 ms");
    QTest::newRow("wide area") << 41.6 << QStringLiteral("42 ms");
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << QString();
}

void TestStatusText::roundTrip()
{
    QFETCH(const double, ms);
    SessionStatistics statistics;
    statistics.roundTripMs = ms;
    QTEST(statusText(statistics).roundTrip, "text");
}

void TestStatusText::rates()
{
    SessionStatistics statistics;
    statistics.path.kind = TransportPath::Kind::Direct;
    statistics.framesPerSecond = 29.97;
    statistics.kbitPerSecond = 812.4;
    QCOMPARE(statusText(statistics).frames, QStringLiteral("30 frames/s"));
    QCOMPARE(statusText(statistics).rate, QStringLiteral("812 kbit/s"));
    // At rest nothing flows, and that is worth saying.
    statistics.framesPerSecond = 0;
    QCOMPARE(statusText(statistics).frames, QStringLiteral("0 frames/s"));
}

void TestStatusText::nothingKnown()
{
    QCOMPARE(statusText(SessionStatistics()), StatusText());
}

QTEST_APPLESS_MAIN(TestStatusText)
#include "tst_status_text.moc"
