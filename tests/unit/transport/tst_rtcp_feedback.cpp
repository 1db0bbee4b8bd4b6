#include "core/transport/rtcp_feedback.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

Bytes fromHex(const QByteArray& hex)
{
    const auto octets = QByteArray::fromHex(hex);
    return {octets.begin(), octets.end()};
}

RtcpFeedback example()
{
    RtcpFeedback feedback;
    feedback.ssrc = 0x01020304;
    feedback.receiveLimit = 0x400000;
    feedback.nextOffset = 0x1234;
    feedback.ranges[0] = {100, 110};
    feedback.ranges[1] = {90, 98};
    feedback.rangeCount = 2;
    feedback.ages[0] = 1;
    feedback.ages[1] = RtcpFeedback::kAgeUnknown;
    feedback.ages[2] = 0x300;
    feedback.ageCount = 3;
    return feedback;
}

const QByteArray kExample = "81CC000D 01020304 534C4642 0000000000400000 0000000000001234 000000000000006D"
                            "02030000 0000000A 00020008 0001FFFF 03000000";

} // namespace

class TestRtcpFeedback : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheLayout();
    void readsTheLayout();
    void readsCompounds();
    void largest();
    void rejects_data();
    void rejects();
    void rejectsEveryPrefix();
};

void TestRtcpFeedback::writesTheLayout()
{
    QCOMPARE(example().serialise(), fromHex(kExample));
}

void TestRtcpFeedback::readsTheLayout()
{
    const auto content = RtcpContent::parse(fromHex(kExample));
    QVERIFY(content && content->feedback);
    const auto& feedback = *content->feedback;
    QCOMPARE(feedback.ssrc, 0x01020304u);
    QCOMPARE(feedback.receiveLimit, std::uint64_t{0x400000});
    QCOMPARE(feedback.nextOffset, std::uint64_t{0x1234});
    QCOMPARE(feedback.rangeCount, std::size_t{2});
    QCOMPARE(feedback.ranges[0], (RangeSet::Range{100, 110}));
    QCOMPARE(feedback.ranges[1], (RangeSet::Range{90, 98}));
    QCOMPARE(feedback.largestNumber(), std::uint64_t{109});
    QCOMPARE(feedback.ageOf(109), std::optional<Duration>(16us));
    QCOMPARE(feedback.ageOf(108), std::nullopt);
    QCOMPARE(feedback.ageOf(107), std::optional<Duration>(0x300 * 16us));
    QCOMPARE(feedback.ageOf(106), std::nullopt);
    QCOMPARE(feedback.ageOf(110), std::nullopt);
}

void TestRtcpFeedback::readsCompounds()
{
    const QByteArray report = "80C90001 0A0B0C0D"; // an empty receiver report
    const QByteArray otherApp = "80CC0002 01020304 41424344";
    auto content = RtcpContent::parse(fromHex(report + kExample + otherApp));
    QVERIFY(content && content->feedback);
    QCOMPARE(content->feedback->largestNumber(), std::uint64_t{109});

    content = RtcpContent::parse(fromHex(report + otherApp));
    QVERIFY(content && !content->feedback);

    QByteArray padded = kExample + "00000004";
    padded.replace("81CC000D", "A1CC000E");
    content = RtcpContent::parse(fromHex(padded));
    QVERIFY(content && content->feedback);
}

void TestRtcpFeedback::largest()
{
    RtcpFeedback feedback;
    for (std::size_t i = 0; i < RtcpFeedback::kMaxRanges; ++i)
        feedback.ranges[i] = {100'000 - 1000 * i, 100'500 - 1000 * i};
    feedback.rangeCount = RtcpFeedback::kMaxRanges;
    feedback.ages.fill(RtcpFeedback::kAgeMax);
    feedback.ageCount = RtcpFeedback::kMaxAges;
    const auto octets = feedback.serialise();
    QVERIFY(octets.size() < 256);
    const auto content = RtcpContent::parse(octets);
    QVERIFY(content && content->feedback);
    QCOMPARE(content->feedback->ranges, feedback.ranges);
    QCOMPARE(content->feedback->ages, feedback.ages);
}

void TestRtcpFeedback::rejects_data()
{
    QTest::addColumn<QByteArray>("hex");
    const auto changed = [](const char* from, const char* to) {
        auto hex = kExample;
        Q_ASSERT(hex.count(from) == 1);
        return hex.replace(from, to);
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("version 0") << changed("81CC", "01CC");
    QTest::newRow("length beyond the end") << changed("81CC000D", "81CC000E");
    QTest::newRow("length too short") << changed("81CC000D", "81CC000C");
    QTest::newRow("a tail") << QByteArray(kExample + "00");
    QTest::newRow("fewer ranges than counted") << changed("02030000", "03030000");
    QTest::newRow("more ranges than allowed") << changed("02030000", "21030000");
    QTest::newRow("more ages than allowed") << changed("02030000", "02210000");
    QTest::newRow("next offset beyond the limit") << changed("0000000000001234", "0000000000400001");
    QTest::newRow("first gap") << changed("0000000A", "0001000A");
    QTest::newRow("no second gap") << changed("00020008", "00000008");
    QTest::newRow("empty range") << changed("00020008", "00020000");
    QTest::newRow("range below 0") << changed("00020008", "00020100");
    QTest::newRow("largest number of all") << changed("000000000000006D", "FFFFFFFFFFFFFFFF");
    QTest::newRow("padding of 0") << changed("81CC", "A1CC");
    QTest::newRow("padding before the last") << QByteArray("A0C90001 00000004 80C90001 00000004");
    QTest::newRow("our name, too short") << QByteArray("81CC0002 01020304 534C4642");
}

void TestRtcpFeedback::rejects()
{
    QFETCH(QByteArray, hex);
    QVERIFY(!RtcpContent::parse(fromHex(hex)));
}

void TestRtcpFeedback::rejectsEveryPrefix()
{
    const auto octets = fromHex(kExample);
    for (std::size_t size = 0; size < octets.size(); ++size)
        QVERIFY(!RtcpContent::parse(ByteView(octets).first(size)));
}

QTEST_GUILESS_MAIN(TestRtcpFeedback)
#include "tst_rtcp_feedback.moc"
