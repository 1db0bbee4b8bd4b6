#include "core/session/frame_latency.h"
#include "core/session/remote_screen.h"
#include "core/session/session_statistics.h"
#include "core/session/share_target.h"
#include "platform/synthetic/pattern_capture.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

class TestSessionValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targetsAreFoundOnTheDesktop();
    void targetsThatAreGoneAreErrors();
    void monitorsAreKnownByTheirNames();
    void placesTellTheMonitorsInThem();
    void latencyIsTheMedianOfAcknowledgedFrames();
    void latencySurvivesStrangeAcknowledgements();
    void statisticsAreOneJsonLine();
    void remoteScreenMergesWhatNobodyLookedAt();
    void remoteScreenClipsToItself();
    void remoteScreenAnnouncesTheCursorOnce();
};

namespace {

std::vector<Monitor> twoMonitors()
{
    return {{QStringLiteral("A"), {0, 0, 1920, 1080}, true},
        {QStringLiteral("B"), {1920, 200, 1280, 1024}, false}};
}

} // namespace

void TestSessionValues::targetsAreFoundOnTheDesktop()
{
    QVERIFY((*ShareTarget{}.areaOn(twoMonitors()) == Rect{0, 0, 3200, 1224}));
    const ShareTarget second{.kind = ShareTarget::Kind::Monitor, .monitor = 1, .region = {}};
    QVERIFY((*second.areaOn(twoMonitors()) == Rect{1920, 200, 1280, 1024}));
    const ShareTarget region{
        .kind = ShareTarget::Kind::Region, .monitor = 0, .region = {3100, 1000, 500, 500}};
    QVERIFY((*region.areaOn(twoMonitors()) == Rect{3100, 1000, 100, 224}));
}

void TestSessionValues::targetsThatAreGoneAreErrors()
{
    const ShareTarget third{.kind = ShareTarget::Kind::Monitor, .monitor = 2, .region = {}};
    const ShareTarget outside{.kind = ShareTarget::Kind::Region, .monitor = 0, .region = {5000, 0, 10, 10}};
    QCOMPARE(third.areaOn(twoMonitors()).error().code(), ErrorCode::CaptureFailed);
    QCOMPARE(outside.areaOn(twoMonitors()).error().code(), ErrorCode::CaptureFailed);
    QCOMPARE(ShareTarget{}.areaOn({}).error().code(), ErrorCode::CaptureFailed);
}

void TestSessionValues::monitorsAreKnownByTheirNames()
{
    const ShareTarget second{.kind = ShareTarget::Kind::Monitor, .monitor = 1, .region = {}};
    const ShareTarget named = second.named(twoMonitors());
    QCOMPARE(named.monitorName, QStringLiteral("B"));
    QVERIFY(ShareTarget{}.named(twoMonitors()) == ShareTarget{});
    QVERIFY(!ShareTarget{}.monitorOn(twoMonitors()));
    // The first one is unplugged, and the second is the first now.
    const std::vector<Monitor> alone{{QStringLiteral("B"), {0, 0, 1280, 1024}, true}};
    QCOMPARE(named.monitorOn(alone), std::optional<std::size_t>(0));
    QVERIFY((*named.areaOn(alone) == Rect{0, 0, 1280, 1024}));
    QVERIFY(!second.areaOn(alone));
    // The second one is unplugged: nobody has chosen to show the first.
    const std::vector<Monitor> other{{QStringLiteral("A"), {0, 0, 1920, 1080}, true}};
    const ShareTarget first{.kind = ShareTarget::Kind::Monitor, .monitor = 0, .region = {}};
    QCOMPARE(first.named(alone).areaOn(other).error().code(), ErrorCode::CaptureFailed);
}

void TestSessionValues::placesTellTheMonitorsInThem()
{
    const auto screen = std::make_shared<PatternScreen>(Size{500, 240});
    PatternCapture capture(screen);
    const auto put = [&screen](const Rects& rects) {
        std::vector<Monitor> monitors;
        for (const Rect& rect : rects)
            monitors.push_back({QString::number(monitors.size()), rect, monitors.empty()});
        screen->setMonitors(monitors);
    };
    put({{0, 40, 320, 200}, {320, 50, 180, 190}});
    const Result<TargetPlace> all = ShareTarget{}.locate(capture);
    QVERIFY((*all == TargetPlace{{0, 40, 500, 200}, {{0, 0, 320, 200}, {320, 10, 180, 190}}, false}));
    const ShareTarget region{.kind = ShareTarget::Kind::Region, .monitor = 0, .region = {300, 60, 100, 50}};
    QVERIFY(
        (*region.locate(capture) == TargetPlace{region.region, {{0, 0, 20, 50}, {20, 0, 80, 50}}, false}));
    ShareTarget one{.kind = ShareTarget::Kind::Monitor, .monitor = 1, .region = {}};
    QVERIFY((*one.locate(capture) == TargetPlace{{320, 50, 180, 190}, {{0, 0, 180, 190}}, false}));
    // Gone is no error for one that is known by its name.
    one.monitorName = QStringLiteral("9");
    QVERIFY((*one.locate(capture) == TargetPlace{{}, {}, true}));
    // Mirrored ones, and more than can be told.
    put({{0, 0, 320, 240}, {0, 0, 320, 240}, {0, 0, 500, 240}});
    QVERIFY(ShareTarget{}.locate(capture)->monitors == Rects(1, {0, 0, 500, 240}));
    Rects many;
    for (int i = 0; i < 17; ++i)
        many.push_back({10 * i, 0, 10, 240});
    put(many);
    QVERIFY(ShareTarget{}.locate(capture)->monitors.empty());
}

void TestSessionValues::latencyIsTheMedianOfAcknowledgedFrames()
{
    FrameLatency latency;
    QCOMPARE(latency.median(), Duration{});
    const TimePoint start{};
    for (std::uint32_t i = 1; i <= 3; ++i)
        latency.sent(i, start);
    latency.acknowledged(1, start + 10ms);
    latency.acknowledged(2, start + 20ms);
    latency.acknowledged(3, start + 90ms);
    QCOMPARE(latency.median(), Duration(20ms));
}

void TestSessionValues::latencySurvivesStrangeAcknowledgements()
{
    FrameLatency latency;
    const TimePoint start{};
    latency.acknowledged(77, start);
    QCOMPARE(latency.median(), Duration{});
    latency.sent(0xFFFFFFFF, start);
    latency.sent(0, start + 1ms);
    latency.acknowledged(0, start + 11ms);
    latency.acknowledged(0, start + 500ms);
    QCOMPARE(latency.median(), Duration(11ms));
}

void TestSessionValues::statisticsAreOneJsonLine()
{
    SessionStatistics statistics;
    statistics.state = QStringLiteral("connected");
    statistics.path = {TransportPath::Kind::Direct, TransportPath::Protocol::Udp, {}, {}};
    statistics.framesPerSecond = 29.96;
    statistics.securityCode = QStringLiteral("1234 5678");
    const QByteArray line = statistics.toJson();
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    QCOMPARE(object[QStringLiteral("path")].toString(), QStringLiteral("direct, UDP"));
    QCOMPARE(object[QStringLiteral("fps")].toDouble(), 30.0);
    for (const char* key :
        {"state", "rtt_ms", "kbit_s", "loss", "frames", "connect_ms", "latency_ms", "security_code"})
        QVERIFY2(object.contains(QLatin1StringView(key)), key);
}

void TestSessionValues::remoteScreenMergesWhatNobodyLookedAt()
{
    RemoteScreen screen;
    QSignalSpy painted(&screen, &RemoteScreen::painted);
    screen.resize({4, 2});
    QCOMPARE(screen.takeDirty(), (Rects{{0, 0, 4, 2}}));
    painted.clear();
    const Picture red(4, 2, 0xFF0000);
    screen.paint(red.view(), {{0, 0, 1, 1}});
    screen.paint(red.view(), {{3, 1, 1, 1}});
    QCOMPARE(painted.size(), 1);
    QCOMPARE(screen.takeDirty(), (Rects{{0, 0, 1, 1}, {3, 1, 1, 1}}));
    QVERIFY(screen.takeDirty().empty());
    screen.withPicture([](const PictureView& picture) {
        QCOMPARE(picture.row(0)[0], 0xFF0000U);
        QCOMPARE(picture.row(0)[1], 0U);
        QCOMPARE(picture.row(1)[3], 0xFF0000U);
    });
    QCOMPARE(screen.framesPainted(), quint64{2});
}

void TestSessionValues::remoteScreenClipsToItself()
{
    RemoteScreen screen;
    screen.resize({4, 4});
    (void)screen.takeDirty();
    const Picture larger(8, 8, 0x00FF00);
    screen.paint(larger.view(), {{2, 2, 6, 6}, {-3, -3, 2, 2}, {100, 100, 5, 5}});
    QCOMPARE(screen.takeDirty(), (Rects{{2, 2, 2, 2}}));
}

void TestSessionValues::remoteScreenAnnouncesTheCursorOnce()
{
    RemoteScreen screen;
    QSignalSpy changed(&screen, &RemoteScreen::cursorChanged);
    screen.setCursorPosition({5, 6});
    screen.setCursorPosition({7, 8});
    QCOMPARE(changed.size(), 1);
    QVERIFY((screen.cursor().position == Point{7, 8}));
    screen.setCursorPosition({9, 9});
    QCOMPARE(changed.size(), 2);
}

QTEST_GUILESS_MAIN(TestSessionValues)
#include "tst_session_values.moc"
