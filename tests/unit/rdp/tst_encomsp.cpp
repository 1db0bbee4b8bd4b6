#include "core/rdp/encomsp_queue.h"
#include "core/rdp/encomsp_receiver.h"

#include <QTest>

using namespace sightline;

namespace {

const QByteArray kChange = QByteArray::fromHex("09000a00030007000000"); // interact and view, participant 7
const QByteArray kPaused = QByteArray::fromHex("0a000400");

QByteArray written(const EncomspPdu& pdu)
{
    return toByteArray(encomspMessage(pdu)).toHex();
}

Result<std::vector<EncomspPdu>> parsed(const QByteArray& hex)
{
    const QByteArray octets = QByteArray::fromHex(hex);
    return parseEncomspMessage(viewOf(octets));
}

} // namespace

class TestEncomsp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWhatTheSpecificationSays_data();
    void writesWhatTheSpecificationSays();
    void readsSeveralPdus();
    void skipsWhatItDoesNotKnow();
    void refusesWhatIsCutShort_data();
    void refusesWhatIsCutShort();
    void cutsNamesThatNobodyHas();
    void putsChunksTogether();
    void refusesBadChunks_data();
    void refusesBadChunks();
    void keepsOnlyTheNewest();
};

void TestEncomsp::writesWhatTheSpecificationSays_data()
{
    QTest::addColumn<EncomspPdu>("pdu");
    QTest::addColumn<QByteArray>("octets");
    // Type, length with header; MS-RDPEMC 2.2.4.2: id, group, flags, name with its count of units.
    QTest::newRow("participant") << EncomspPdu(EncomspParticipant{1, 2, 7, QStringLiteral("Jö")})
                                 << QByteArray("08001400010000000200000007000200"
                                               "4a00f600");
    QTest::newRow("nameless") << EncomspPdu(EncomspParticipant{0x01020304, 0, 1, {}})
                              << QByteArray("08001000040302010000000001000000");
    QTest::newRow("removed") << EncomspPdu(
        EncomspParticipantRemoved{7, EncomspParticipantRemoved::kByParticipant, 0x80070005})
                             << QByteArray("07001000070000000200000005000780");
    QTest::newRow("change") << EncomspPdu(EncomspControlChange{3, 7}) << kChange.toHex();
    QTest::newRow("paused") << EncomspPdu(EncomspStreamState{true}) << QByteArray("0a000400");
    QTest::newRow("resumed") << EncomspPdu(EncomspStreamState{false}) << QByteArray("0b000400");
}

void TestEncomsp::writesWhatTheSpecificationSays()
{
    QFETCH(const EncomspPdu, pdu);
    QFETCH(const QByteArray, octets);
    QCOMPARE(written(pdu), octets);
    const auto back = parsed(octets);
    QVERIFY(back);
    QCOMPARE(back->size(), std::size_t(1));
    QVERIFY(back->front() == pdu);
}

void TestEncomsp::readsSeveralPdus()
{
    const auto pdus = parsed(kPaused.toHex() + kChange.toHex() + QByteArray("0b000400"));
    QVERIFY(pdus);
    QCOMPARE(pdus->size(), std::size_t(3));
    QVERIFY(pdus->at(0) == EncomspPdu(EncomspStreamState{true}));
    QVERIFY(pdus->at(1) == EncomspPdu(EncomspControlChange{3, 7}));
    QVERIFY(pdus->at(2) == EncomspPdu(EncomspStreamState{false}));
    QVERIFY(parsed({})->empty());
}

void TestEncomsp::skipsWhatItDoesNotKnow()
{
    // A window was created, something of the future, and octets behind a known body.
    const auto pdus = parsed("05000800deadbeef"
                             "ff0106009999"
                             "0a0006000000");
    QVERIFY(pdus);
    QCOMPARE(pdus->size(), std::size_t(1));
    QVERIFY(pdus->front() == EncomspPdu(EncomspStreamState{true}));
    // A name that ends before it is over.
    const auto named = parsed("080014000100000000000000010002004a000000");
    QVERIFY(named);
    QCOMPARE(std::get<EncomspParticipant>(named->front()).name, QStringLiteral("J"));
}

void TestEncomsp::refusesWhatIsCutShort_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("half a header") << QByteArray("0a00");
    QTest::newRow("length under the header") << QByteArray("0a000300");
    QTest::newRow("length over the message") << QByteArray("0a000500");
    QTest::newRow("change") << QByteArray("090009000300070000");
    QTest::newRow("removed") << QByteArray("07000c000700000002000000");
    QTest::newRow("participant") << QByteArray("08000e00010000000200000007000");
    QTest::newRow("name") << QByteArray("080012000100000000000000010002004a00");
    QTest::newRow("endless name") << QByteArray("08001200010000000000000001000104"
                                                "4a00");
    QTest::newRow("second one") << QByteArray("0a0004000b00");
}

void TestEncomsp::refusesWhatIsCutShort()
{
    QFETCH(const QByteArray, octets);
    const auto pdus = parsed(octets);
    QVERIFY(!pdus);
    QCOMPARE(pdus.error().code(), ErrorCode::ParseFailed);
}

void TestEncomsp::cutsNamesThatNobodyHas()
{
    const EncomspParticipant participant{1, 0, 1, QString(5000, QLatin1Char('x'))};
    const Bytes message = encomspMessage(participant);
    QVERIFY(message.size() <= kMaxEncomspMessage);
    const auto back = parseEncomspMessage(message);
    QVERIFY(back);
    QCOMPARE(std::get<EncomspParticipant>(back->front()).name.size(), 1024);
}

void TestEncomsp::putsChunksTogether()
{
    EncomspReceiver receiver;
    const ByteView whole = viewOf(kChange);
    for (int round = 0; round < 2; ++round) {
        QVERIFY(receiver.add(whole.first(3), EncomspReceiver::kFirst, 10)->empty());
        QVERIFY(receiver.add(whole.subspan(3, 0), 0, 10)->empty());
        QVERIFY(receiver.add(whole.subspan(3, 6), 0, 10)->empty());
        const auto pdus = receiver.add(whole.subspan(9), EncomspReceiver::kLast, 10);
        QVERIFY(pdus);
        QCOMPARE(pdus->size(), std::size_t(1));
        QCOMPARE(receiver.add(viewOf(kPaused), EncomspReceiver::kFirst | EncomspReceiver::kLast, 4)->size(),
            std::size_t(1));
    }
}

void TestEncomsp::refusesBadChunks_data()
{
    using R = EncomspReceiver;
    struct Chunk {
        std::uint32_t flags;
        std::size_t size;
        std::size_t total;
    };
    QTest::addColumn<QList<QList<quint32>>>("chunks");
    const auto row = [](const char* name, std::initializer_list<Chunk> chunks) {
        QList<QList<quint32>> list;
        for (const Chunk& c : chunks)
            list.append({c.flags, static_cast<quint32>(c.size), static_cast<quint32>(c.total)});
        QTest::newRow(name) << list;
    };
    row("no first", {{R::kLast, 4, 4}});
    row("two first", {{R::kFirst, 2, 4}, {R::kFirst | R::kLast, 4, 4}});
    row("too large", {{R::kFirst, 4, kMaxEncomspMessage + 1}});
    row("more than announced", {{R::kFirst | R::kLast, 5, 4}});
    row("less than announced", {{R::kFirst | R::kLast, 3, 4}});
    row("another total", {{R::kFirst, 2, 4}, {R::kLast, 2, 5}});
    row("compressed", {{R::kFirst | R::kLast | R::kCompressed, 4, 4}});
    row("nonsense inside", {{R::kFirst | R::kLast, 3, 3}});
}

void TestEncomsp::refusesBadChunks()
{
    QFETCH(const QList<QList<quint32>>, chunks);
    EncomspReceiver receiver;
    const Bytes octets(16 * 1024);
    for (qsizetype i = 0; i < chunks.size(); ++i) {
        const auto result = receiver.add(ByteView(octets).first(chunks[i][1]), chunks[i][0], chunks[i][2]);
        QCOMPARE(static_cast<bool>(result), i + 1 < chunks.size());
    }
}

void TestEncomsp::keepsOnlyTheNewest()
{
    EncomspQueue queue;
    queue.push(EncomspParticipant{1, 0, 5, {}});
    queue.push(EncomspParticipant{2, 0, 1, {}});
    queue.push(EncomspStreamState{true});
    queue.push(EncomspParticipant{1, 0, 7, {}});
    queue.push(EncomspStreamState{false});
    QVERIFY(queue.take() == EncomspPdu(EncomspParticipant{2, 0, 1, {}}));
    QVERIFY(queue.take() == EncomspPdu(EncomspParticipant{1, 0, 7, {}}));
    QVERIFY(queue.take() == EncomspPdu(EncomspStreamState{false}));
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.take());
}

QTEST_APPLESS_MAIN(TestEncomsp)
#include "tst_encomsp.moc"
