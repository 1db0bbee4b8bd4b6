#include "rdp_pair.h"

#include "core/rdp/unique_fd.h"

#include <QTest>

#include <array>
#include <random>
#include <thread>

#include <sys/socket.h>

using namespace sightline;

namespace {

Bytes garbage(std::size_t size)
{
    std::minstd_rand random(42);
    Bytes octets(size);
    std::ranges::generate(octets, [&] { return static_cast<std::uint8_t>(random() >> 8); });
    return octets;
}

/// Keeps a leg busy until it is told to stop, with a window as every host must have one.
class Traffic {
public:
    explicit Traffic(RdpPair& pair)
        : m_pair(pair)
    {
    }
    /// False when no acknowledgement came any more.
    bool run(std::uint32_t frames)
    {
        const auto tile = std::make_shared<const Bytes>(256 * 256 * 4, std::uint8_t(7));
        for (std::uint32_t i = 0; i < frames; ++i, ++m_next) {
            m_pair.host->accept(StartFrame{m_next});
            m_pair.host->accept(TileData{1, TileCodec::Uncompressed, {0, 0, 256, 256}, tile});
            m_pair.host->accept(EndFrame{m_next});
            if (m_next >= 8 && !m_pair.waitAcknowledged(m_next - 8))
                return false;
        }
        return true;
    }
    void send(std::uint32_t frames) // without a window
    {
        for (std::uint32_t i = 0; i < frames; ++i, ++m_next) {
            m_pair.host->accept(StartFrame{m_next});
            m_pair.host->accept(
                TileData{1, TileCodec::Uncompressed, {0, 0, 256, 256}, noise(256 * 256 * 4, m_next)});
            m_pair.host->accept(EndFrame{m_next});
        }
    }
    std::uint32_t last() const { return m_next - 1; }

private:
    RdpPair& m_pair;
    std::uint32_t m_next = 0;
};

struct RawPair {
    RawPair()
    {
        std::array<int, 2> fds{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) == 0) {
            ours.reset(fds[0]);
            theirs = fds[1];
        }
    }
    void send(const Bytes& octets) const
    {
        (void)::send(ours.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
    }

    UniqueFd ours;
    int theirs = -1;
};

} // namespace

class TestRdpEnds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { RdpHost::warmUp(); }
    void viewerLeaves();
    void hostLeaves();
    void streamEnds();
    void garbageInsteadOfHandshake_data();
    void garbageInsteadOfHandshake();
    void garbageToHost();
    void garbageToViewer();
    void silentOtherEnd();
    void stalledViewer();
    void destroyedWhileStalled();
    void frozenPictureEndsTheLeg();
    void nothingLeaks();
};

void TestRdpEnds::viewerLeaves()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Traffic traffic(pair);
    QVERIFY(traffic.run(20));
    traffic.send(4);
    pair.viewer.reset();
    pair.loop.call([&] { pair.streams.second->close(); });
    const auto closed = pair.waitHostClosed();
    QVERIFY(closed);
    QCOMPARE(closed->code(), ErrorCode::Gone);
}

void TestRdpEnds::hostLeaves()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Traffic traffic(pair);
    QVERIFY(traffic.run(20));
    traffic.send(4);
    pair.host.reset();
    pair.loop.call([&] { pair.streams.first->close(); });
    const auto closed = pair.waitViewerClosed();
    QVERIFY(closed);
    QCOMPARE(closed->code(), ErrorCode::Gone);
}

void TestRdpEnds::streamEnds()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.loop.call([&] { pair.streams.first->close(); });
    const auto hostClosed = pair.waitHostClosed();
    const auto viewerClosed = pair.waitViewerClosed();
    QVERIFY(hostClosed && viewerClosed);
    QCOMPARE(hostClosed->code(), ErrorCode::Gone);
    QCOMPARE(viewerClosed->code(), ErrorCode::Gone);
}

void TestRdpEnds::garbageInsteadOfHandshake_data()
{
    QTest::addColumn<bool>("toHost");
    QTest::addColumn<QByteArray>("octets");
    const QByteArray random = toByteArray(garbage(4096));
    for (const bool toHost : {true, false}) {
        const auto row = [toHost](const char* name) -> QTestData& {
            return QTest::addRow("%s to the %s", name, toHost ? "host" : "viewer") << toHost;
        };
        row("nothing") << QByteArray();
        row("random octets") << random;
        row("http") << QByteArray("GET / HTTP/1.1\r\nHost: example\r\n\r\n");
        row("tls hello") << QByteArray::fromHex("160301020001000000030300") + QByteArray(256, 'x');
        row("zeros") << QByteArray(512, '\0');
        row("tpkt of no x224") << QByteArray::fromHex("03000013") + QByteArray(15, '\xFF');
        row("x224 of another kind") << QByteArray::fromHex("0300000b0680000000000000");
    }
}

void TestRdpEnds::garbageInsteadOfHandshake()
{
    QFETCH(bool, toHost);
    QFETCH(QByteArray, octets);
    // Some of it is the beginning of something: then the rest does not come in time.
    constexpr std::chrono::milliseconds timeout(500);
    const RawPair raw;
    Watched<HostReport> hostReport;
    Watched<ViewerReport> viewerReport;
    std::unique_ptr<RdpHost> host;
    std::unique_ptr<RdpViewer> viewer;
    if (toHost) {
        auto created = RdpHost::create(raw.theirs, {640, 480}, reportTo(hostReport), timeout);
        QVERIFY(created);
        host = std::move(*created);
    } else {
        auto created = RdpViewer::create(raw.theirs, reportTo(viewerReport), timeout);
        QVERIFY(created);
        viewer = std::move(*created);
    }
    raw.send({octets.begin(), octets.end()});
    if (toHost) {
        QVERIFY(hostReport.waitFor([](const HostReport& r) { return r.closed.has_value(); }));
        QCOMPARE(hostReport.copy().closed->code(), ErrorCode::RdpFailed);
    } else {
        QVERIFY(viewerReport.waitFor([](const ViewerReport& r) { return r.closed.has_value(); }));
        QCOMPARE(viewerReport.copy().closed->code(), ErrorCode::RdpFailed);
    }
}

void TestRdpEnds::garbageToHost()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Traffic traffic(pair);
    QVERIFY(traffic.run(10));
    pair.hostStream.inject(garbage(4096));
    const auto closed = pair.waitHostClosed();
    QVERIFY(closed);
    QCOMPARE(closed->code(), ErrorCode::RdpFailed);
}

void TestRdpEnds::garbageToViewer()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Traffic traffic(pair);
    QVERIFY(traffic.run(10));
    pair.viewerStream.inject(garbage(4096));
    const auto closed = pair.waitViewerClosed();
    QVERIFY(closed);
    QCOMPARE(closed->code(), ErrorCode::RdpFailed);
}

void TestRdpEnds::silentOtherEnd()
{
    // Both have something to wait for, and both are destroyed while they do.
    const RawPair towardsHost;
    const RawPair towardsViewer;
    Watched<HostReport> hostReport;
    Watched<ViewerReport> viewerReport;
    {
        auto host = RdpHost::create(towardsHost.theirs, {640, 480}, reportTo(hostReport));
        auto viewer = RdpViewer::create(towardsViewer.theirs, reportTo(viewerReport));
        QVERIFY(host && viewer);
    }
    QVERIFY(!hostReport.copy().closed);
    QVERIFY(!viewerReport.copy().closed);
}

void TestRdpEnds::stalledViewer()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Traffic traffic(pair);
    QVERIFY(traffic.run(10));
    pair.viewerStream.setStalled(true);
    traffic.send(16); // 4 MB: far more than fits between the two
    QVERIFY(pair.host->queuedBytes() > 2 * 1024 * 1024);
    pair.viewerStream.setStalled(false);
    QVERIFY(pair.waitAcknowledged(traffic.last()));
    QCOMPARE(pair.host->queuedBytes(), std::size_t(0));
    QVERIFY(traffic.run(10));
}

void TestRdpEnds::destroyedWhileStalled()
{
    for (const bool hostFirst : {true, false}) {
        RdpPair pair({256, 256});
        QVERIFY(pair.waitReady());
        pair.reset({256, 256});
        Traffic traffic(pair);
        QVERIFY(traffic.run(10));
        pair.viewerStream.setStalled(true);
        traffic.send(16);
        // The host is blocked in a write now, or will be before it sees that it is to end.
        if (hostFirst)
            pair.host.reset();
        else
            pair.viewer.reset();
    }
}

void TestRdpEnds::frozenPictureEndsTheLeg()
{
    RdpPair pair({64, 64});
    QVERIFY(pair.waitReady());
    pair.reset({64, 64});
    // Well-formed for the host, but not planar for a decoder: the viewer's graphics channel is lost, and with
    // it all that could still be shown.
    pair.host->accept(StartFrame{1});
    pair.host->accept(
        TileData{1, TileCodec::Planar, {0, 0, 64, 64}, std::make_shared<const Bytes>(Bytes{0x20, 1, 2})});
    pair.host->accept(EndFrame{1});
    const auto closed = pair.waitViewerClosed();
    QVERIFY(closed);
    QCOMPARE(closed->code(), ErrorCode::RdpFailed);
}

void TestRdpEnds::nothingLeaks()
{
    const auto cycle = [] {
        RdpPair pair({640, 480});
        QVERIFY(pair.waitReady());
        pair.reset({640, 480});
        QVERIFY(pair.frame(1, {SolidFill{1, 0, {{0, 0, 640, 480}}}}));
    };
    for (int i = 0; i < 5; ++i)
        cycle();
    const int descriptors = openDescriptors();
    const long threads = processStatus("Threads");
    for (int i = 0; i < 50; ++i)
        cycle();
    // A thread of FreeRDP's may still be on its way out, now as well as when we began to count.
    QTRY_VERIFY2(
        openDescriptors() <= descriptors, qPrintable(QString::number(openDescriptors() - descriptors)));
    QTRY_VERIFY2(
        processStatus("Threads") <= threads, qPrintable(QString::number(processStatus("Threads") - threads)));
}

QTEST_GUILESS_MAIN(TestRdpEnds)
#include "tst_rdp_ends.moc"
