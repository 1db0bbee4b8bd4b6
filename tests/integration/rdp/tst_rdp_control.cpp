#include "rdp_pair.h"

#include <QTest>

using namespace sightline;

namespace {

using Extension = ScancodeKey::Extension;

const std::vector<InputEvent> kEverything{
    LockKeys{true, true, false},
    PointerMove{{100, 200}},
    PointerButton{MouseButton::Left, true, {100, 200}},
    PointerMove{{639, 479}},
    PointerButton{MouseButton::Left, false, {639, 479}},
    PointerButton{MouseButton::Right, true, {1, 2}},
    PointerButton{MouseButton::Right, false, {1, 2}},
    PointerButton{MouseButton::Middle, true, {1, 2}},
    PointerButton{MouseButton::Middle, false, {1, 2}},
    PointerButton{MouseButton::Back, true, {3, 4}},
    PointerButton{MouseButton::Back, false, {3, 4}},
    PointerButton{MouseButton::Forward, true, {3, 4}},
    PointerButton{MouseButton::Forward, false, {3, 4}},
    PointerWheel{false, 120, {3, 4}},
    PointerWheel{false, -120, {3, 4}},
    PointerWheel{false, 7, {3, 4}},
    PointerWheel{true, 120, {3, 4}},
    PointerWheel{true, -256, {3, 4}},
    ScancodeKey{0x1E, Extension::None, true},
    ScancodeKey{0x1E, Extension::None, true},
    ScancodeKey{0x1E, Extension::None, false},
    ScancodeKey{0x1D, Extension::E0, true},
    ScancodeKey{0x1D, Extension::E0, false},
    ScancodeKey{0x1D, Extension::E1, true},
    ScancodeKey{0x1D, Extension::E1, false},
    UnicodeKey{u'ß', true},
    UnicodeKey{u'ß', false},
    UnicodeKey{0xD83D, true},
    UnicodeKey{0xDE00, true},
    UnicodeKey{0xD83D, false},
    UnicodeKey{0xDE00, false},
};

bool arrived(RdpPair& pair, std::size_t count)
{
    return pair.hostReport.waitFor(
        [count](const HostReport& r) { return r.input.size() >= count || r.closed; });
}

} // namespace

class TestRdpControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inputArrivesAsItWas();
    void inputBeforeTheConnectionArrivesToo();
    void inputDoesNotWaitBehindPixels();
    void nonsenseIsCountedAndTheLegGoesOn();
    void bothSidesHearTheMultipartyChannel();
    void whatWaitsIsReplaced();
    void aCutMultipartyMessageEndsTheLeg();
    void repliesArriveWhileAFrameLeaves();
};

void TestRdpControl::inputArrivesAsItWas()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    std::size_t sent = 0;
    for (const InputEvent& event : kEverything) {
        // One by one: what waits may be merged, which is another test's subject.
        pair.viewer->sendInput(event);
        QVERIFY(arrived(pair, ++sent));
    }
    QVERIFY(pair.hostReport.copy().input == kEverything);
    QCOMPARE(pair.host->inputRejected(), std::uint64_t(0));
}

void TestRdpControl::inputBeforeTheConnectionArrivesToo()
{
    RdpPair pair;
    const std::vector<InputEvent> events{
        ScancodeKey{0x1E, Extension::None, true}, ScancodeKey{0x1E, Extension::None, false}};
    for (const InputEvent& event : events)
        pair.viewer->sendInput(event);
    QVERIFY(arrived(pair, events.size()));
    QVERIFY(pair.hostReport.copy().input == events);
}

void TestRdpControl::inputDoesNotWaitBehindPixels()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    pair.reset({640, 480});
    QVERIFY(pair.frame(1, {}));
    // A frame far larger than what sockets and streams hold, and a path that takes nothing of it.
    pair.hostStream.setFull(true);
    const auto pixels = noise(640 * 480 * 4, 9);
    pair.host->accept(StartFrame{2});
    pair.host->accept(TileData{1, TileCodec::Uncompressed, {0, 0, 640, 480}, pixels});
    pair.host->accept(EndFrame{2});
    for (std::size_t i = 0; i < 50; ++i) {
        pair.viewer->sendInput(ScancodeKey{0x1E, Extension::None, i % 2 == 0});
        QVERIFY(arrived(pair, i + 1));
    }
    QVERIFY(pair.host->queuedBytes() > 0);
    pair.hostStream.setFull(false);
    QVERIFY(pair.waitAcknowledged(2));
}

void TestRdpControl::nonsenseIsCountedAndTheLegGoesOn()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    // Fast-path input PDUs (MS-RDPBCGR 2.2.8.1.2): scan code 0; a unit 0; a mouse that does nothing; an
    // extended button that no mouse has; lock keys that no keyboard has; an event of no known kind.
    for (const char* pdu :
        {"04040000", "0405800000", "0409200000010001 00", "0409400480010001 00", "040370", "0403e0"})
        pair.hostStream.inject([pdu] {
            const QByteArray octets = QByteArray::fromHex(pdu);
            return Bytes(octets.begin(), octets.end());
        }());
    pair.viewer->sendInput(UnicodeKey{u'x', true});
    QVERIFY(arrived(pair, 1));
    QCOMPARE(pair.hostReport.copy().input.size(), std::size_t(1));
    QVERIFY(!pair.hostReport.copy().closed);
    QCOMPARE(pair.host->inputRejected(), std::uint64_t(5));
    pair.reset({640, 480});
    QVERIFY(pair.frame(1, {}));
}

void TestRdpControl::bothSidesHearTheMultipartyChannel()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    const std::vector<EncomspPdu> fromHost{EncomspParticipant{7, 0, 5, QStringLiteral("Jörg 漢")},
        EncomspStreamState{true}, EncomspStreamState{false}, EncomspParticipantRemoved{7, 0, 0}};
    const std::vector<EncomspPdu> fromViewer{EncomspControlChange{3, 7}, EncomspControlChange{1, 7}};
    for (std::size_t i = 0; i < fromHost.size(); ++i) {
        pair.host->sendControl(fromHost[i]);
        QVERIFY(pair.viewerReport.waitFor([&](const ViewerReport& r) { return r.control.size() > i; }));
    }
    for (std::size_t i = 0; i < fromViewer.size(); ++i) {
        pair.viewer->sendControl(fromViewer[i]);
        QVERIFY(pair.hostReport.waitFor([&](const HostReport& r) { return r.control.size() > i; }));
    }
    QVERIFY(pair.viewerReport.copy().control == fromHost);
    QVERIFY(pair.hostReport.copy().control == fromViewer);
}

void TestRdpControl::whatWaitsIsReplaced()
{
    RdpPair pair;
    // Said before there is a connection to say it on.
    for (std::uint16_t flags = 0; flags < 200; ++flags) {
        pair.host->sendControl(EncomspParticipant{7, 0, flags, {}});
        pair.viewer->sendControl(EncomspControlChange{flags, 7});
    }
    const EncomspPdu lastOfHost(EncomspParticipant{7, 0, 199, {}});
    const EncomspPdu lastOfViewer(EncomspControlChange{199, 7});
    QVERIFY(pair.viewerReport.waitFor(
        [&](const ViewerReport& r) { return !r.control.empty() && r.control.back() == lastOfHost; }));
    QVERIFY(pair.hostReport.waitFor(
        [&](const HostReport& r) { return !r.control.empty() && r.control.back() == lastOfViewer; }));
    // How many were left out is a matter of how long the connection took; none is repeated or overtaken.
    const std::vector<EncomspPdu> heard = pair.viewerReport.copy().control;
    const auto flagsOf = [](const EncomspPdu& pdu) { return std::get<EncomspParticipant>(pdu).flags; };
    for (std::size_t i = 1; i < heard.size(); ++i)
        QVERIFY(flagsOf(heard[i - 1]) < flagsOf(heard[i]));
}

void TestRdpControl::aCutMultipartyMessageEndsTheLeg()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    // What a viewer says on the channel becomes known by saying something sane on it, and is then repeated
    // with a length that its body does not have (TPKT, X.224, MCS, channel header, PDU).
    Watched<Bytes> seen;
    pair.hostStream.setReadTap([&seen](ByteView octets) {
        seen.change([&](Bytes& all) { all.assign(octets.begin(), octets.end()); });
    });
    pair.viewer->sendControl(EncomspControlChange{3, 7});
    QVERIFY(pair.hostReport.waitFor([](const HostReport& r) { return r.control.size() == 1; }));
    Bytes pdu = seen.copy();
    QVERIFY(pdu.size() > 10);
    QCOMPARE(int(pdu[pdu.size() - 10]), 9);
    pdu[pdu.size() - 8] = 11;
    pair.hostStream.inject(pdu);
    const auto error = pair.waitHostClosed();
    QVERIFY(error);
    QCOMPARE(error->code(), ErrorCode::RdpFailed);
    QCOMPARE(pair.hostReport.copy().control.size(), std::size_t(1));
}

void TestRdpControl::repliesArriveWhileAFrameLeaves()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    pair.reset({640, 480});
    QVERIFY(pair.frame(1, {}));
    pair.hostStream.setFull(true);
    const auto pixels = noise(640 * 480 * 4, 9);
    pair.host->accept(StartFrame{2});
    pair.host->accept(TileData{1, TileCodec::Uncompressed, {0, 0, 640, 480}, pixels});
    pair.host->accept(EndFrame{2});
    pair.viewer->sendControl(EncomspControlChange{3, 7});
    pair.viewer->requestRefresh();
    QVERIFY(
        pair.hostReport.waitFor([](const HostReport& r) { return !r.control.empty() && r.refreshes > 0; }));
    // Ending it does not wait for the path either.
    pair.host.reset();
    QVERIFY(!pair.hostReport.copy().closed);
}

QTEST_GUILESS_MAIN(TestRdpControl)
#include "tst_rdp_control.moc"
