// One sharer, one server, many viewers: what the server spends on each, and whether a viewer that stalls
// costs the others anything. The server and the sharer are the real programs; the viewers do everything but
// decode. usage: conference_load_bench [typing|scroll] [viewers]... ; without numbers 1 10 20 50

#include "tests/bench/sink_viewer.h"
#include "tests/e2e/app_process.h"
#include "tests/support/xvfb.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr auto kMeasure = 8s;
constexpr int kPatienceMs = 20000;

struct Usage {
    double cpuSeconds = 0;
    double megabytes = 0;
    int threads = 0;
};

Usage usageOf(qint64 pid)
{
    Usage usage;
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return usage;
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    usage.cpuSeconds = (fields.at(11).toDouble() + fields.at(12).toDouble()) / ticks;
    usage.threads = fields.at(17).toInt();
    usage.megabytes = fields.at(21).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
    return usage;
}

void run(Duration duration)
{
    QElapsedTimer timer;
    timer.start();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    while (timer.elapsed() < ms)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
}

template <typename Condition> bool waitFor(Condition condition)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > kPatienceMs)
            return false;
        run(20ms);
    }
    return true;
}

std::unique_ptr<QProcess> startScene(const QByteArray& display, bool isScroll)
{
    auto terminal = std::make_unique<QProcess>();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(display));
    terminal->setProcessEnvironment(environment);
    const QString typing = QStringLiteral("while :; do printf 'a word '; sleep 0.083; done");
    const QString scroll = QStringLiteral(
        "while :; do for i in 1 2 3; do printf '%s the quick brown fox jumps over the lazy dog %s "
        "pack my box with five dozen liquor jugs %s\\n' $RANDOM $RANDOM $RANDOM; done; sleep 0.05; done");
    terminal->start(QStringLiteral("xterm"),
        {QStringLiteral("-fa"), QStringLiteral("DejaVu Sans Mono"), QStringLiteral("-fs"),
            QStringLiteral("11"), QStringLiteral("-geometry"), QStringLiteral("200x52+0+0"),
            QStringLiteral("-e"), QStringLiteral("bash"), QStringLiteral("-c"), isScroll ? scroll : typing});
    terminal->waitForStarted();
    return terminal;
}

using Viewers = std::vector<std::unique_ptr<SinkViewer>>;

std::vector<std::uint64_t> framesOf(const Viewers& viewers)
{
    std::vector<std::uint64_t> frames;
    for (const auto& viewer : viewers)
        frames.push_back(viewer->frames());
    return frames;
}

struct Round {
    double cores = 0;
    double fps = 0; ///< of the median viewer
    double leastFps = 0; ///< of all that do not stall
};

Round measure(qint64 server, const Viewers& viewers, std::size_t stalled)
{
    const Usage before = usageOf(server);
    const auto framesBefore = framesOf(viewers);
    run(kMeasure);
    const Usage after = usageOf(server);
    const auto framesAfter = framesOf(viewers);
    const double seconds = std::chrono::duration<double>(kMeasure).count();
    std::vector<double> rates;
    for (std::size_t i = stalled; i < viewers.size(); ++i)
        rates.push_back(static_cast<double>(framesAfter[i] - framesBefore[i]) / seconds);
    std::sort(rates.begin(), rates.end());
    return {(after.cpuSeconds - before.cpuSeconds) / seconds, rates.at(rates.size() / 2), rates.front()};
}

double milliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

int fail(const QString& why)
{
    std::fprintf(stderr, "conference_load_bench: %s\n", qPrintable(why));
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString scene = arguments.value(1, QStringLiteral("typing"));
    std::vector<std::size_t> counts;
    for (const QString& argument : arguments.mid(2))
        counts.push_back(argument.toUInt());
    if (counts.empty())
        counts = {1, 10, 20, 50};

    auto screen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1920x1080x24")});
    if (!screen)
        return fail(screen.error().toString());
    AppProcess server(AppProcess::Program::Server, {}, {QStringLiteral("--listen=127.0.0.1:0")});
    const QString address = server.waitForLine(QStringLiteral("https://"));
    const QString url = address.section(QStringLiteral("https://"), 1).section(QLatin1Char(' '), 0, 0);
    const auto pin = QRegularExpression(QStringLiteral("[0-9a-fA-F]{64}")).match(address);
    const auto terminal = startScene((*screen)->displayName(), scene == QLatin1StringView("scroll"));
    AppProcess host(AppProcess::Program::App, (*screen)->displayName(),
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--server"),
            QStringLiteral("https://%1?fp=%2").arg(url, pin.captured())});
    const auto link = MeetingLink::parse(host.waitForLine(QStringLiteral("/m/")).trimmed());
    if (!link)
        return fail(host.output() + server.output());

    EventLoop loop;
    Viewers viewers;
    const auto add = [&] {
        const QString name = QStringLiteral("Viewer %1").arg(viewers.size() + 1);
        viewers.push_back(std::make_unique<SinkViewer>(loop, *link, name));
        QObject::connect(viewers.back().get(), &SinkViewer::failed, &application,
            [name](const QString& why) { fail(name + QStringLiteral(": ") + why); });
        return waitFor([&] { return viewers.back()->hasPicture(); });
    };
    // The meeting goes through the server from the third participant on.
    while (viewers.size() < 2) {
        viewers.push_back(std::make_unique<SinkViewer>(loop, *link, QStringLiteral("First")));
        run(500ms);
    }
    if (!waitFor([&] { return viewers[0]->hasPicture() && viewers[1]->hasPicture(); }))
        return fail(QStringLiteral("the first viewers got no picture\n") + host.output());

    std::printf("%s, 1920x1080, viewers without decoding, the server's process alone\n", qPrintable(scene));
    std::printf("viewers  cores   frames/s  least   MB    threads  slowest join ms\n");
    for (const std::size_t count : counts) {
        Duration slowest{};
        while (viewers.size() < count) {
            if (!add())
                return fail(QStringLiteral("a viewer got no picture"));
            slowest = std::max(slowest, viewers.back()->joinTime());
        }
        run(1s);
        const Round round = measure(server.pid(), viewers, 0);
        const Usage usage = usageOf(server.pid());
        std::printf("%7zu  %.3f   %5.1f     %5.1f   %5.1f  %5d   %8.0f\n", viewers.size(), round.cores,
            round.fps, round.leastFps, usage.megabytes, usage.threads, milliseconds(slowest));
        std::fflush(stdout);
    }
    const std::size_t stalled = 1;
    viewers.front()->setStalled(true);
    const Round round = measure(server.pid(), viewers, stalled);
    std::printf("one of them stalls: %.3f cores, the others %.1f frames/s, the least %.1f\n", round.cores,
        round.fps, round.leastFps);
    viewers.clear();
    terminal->terminate();
    terminal->waitForFinished();
    return 0;
}
