#include "core/signaling/ice_syntax.h"
#include "core/signaling/session_description.h"

#include <QTest>

using namespace sightline;

namespace {

SessionDescription example()
{
    SessionDescription description;
    description.iceUfrag = "Ze3C";
    description.icePwd = "s0a6z9xeF6+wQvu6lCDen9oG";
    description.fingerprint = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:"
                              "27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
    return description;
}

/// The offer of the documentation with one line replaced; an empty replacement removes it.
QByteArray offer(const QByteArray& line = {}, const QByteArray& replacement = {})
{
    SessionDescription description = example();
    description.capabilities = {"remotefx", "planar"};
    description.candidates = {"candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host"};
    QByteArray sdp = description.toSdp();
    if (!line.isEmpty()) {
        Q_ASSERT(sdp.contains(line + "\r\n"));
        sdp.replace(line + "\r\n", replacement.isEmpty() ? QByteArray() : replacement + "\r\n");
    }
    return sdp;
}

} // namespace

class TestSessionDescription : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrips_data();
    void roundTrips();
    void accepts_data();
    void accepts();
    void rejects_data();
    void rejects();
    void namesTheLine();
    void truncations();
    void takesHundredCandidates();
    void candidates_data();
    void candidates();
    void canonicalCandidates();
};

void TestSessionDescription::roundTrips_data()
{
    QTest::addColumn<SessionDescription>("description");
    using Role = SessionDescription::Role;
    using Setup = SessionDescription::Setup;
    SessionDescription description = example();
    QTest::newRow("plain") << description;
    description.role = Role::Viewer;
    description.setup = Setup::Active;
    QTest::newRow("answer") << description;
    description.setup = Setup::Passive;
    description.sessionId = 4294967295u;
    description.endOfCandidates = true;
    description.candidates = {"candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host",
        "candidate:2 1 TCP 1 2001:db8::1 9 typ host tcptype active",
        "candidate:3 1 UDP 5 198.51.100.4 50001 typ srflx raddr 192.0.2.7 rport 50000"};
    description.iceRestart = 4294967295u;
    description.capabilities = {"remotefx", "made-up.by-tomorrow"};
    QTest::newRow("everything") << description;
    description.iceUfrag = QByteArray(256, 'u');
    description.icePwd = QByteArray(256, '/');
    QTest::newRow("long credentials") << description;
}

void TestSessionDescription::roundTrips()
{
    QFETCH(SessionDescription, description);
    const auto parsed = SessionDescription::parse(description.toSdp());
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message()));
    QVERIFY(*parsed == description);
    QCOMPARE(parsed->toSdp(), description.toSdp());
    // Within XML the lines end with LF alone.
    const auto withLf = SessionDescription::parse(description.toSdp().replace("\r\n", "\n"));
    QVERIFY(withLf);
    QVERIFY(*withLf == description);
}

void TestSessionDescription::accepts_data()
{
    QTest::addColumn<QByteArray>("sdp");
    QTest::newRow("unknown attributes")
        << offer("a=mid:1", "a=mid:1\r\na=x-future\r\na=x-future:1\r\na=connection:new");
    QTest::newRow("unknown session lines")
        << offer("c=IN IP4 0.0.0.0", "i=a meeting\r\nu=https://a\r\nc=IN IP4 0.0.0.0\r\nb=CT:99980");
    QTest::newRow("a real address") << offer("o=- 1 1 IN IP4 0.0.0.0", "o=ada 20518 0 IN IP4 203.0.113.1");
    QTest::newRow("other fingerprint too") << offer("a=mid:1", "a=fingerprint:sha-1 00:11");
    QTest::newRow("other payload too") << offer("a=mid:1", "a=rtpmap:100 x/1");
    QTest::newRow("more formats") << offer(
        "m=applicationsharing 9 UDP/TLS/RTP/SAVP 127", "m=applicationsharing 5000 UDP/TLS/RTP/SAVP 100 127");
    QTest::newRow("media c= and b=") << offer("a=mid:1", "c=IN IP4 192.0.2.7\r\nb=AS:5");
    QTest::newRow("capital names") << offer("a=rtpmap:127 x-data/90000", "a=rtpmap:127 X-DATA/90000");
    QTest::newRow("no session id") << offer("a=x-applicationsharing-session-id:1");
    QTest::newRow("no media type") << offer("a=x-applicationsharing-media-type:rdp");
}

void TestSessionDescription::accepts()
{
    QFETCH(QByteArray, sdp);
    const auto parsed = SessionDescription::parse(sdp);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message()));
    const auto plain = SessionDescription::parse(offer());
    QVERIFY(plain);
    QVERIFY(*parsed == *plain);
}

void TestSessionDescription::rejects_data()
{
    QTest::addColumn<QByteArray>("sdp");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const QByteArray& sdp, ErrorCode code = ErrorCode::ParseFailed) {
        QTest::newRow(name) << sdp << code;
    };
    const QByteArray fingerprintLine = "a=fingerprint:sha-256 " + example().fingerprint;
    row("nothing", "");
    row("garbage", "\x01\x02\x03");
    row("an empty line", "\r\n" + offer());
    row("no version", offer("v=0"));
    row("version 1", offer("v=0", "v=1"));
    row("no origin", offer("o=- 1 1 IN IP4 0.0.0.0"));
    row("no subject", offer("s=-"));
    row("no time", offer("t=0 0"));
    row("attribute before time", offer("s=-", "s=-\r\na=early"));
    row("out of order", offer("v=0", "s=-\r\nv=0"));
    row("not a line", offer("a=mid:1", "mid:1"));
    row("capital letter", offer("a=mid:1", "A=mid:1"));
    row("control character", offer("a=mid:1", QByteArray("a=mid:\0", 7)));
    row("lone CR", offer("a=mid:1", "a=mid\r:1"));
    const QByteArray media = "m=applicationsharing 9 UDP/TLS/RTP/SAVP 127";
    row("no medium", offer(media));
    row("two media", offer(media, media + "\r\n" + media));
    row("video", offer(media, "m=video 9 UDP/TLS/RTP/SAVP 127"));
    row("refused", offer(media, "m=applicationsharing 0 UDP/TLS/RTP/SAVP 127"));
    row("port too large", offer(media, "m=applicationsharing 65536 UDP/TLS/RTP/SAVP 127"));
    row("not encrypted", offer(media, "m=applicationsharing 9 RTP/AVP 127"));
    row("SDES", offer(media, "m=applicationsharing 9 TCP/RTP/SAVP 127"));
    row("another payload", offer(media, "m=applicationsharing 9 UDP/TLS/RTP/SAVP 12"));
    row("short m=", offer(media, "m=applicationsharing 9"));
    row("no rtpmap", offer("a=rtpmap:127 x-data/90000"));
    row("rtpmap of another", offer("a=rtpmap:127 x-data/90000", "a=rtpmap:127 H264/90000"));
    row("no rtcp-mux", offer("a=rtcp-mux"));
    row("no setup", offer("a=setup:actpass"));
    row("setup holdconn", offer("a=setup:actpass", "a=setup:holdconn"));
    row("setup twice", offer("a=setup:actpass", "a=setup:actpass\r\na=setup:active"));
    row("no fingerprint", offer(fingerprintLine));
    row("weak fingerprint", offer(fingerprintLine, "a=fingerprint:sha-1 00:11:22"));
    row("short fingerprint", offer(fingerprintLine, fingerprintLine.chopped(3)));
    row("long fingerprint", offer(fingerprintLine, fingerprintLine + ":00"));
    row("fingerprint without colons",
        offer(fingerprintLine, QByteArray(fingerprintLine).replace("E3:B0", "E3-B0")));
    row("fingerprint of letters",
        offer(fingerprintLine, QByteArray(fingerprintLine).replace("E3:B0", "G3:B0")));
    row("two fingerprints", offer(fingerprintLine, fingerprintLine + "\r\n" + fingerprintLine));
    row("no ufrag", offer("a=ice-ufrag:Ze3C"));
    row("short ufrag", offer("a=ice-ufrag:Ze3C", "a=ice-ufrag:Ze3"));
    row("bad ufrag", offer("a=ice-ufrag:Ze3C", "a=ice-ufrag:Ze=C"));
    row("long ufrag", offer("a=ice-ufrag:Ze3C", "a=ice-ufrag:" + QByteArray(257, 'a')));
    row("no pwd", offer("a=ice-pwd:s0a6z9xeF6+wQvu6lCDen9oG"));
    row("short pwd", offer("a=ice-pwd:s0a6z9xeF6+wQvu6lCDen9oG", "a=ice-pwd:" + QByteArray(21, 'a')));
    row("no role", offer("a=x-applicationsharing-role:sharer"));
    row("bad role", offer("a=x-applicationsharing-role:sharer", "a=x-applicationsharing-role:boss"));
    row("session id no number",
        offer("a=x-applicationsharing-session-id:1", "a=x-applicationsharing-session-id:x"));
    row("session id too large",
        offer("a=x-applicationsharing-session-id:1", "a=x-applicationsharing-session-id:4294967296"));
    row("restart no number", offer("a=mid:1", "a=x-sightline-ice-restart:x"));
    row("restart zero", offer("a=mid:1", "a=x-sightline-ice-restart:0"));
    row("restart too large", offer("a=mid:1", "a=x-sightline-ice-restart:4294967296"));
    row("media type",
        offer("a=x-applicationsharing-media-type:rdp", "a=x-applicationsharing-media-type:vnc"));
    row("capability",
        offer("a=x-sightline-capabilities:remotefx planar", "a=x-sightline-capabilities:Remote_FX"));
    const QByteArray candidate = "a=candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host";
    row("bad candidate", offer(candidate, "a=candidate:1 1 UDP"));
    row("101 candidates", offer(candidate, (candidate + "\r\n").repeated(101).chopped(2)),
        ErrorCode::TooLarge);
    row("long line", offer("a=mid:1", "a=x:" + QByteArray(1021, 'x')), ErrorCode::TooLarge);
    row("16 KiB", offer("a=mid:1", QByteArray("a=x\r\n").repeated(3300).chopped(2)), ErrorCode::TooLarge);
}

void TestSessionDescription::rejects()
{
    QFETCH(QByteArray, sdp);
    QFETCH(ErrorCode, code);
    const auto parsed = SessionDescription::parse(sdp);
    QVERIFY(!parsed);
    QCOMPARE(stableCode(parsed.error().code()), stableCode(code));
}

void TestSessionDescription::namesTheLine()
{
    const auto parsed = SessionDescription::parse(offer("s=-", "s"));
    QVERIFY(!parsed);
    QVERIFY2(
        parsed.error().message().contains(QStringLiteral("line 3")), qPrintable(parsed.error().message()));
    const auto missing = SessionDescription::parse(offer("a=rtcp-mux"));
    QVERIFY(!missing);
    QVERIFY2(missing.error().message().contains(QStringLiteral("rtcp-mux")),
        qPrintable(missing.error().message()));
}

void TestSessionDescription::truncations()
{
    const QByteArray whole = offer();
    // Only whole lines behind everything that is required can be missed.
    const qsizetype required = whole.indexOf("a=x-applicationsharing-media-type");
    QVERIFY(required > 0);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const bool isWhole = size >= required && whole[size - 1] == '\n';
        QCOMPARE(SessionDescription::parse(whole.first(size)).has_value(), isWhole);
    }
}

void TestSessionDescription::takesHundredCandidates()
{
    SessionDescription description = example();
    for (int i = 0; i < 100; ++i)
        description.candidates.append(
            "candidate:" + QByteArray::number(i) + " 1 UDP 1 192.0.2.7 50000 typ host");
    const auto parsed = SessionDescription::parse(description.toSdp());
    QVERIFY(parsed);
    QVERIFY(*parsed == description);
}

void TestSessionDescription::candidates_data()
{
    QTest::addColumn<QByteArray>("candidate");
    QTest::addColumn<bool>("isValid");
    const auto row
        = [](const char* text, bool isValid) { QTest::newRow(text) << QByteArray(text) << isValid; };
    row("candidate:1 1 UDP 1 10.0.0.1 5 typ host", true);
    row("candidate:a+/Z 2 tcp 2147483647 fe80::1 65535 typ relay raddr 0.0.0.0 rport 0", true);
    row("candidate:1 1 UDP 1 3f2c.local 5 typ host", true);
    row("candidate:1 1 UDP 1 10.0.0.1 5 typ host generation 0 ufrag abcd", true);
    row("1 1 UDP 1 10.0.0.1 5 typ host", false);
    row("candidate:", false);
    row("candidate: 1 UDP 1 10.0.0.1 5 typ host", false);
    row("candidate:1  UDP 1 10.0.0.1 5 typ host", false);
    row("candidate:1 0 UDP 1 10.0.0.1 5 typ host", false);
    row("candidate:1 257 UDP 1 10.0.0.1 5 typ host", false);
    row("candidate:1 1 UDP 0 10.0.0.1 5 typ host", false);
    row("candidate:1 1 UDP 2147483648 10.0.0.1 5 typ host", false);
    row("candidate:1 1 UDP 99999999999999999999 10.0.0.1 5 typ host", false);
    row("candidate:1 1 UDP 1 10.0.0.1/8 5 typ ho\tst", false);
    row("candidate:1 1 UDP 1 <b> 5 typ host", false);
    row("candidate:1 1 UDP 1 10.0.0.1 65536 typ host", false);
    row("candidate:1 1 UDP 1 10.0.0.1 5 type host", false);
    row("candidate:1 1 UDP 1 10.0.0.1 5 typ", false);
    row("candidate:1 1 UDP 1 10.0.0.1 5 typ host raddr", false);
    row("candidate:123456789012345678901234567890123 1 UDP 1 10.0.0.1 5 typ host", false);
}

void TestSessionDescription::candidates()
{
    QFETCH(QByteArray, candidate);
    QFETCH(bool, isValid);
    QCOMPARE(isCandidate(candidate), isValid);
}

void TestSessionDescription::canonicalCandidates()
{
    const QByteArray canonical = "candidate:1 1 UDP 1 10.0.0.1 5 typ host";
    QCOMPARE(canonicalCandidate(canonical), canonical);
    QCOMPARE(canonicalCandidate("a=" + canonical + "\r\n"), canonical);
    QCOMPARE(canonicalCandidate("1 1 UDP 1 10.0.0.1 5 typ host"), canonical);
}

QTEST_APPLESS_MAIN(TestSessionDescription)
#include "tst_session_description.moc"
