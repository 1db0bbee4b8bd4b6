#include "ui/debug_overlay.h"

#include "ui/remote_view.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

class TestDebugOverlay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsTheLastSecond();
    void tintsWhatWasDrawn();
    void keepsNothingWhileHidden();
};

namespace {

DrawnFrame frameOf(std::vector<DrawnArea> areas, Duration decoding = 1ms)
{
    return {std::move(areas), decoding};
}

} // namespace

void TestDebugOverlay::countsTheLastSecond()
{
    using Kind = DrawnArea::Kind;
    const TimePoint start{1h};
    DrawingTally tally;
    tally.add(frameOf({{Kind::Planar, {0, 0, 64, 64}, 700}, {Kind::Fill, {64, 0, 9, 9}, 0}}, 3ms), start);
    tally.add(frameOf({{Kind::Planar, {0, 64, 64, 64}, 50}}), start + 600ms);
    DrawingTally::Summary summary = tally.summary();
    QCOMPARE(summary.kinds[std::size_t(Kind::Planar)].areas, 2);
    QCOMPARE(summary.kinds[std::size_t(Kind::Planar)].octets, std::size_t(750));
    QCOMPARE(summary.kinds[std::size_t(Kind::Fill)].areas, 1);
    QCOMPARE(summary.kinds[std::size_t(Kind::Avc420)].areas, 0);
    QVERIFY(summary.slowest == 3ms);
    QCOMPARE(tally.areasSince(start + 500ms).size(), std::size_t(1));

    QVERIFY(!tally.expire(start + 999ms));
    QVERIFY(tally.expire(start + 1s));
    summary = tally.summary();
    QCOMPARE(summary.kinds[std::size_t(Kind::Planar)].octets, std::size_t(50));
    QVERIFY(summary.slowest == 1ms);
    QVERIFY(tally.expire(start + 1600ms));
    QVERIFY(tally.isEmpty());
}

void TestDebugOverlay::tintsWhatWasDrawn()
{
    RemoteScreen screen;
    screen.resize({400, 300});
    RemoteView view(screen);
    view.setScale(ViewScale::OneToOne);
    view.resize(400, 300);
    DebugOverlay overlay(screen, view);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    overlay.setShown(true);

    const Picture picture(400, 300, 0);
    screen.paint(picture.view(), {picture.rect()});
    screen.drawn(frameOf({{DrawnArea::Kind::RemoteFx, {300, 200, 64, 64}, 4321}}));
    const auto said = [&overlay] { return overlay.lines().join(QLatin1Char('|')); };
    QTRY_VERIFY(said().contains(QStringLiteral("RemoteFX: 1 areas, 4.3 kB")));
    QVERIFY(!said().contains(QStringLiteral("planar")));
    const auto isTinted = [&view](int x, int y) {
        const QImage image = view.viewport()->grab().toImage();
        return image.pixelColor(x, y) != QColor(0, 0, 0);
    };
    QVERIFY(isTinted(330, 230));
    QVERIFY(!isTinted(290, 230));
    // It fades by itself, and so do the figures.
    QTRY_VERIFY(!isTinted(330, 230));
    QTRY_VERIFY(!said().contains(QStringLiteral("RemoteFX")));
}

void TestDebugOverlay::keepsNothingWhileHidden()
{
    RemoteScreen screen;
    screen.resize({64, 64});
    RemoteView view(screen);
    DebugOverlay overlay(screen, view);
    const DrawnFrame frame = frameOf({{DrawnArea::Kind::Fill, {0, 0, 8, 8}, 0}});
    screen.drawn(frame);
    QVERIFY(screen.takeDrawn().empty());
    overlay.setShown(true);
    screen.drawn(frame);
    QCOMPARE(screen.takeDrawn().size(), std::size_t(1));
    screen.drawn(frame);
    overlay.setShown(false);
    QVERIFY(screen.takeDrawn().empty());
    // A viewer that never looks does not fill up the memory.
    overlay.setShown(true);
    for (int i = 0; i < 1000; ++i)
        screen.drawn(frame);
    QVERIFY(screen.takeDrawn().size() <= 60);
}

QTEST_MAIN(TestDebugOverlay)
#include "tst_debug_overlay.moc"
