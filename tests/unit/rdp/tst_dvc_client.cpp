#include "core/rdp/dvc_client.h"
#include "core/rdp/dvc_framing.h"

#include <QTest>

#include <algorithm>

using namespace sightline;

namespace {

struct Client {
    std::vector<Bytes> sent;
    std::vector<Bytes> messages;
    int timesOpened = 0;
    int timesClosed = 0;
    DvcClient dvc{"ours", 5000,
        {.send =
                [this](ByteView pdu) {
                    sent.emplace_back(pdu.begin(), pdu.end());
                    return true;
                },
            .opened =
                [this] {
                    ++timesOpened;
                    return Result<void>();
                },
            .message =
                [this](ByteView message) {
                    messages.emplace_back(message.begin(), message.end());
                    return Result<void>();
                },
            .closed = [this] { ++timesClosed; }}};

    bool receive(const Bytes& pdu) { return dvc.receive(pdu).has_value(); }
    bool open() { return receive({0x10, 9, 'o', 'u', 'r', 's', 0}); }
};

} // namespace

class TestDvcClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesOnTheFirstVersion()
    {
        Client client;
        QVERIFY(client.receive({0x50, 0, 3, 0, 1, 0, 1, 0, 1, 0, 1, 0}));
        QVERIFY((client.sent == std::vector<Bytes>{{0x50, 0, 1, 0}}));
    }

    void opensItsChannelAndNoOther()
    {
        Client client;
        QVERIFY(client.receive({0x11, 9, 1, 't', 'h', 'e', 'i', 'r', 's', 0}));
        QVERIFY(!client.dvc.isOpen());
        QVERIFY(client.open());
        QVERIFY(client.dvc.isOpen());
        QCOMPARE(client.timesOpened, 1);
        QVERIFY((client.sent == std::vector<Bytes>{{0x11, 9, 1, 1, 0, 0, 0xC0}, {0x10, 9, 0, 0, 0, 0}}));
    }

    void putsMessagesTogether()
    {
        Client client;
        QVERIFY(client.open());
        Bytes message(4000);
        std::generate(message.begin(), message.end(),
            [n = 0]() mutable { return static_cast<std::uint8_t>(n++ % 251); });
        QVERIFY(
            sendDvcMessage(9, message, [&](ByteView pdu) { return client.dvc.receive(pdu).has_value(); }));
        QVERIFY(client.receive({0x30, 9, 'x'}));
        QVERIFY((client.messages == std::vector<Bytes>{message, {'x'}}));
    }

    void forgetsAClosedChannel()
    {
        Client client;
        QVERIFY(client.open());
        QVERIFY(client.receive({0x40, 9}));
        QCOMPARE(client.timesClosed, 1);
        QVERIFY(client.receive({0x30, 9, 'x'})); // was on its way
        QVERIFY(client.messages.empty());
        QVERIFY(!client.dvc.send(Bytes{1}));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("unknown command") << QByteArray("9009");
        QTest::newRow("cut short") << QByteArray("32090000");
        QTest::newRow("name without an end") << QByteArray("10096f757273");
        QTest::newRow("longer than it may be") << QByteArray("2809ffffff7f00");
        QTest::newRow("more than announced") << QByteArray("2009020a0b0c");
    }

    void refuses()
    {
        QFETCH(QByteArray, hex);
        Client client;
        QVERIFY(client.open());
        const QByteArray octets = QByteArray::fromHex(hex);
        QVERIFY(!client.dvc.receive(viewOf(octets)));
    }

    void refusesFragmentsLongerThanTheirMessage()
    {
        Client client;
        QVERIFY(client.open());
        QVERIFY(client.receive({0x20, 9, 4, 'a', 'b'}));
        QVERIFY(!client.receive({0x30, 9, 'c', 'd', 'e'}));
    }
};

QTEST_GUILESS_MAIN(TestDvcClient)
#include "tst_dvc_client.moc"
