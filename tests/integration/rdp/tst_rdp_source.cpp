#include "rdp_pair.h"

#include "core/rdp/rdp_source.h"

#include <QTest>

using namespace sightline;

namespace {

struct SourceReport {
    std::vector<GfxCommand> commands;
    std::vector<CursorShape> shapes;
    std::vector<Point> positions;
    std::vector<EncomspPdu> control;
    std::optional<Error> closed;
};

RdpSource::Handlers reportTo(Watched<SourceReport>& report)
{
    RdpSource::Handlers handlers;
    handlers.connected = [] {};
    handlers.command = [&report](GfxCommand command) {
        report.change([&](SourceReport& r) { r.commands.push_back(command); });
    };
    handlers.cursorShape = [&report](const CursorShape& shape) {
        report.change([&](SourceReport& r) { r.shapes.push_back(shape); });
    };
    handlers.cursorPosition
        = [&report](Point at) { report.change([&](SourceReport& r) { r.positions.push_back(at); }); };
    handlers.control = [&report](const EncomspPdu& pdu) {
        report.change([&](SourceReport& r) { r.control.push_back(pdu); });
    };
    handlers.closed
        = [&report](const Error& error) { report.change([&](SourceReport& r) { r.closed = error; }); };
    return handlers;
}

/// A host and a source, as on a sharer's leg.
struct SourcePair {
    SourcePair()
        : streams(LoopbackStream::createPair(loop, 256 * 1024))
    {
        auto hostEnds = SocketBridge::create(loop, *streams.first);
        auto sourceEnds = SocketBridge::create(loop, *streams.second);
        hostBridge = std::move(hostEnds->bridge);
        sourceBridge = std::move(sourceEnds->bridge);
        host = std::move(*RdpHost::create(hostEnds->fd, {640, 480}, sightline::reportTo(hostReport)));
        source = std::move(*RdpSource::create(sourceEnds->fd, ::reportTo(report)));
    }
    ~SourcePair()
    {
        source.reset();
        host.reset();
        hostBridge.reset();
        sourceBridge.reset();
        loop.call([this] {
            streams.first.reset();
            streams.second.reset();
        });
    }
    bool waitReady()
    {
        return hostReport.waitFor([](const HostReport& r) { return r.timesReady > 0 || r.closed; })
            && !hostReport.copy().closed;
    }
    bool waitCommands(std::size_t count)
    {
        return report.waitFor([count](const SourceReport& r) { return r.commands.size() >= count; });
    }

    EventLoop loop;
    Watched<HostReport> hostReport;
    Watched<SourceReport> report;
    LoopbackStream::Pair streams;
    std::unique_ptr<SocketBridge> hostBridge;
    std::unique_ptr<SocketBridge> sourceBridge;
    std::unique_ptr<RdpHost> host;
    std::unique_ptr<RdpSource> source;
};

} // namespace

class TestRdpSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOnWhatTheHostDraws()
    {
        SourcePair pair;
        QVERIFY(pair.waitReady());
        QVERIFY(pair.hostReport.copy().capabilities.avc420);
        QVERIFY(!pair.hostReport.copy().capabilities.smallCache);
        pair.host->accept(ResetGraphics{{640, 480}});
        pair.host->accept(CreateSurface{1, {640, 480}});
        pair.host->accept(StartFrame{1});
        const SharedBytes large = noise(400 * 300 * 4, 3); // several segments
        pair.host->accept(TileData{1, TileCodec::Uncompressed, {0, 0, 400, 300}, large});
        pair.host->accept(TileData{1, TileCodec::Planar, {0, 0, 64, 64}, noise(100, 4)});
        pair.host->accept(EndFrame{1});
        QVERIFY(pair.waitCommands(6));
        const auto commands = pair.report.copy().commands;
        QVERIFY(std::holds_alternative<ResetGraphics>(commands[0]));
        QVERIFY(*std::get<TileData>(commands[3]).payload == *large);
        QVERIFY(*std::get<TileData>(commands[4]).payload == *noise(100, 4));
        QCOMPARE(std::get<EndFrame>(commands[5]).frame, 1U);
    }

    void acknowledgesOnlyWhenTold()
    {
        SourcePair pair;
        QVERIFY(pair.waitReady());
        pair.host->accept(ResetGraphics{{640, 480}});
        for (std::uint32_t frame = 1; frame <= 3; ++frame) {
            pair.host->accept(StartFrame{frame});
            pair.host->accept(EndFrame{frame});
        }
        QVERIFY(pair.waitCommands(7));
        QVERIFY(pair.hostReport.copy().acknowledged.empty());
        pair.source->acknowledge(2);
        QVERIFY(pair.hostReport.waitFor([](const HostReport& r) { return !r.acknowledged.empty(); }));
        QVERIFY((pair.hostReport.copy().acknowledged == std::vector<std::uint32_t>{2}));
    }

    void carriesEverythingElseBothWays()
    {
        SourcePair pair;
        QVERIFY(pair.waitReady());
        CursorShape shape;
        shape.size = {16, 16};
        shape.hotSpot = {3, 4};
        shape.pixels.assign(256, 0xFF336699);
        pair.host->setCursorShape(shape);
        pair.host->setCursorPosition({100, 200});
        pair.host->sendControl(EncomspStreamState{true});
        QVERIFY(pair.report.waitFor([](const SourceReport& r) {
            return !r.shapes.empty() && !r.positions.empty() && !r.control.empty();
        }));
        QCOMPARE(pair.report.copy().shapes.back(), shape);
        QCOMPARE(pair.report.copy().positions.back(), (Point{100, 200}));
        pair.source->sendInput(PointerMove{{7, 8}});
        pair.source->sendControl(EncomspControlChange{EncomspControlChange::kRequestInteract, 12});
        pair.source->requestRefresh({{10, 10, 20, 20}});
        QVERIFY(pair.hostReport.waitFor(
            [](const HostReport& r) { return !r.input.empty() && !r.control.empty() && r.refreshes > 0; }));
        QCOMPARE(pair.hostReport.copy().input.front(), InputEvent(PointerMove{{7, 8}}));
        QCOMPARE(std::get<EncomspControlChange>(pair.hostReport.copy().control.front()).participant, 12U);
    }

    void endsWithAHostThatSendsNonsense()
    {
        SourcePair pair;
        QVERIFY(pair.waitReady());
        // Past every check of the host's: well packed, and no graphics command.
        auto message = std::make_shared<GfxMessage>();
        message->octets = {0xE0, 0x04, 0x77, 0, 0, 0, 8, 0, 0, 0};
        pair.host->startShared();
        pair.host->accept(std::shared_ptr<const GfxMessage>(message));
        QVERIFY(pair.report.waitFor([](const SourceReport& r) { return r.closed.has_value(); }));
        QCOMPARE(pair.report.copy().closed->code(), ErrorCode::RdpFailed);
        QVERIFY(pair.report.copy().closed->toString().contains(QStringLiteral("make no sense")));
    }

    void tellsThatTheHostLeft()
    {
        SourcePair pair;
        QVERIFY(pair.waitReady());
        pair.host.reset();
        pair.hostBridge.reset();
        pair.loop.call([&pair] { pair.streams.first.reset(); });
        QVERIFY(pair.report.waitFor([](const SourceReport& r) { return r.closed.has_value(); }));
        QCOMPARE(pair.report.copy().closed->code(), ErrorCode::Gone);
    }
};

QTEST_GUILESS_MAIN(TestRdpSource)
#include "tst_rdp_source.moc"
