// Half an hour of two people at work on one desktop: the viewer types, clicks, drags and scrolls, the host's
// programs draw, and its own user types now and then and takes the control so. After each minute both rest,
// and then both screens must show the same; memory, descriptors and threads of both programs are printed.
// usage: control_soak_bench [minutes]

#include "core/base/clock.h"
#include "tests/bench/control_scene.h"
#include "tests/e2e/evidence.h"
#include "tests/support/x11_painter.h"

#include <QFile>
#include <QGuiApplication>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 800;
constexpr auto kWork = 50s;
constexpr auto kLongestRest = 10s;

struct Resources {
    double megabytes = 0;
    long descriptors = 0;
    long threads = 0;
};

Resources resourcesOf(qint64 pid)
{
    Resources resources;
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : status.readAll().split('\n')) {
            const QByteArray value = line.mid(line.indexOf(':') + 1).simplified().split(' ').first();
            if (line.startsWith("VmRSS:"))
                resources.megabytes = value.toDouble() / 1024;
            else if (line.startsWith("Threads:"))
                resources.threads = value.toLong();
        }
    }
    const std::filesystem::directory_iterator open("/proc/" + std::to_string(pid) + "/fd");
    resources.descriptors = static_cast<long>(std::distance(begin(open), end(open)));
    return resources;
}

/// Least squares, per minute, of the second half: the first one fills caches.
double slope(const std::vector<double>& values)
{
    const std::size_t first = values.size() / 2;
    const auto count = static_cast<double>(values.size() - first);
    if (count < 2)
        return 0;
    double sumX = 0;
    double sumY = 0;
    double sumXy = 0;
    double sumXx = 0;
    for (std::size_t i = first; i < values.size(); ++i) {
        const auto x = static_cast<double>(i);
        sumX += x;
        sumY += values[i];
        sumXy += x * values[i];
        sumXx += x * x;
    }
    return (count * sumXy - sumX * sumY) / (count * sumXx - sumX * sumX);
}

class People {
public:
    People(X11Hands& viewer, X11Hands& host, X11Painter& programs)
        : m_viewer(viewer)
        , m_host(host)
        , m_programs(programs)
    {
    }

    void doSomething()
    {
        switch (number(0, 9)) {
        case 0:
        case 1:
        case 2:
            m_viewer.move(anywhere());
            m_viewer.type(word());
            break;
        case 3:
            drag();
            break;
        case 4:
            scroll();
            break;
        case 5:
        case 6:
        case 7:
            draw();
            break;
        case 8:
            m_programs.copy(area(400, 300), anywhere());
            break;
        default:
            if (number(0, 9) == 0)
                m_host.type(word());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(number(5, 80)));
    }

private:
    int number(int from, int to) { return std::uniform_int_distribution(from, to)(m_random); }
    Point anywhere() { return {number(0, kWidth - 1), number(0, kHeight - 1)}; }
    Rect area(int largestWidth, int largestHeight)
    {
        const Point at = anywhere();
        return {at.x, at.y, std::min(number(1, largestWidth), kWidth - at.x),
            std::min(number(1, largestHeight), kHeight - at.y)};
    }
    QString word()
    {
        QString text;
        for (int i = number(1, 8); i > 0; --i)
            text += QChar(u'a' + number(0, 25));
        return text + u' ';
    }
    void drag()
    {
        m_viewer.move(anywhere());
        m_viewer.button(1, true);
        for (int i = 0; i < 5; ++i)
            m_viewer.move(anywhere());
        m_viewer.button(1, false);
    }
    void scroll()
    {
        const int button = number(4, 5);
        for (int i = number(1, 5); i > 0; --i) {
            m_viewer.button(button, true);
            m_viewer.button(button, false);
        }
    }
    void draw()
    {
        const Rect where = area(500, 400);
        if (number(0, 1) == 0) {
            m_programs.fill(where, static_cast<std::uint32_t>(number(0, 0xFFFFFF)));
            return;
        }
        Picture photo(where.width, where.height);
        for (int y = 0; y < where.height; ++y) {
            for (int x = 0; x < where.width; ++x)
                photo.row(y)[x] = static_cast<std::uint32_t>(
                    ((x + number(0, 7)) & 0xFF) << 16 | (y & 0xFF) << 8 | ((x * y / 64) & 0xFF));
        }
        m_programs.put(photo.view(), {where.x, where.y});
    }

    X11Hands& m_viewer;
    X11Hands& m_host;
    X11Painter& m_programs;
    std::minstd_rand m_random{11};
};

/// How many pixels differ when both have come to rest.
int differenceAtRest(const ControlScene& scene)
{
    int difference = -1;
    for (const TimePoint end = Clock::now() + kLongestRest; difference != 0 && Clock::now() < end;) {
        std::this_thread::sleep_for(500ms);
        difference = differingPixels(screenOf(scene.hostScreen()), screenOf(scene.viewerScreen()));
    }
    return difference;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    const int minutes = argc > 1 ? std::max(1, std::atoi(argv[1])) : 30;
    auto started = ControlScene::start({QStringLiteral("-screen"), QStringLiteral("0"),
        QStringLiteral("%1x%2x24").arg(kWidth).arg(kHeight)});
    if (!started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().toString()));
        return 1;
    }
    ControlScene& scene = **started;
    const auto hostHands = X11Hands::create(scene.hostScreen().displayName(), X11Hands::Seat::Own);
    const auto programs = X11Painter::create(scene.hostScreen().displayName());
    if (!hostHands || !programs)
        return 1;
    People people(scene.viewerHands(), *hostHands, *programs);
    std::printf("%6s %8s | %8s %4s %7s | %8s %4s %7s\n", "minute", "pixels", "host MB", "fds", "threads",
        "viewer MB", "fds", "threads");
    std::vector<double> hostMemory;
    std::vector<double> viewerMemory;
    bool isSame = true;
    for (int minute = 1; minute <= minutes; ++minute) {
        const TimePoint begin = Clock::now();
        while (Clock::now() < begin + kWork)
            people.doSomething();
        const int difference = differenceAtRest(scene);
        isSame = isSame && difference == 0;
        const Resources host = resourcesOf(scene.host().pid());
        const Resources viewer = resourcesOf(scene.viewer().pid());
        hostMemory.push_back(host.megabytes);
        viewerMemory.push_back(viewer.megabytes);
        std::printf("%6d %8d | %8.1f %4ld %7ld | %8.1f %4ld %7ld\n", minute, difference, host.megabytes,
            host.descriptors, host.threads, viewer.megabytes, viewer.descriptors, viewer.threads);
        std::fflush(stdout);
        std::this_thread::sleep_until(begin + 60s);
    }
    std::printf("growth in the second half, MB a minute: host %.3f, viewer %.3f\n", slope(hostMemory),
        slope(viewerMemory));
    return isSame ? 0 : 1;
}
