#include "rdp_pair.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <random>

namespace sightline {

RdpHost::Handlers reportTo(Watched<HostReport>& report)
{
    return {
        [&report](const ViewerCapabilities& capabilities) {
            report.change([&](HostReport& r) {
                ++r.timesReady;
                r.capabilities = capabilities;
            });
        },
        [&report](
            std::uint32_t frame) { report.change([&](HostReport& r) { r.acknowledged.push_back(frame); }); },
        [&report](const Rects& areas) {
            report.change([&areas](HostReport& r) {
                ++r.refreshes;
                r.refreshed = areas;
            });
        },
        [&report](
            const InputEvent& event) { report.change([&](HostReport& r) { r.input.push_back(event); }); },
        [&report](const EncomspPdu& pdu) { report.change([&](HostReport& r) { r.control.push_back(pdu); }); },
        {}, // no clipboard
        [&report](const Error& error) { report.change([&](HostReport& r) { r.closed = error; }); },
    };
}

SharedBytes noise(std::size_t count, std::uint32_t seed)
{
    std::mt19937 random(seed);
    Bytes octets(count);
    for (auto& octet : octets)
        octet = static_cast<std::uint8_t>(random());
    return std::make_shared<const Bytes>(std::move(octets));
}

RdpViewer::Handlers reportTo(Watched<ViewerReport>& report)
{
    RdpViewer::Handlers handlers;
    handlers.connected = [&report] { report.change([](ViewerReport& r) { ++r.timesConnected; }); };
    handlers.resized = [&report](Size size, const Rects& monitors) {
        report.change([&](ViewerReport& r) {
            r.sizes.push_back(size);
            r.monitors = monitors;
            r.screen = Picture(size.width, size.height);
        });
    };
    handlers.painted = [&report](const PictureView& screen, const Rects& dirty) {
        report.change([&](ViewerReport& r) {
            ++r.paints;
            r.lastDirty = dirty;
            for (const Rect& rect : dirty) {
                for (int y = rect.y; y < rect.bottom(); ++y)
                    std::copy_n(screen.row(y) + rect.x, rect.width, r.screen.row(y) + rect.x);
            }
        });
    };
    handlers.drawn = [&report](const DrawnFrame& frame) {
        report.change([&](ViewerReport& r) { r.lastDrawn = frame.areas; });
    };
    handlers.cursorShape = [&report](const CursorShape& shape) {
        report.change([&](ViewerReport& r) { r.shapes.push_back(shape); });
    };
    handlers.cursorPosition = [&report](Point position) {
        report.change([&](ViewerReport& r) { r.positions.push_back(position); });
    };
    handlers.control = [&report](const EncomspPdu& pdu) {
        report.change([&](ViewerReport& r) { r.control.push_back(pdu); });
    };
    handlers.closed
        = [&report](const Error& error) { report.change([&](ViewerReport& r) { r.closed = error; }); };
    return handlers;
}

RdpPair::RdpPair(Size desktop, std::size_t capacity)
    : streams(LoopbackStream::createPair(loop, capacity))
    , hostStream(loop, *streams.first)
    , viewerStream(loop, *streams.second)
{
    auto hostEnds = SocketBridge::create(loop, hostStream);
    auto viewerEnds = SocketBridge::create(loop, viewerStream);
    if (!hostEnds || !viewerEnds)
        return;
    hostBridge = std::move(hostEnds->bridge);
    viewerBridge = std::move(viewerEnds->bridge);
    if (auto created = RdpHost::create(hostEnds->fd, desktop, reportTo(hostReport)))
        host = std::move(*created);
    if (auto created = RdpViewer::create(viewerEnds->fd, reportTo(viewerReport)))
        viewer = std::move(*created);
}

RdpPair::~RdpPair()
{
    viewer.reset();
    host.reset();
    hostBridge.reset();
    viewerBridge.reset();
    loop.call([this] {
        streams.first.reset();
        streams.second.reset();
    });
}

bool RdpPair::waitReady()
{
    return host && viewer
        && hostReport.waitFor([](const HostReport& r) { return r.timesReady > 0 || r.closed; })
        && !hostReport.copy().closed;
}

void RdpPair::reset(Size size, const Rects& monitors)
{
    host->accept(ResetGraphics{size, monitors});
    host->accept(CreateSurface{1, size});
    host->accept(MapSurfaceToOutput{1, {}});
}

bool RdpPair::frame(std::uint32_t number, const std::vector<GfxCommand>& commands)
{
    host->accept(StartFrame{number});
    for (const GfxCommand& command : commands)
        host->accept(command);
    host->accept(EndFrame{number});
    return waitAcknowledged(number);
}

bool RdpPair::waitAcknowledged(std::uint32_t number)
{
    return hostReport.waitFor([&](const HostReport& r) {
        return std::ranges::find(r.acknowledged, number) != r.acknowledged.end();
    });
}

std::optional<Error> RdpPair::waitHostClosed()
{
    hostReport.waitFor([](const HostReport& r) { return r.closed.has_value(); });
    return hostReport.copy().closed;
}

std::optional<Error> RdpPair::waitViewerClosed()
{
    viewerReport.waitFor([](const ViewerReport& r) { return r.closed.has_value(); });
    return viewerReport.copy().closed;
}

long processStatus(const char* name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.mid(line.indexOf(':') + 1).simplified().split(' ').front().toLong();
    }
    return -1;
}

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                                .size());
}

} // namespace sightline
