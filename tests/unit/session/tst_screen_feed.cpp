#include "core/session/screen_feed.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

constexpr std::uint32_t kRed = 0xFFFF0000;
constexpr std::uint32_t kBlue = 0xFF0000FF;
constexpr Size kSize{64, 48};

std::uint32_t pixelOf(const RemoteScreen& screen, Point at)
{
    std::uint32_t pixel = 0;
    screen.withPicture([&](const PictureView& picture) { pixel = picture.row(at.y)[at.x]; });
    return pixel;
}

} // namespace

class TestScreenFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paintsAsideUntilShown();
    void isWholeWhenAllIsPainted();
    void betweenMonitorsNothingIsAwaited();
    void nothingComesAfterTheEnd();
    void theSameSizeIsNoNews();
};

void TestScreenFeed::paintsAsideUntilShown()
{
    RemoteScreen screen;
    ScreenFeed first(screen, ScreenFeed::State::Shown);
    const Picture red(kSize.width, kSize.height, kRed);
    const Picture blue(kSize.width, kSize.height, kBlue);
    first.resize(kSize, {});
    first.paint(red.view(), {red.rect()});

    ScreenFeed second(screen, ScreenFeed::State::Aside);
    second.resize(kSize, {});
    second.paint(blue.view(), {{0, 0, 10, 10}});
    second.setCursorPosition({5, 6});
    QCOMPARE(pixelOf(screen, {1, 1}), kRed);
    first.paint(red.view(), {red.rect()}); // goes on meanwhile
    second.paint(blue.view(), {blue.rect()});
    first.finish();
    second.show();
    QCOMPARE(pixelOf(screen, {1, 1}), kBlue);
    QVERIFY(screen.cursor().position == (Point{5, 6}));
    second.paint(red.view(), {{0, 0, 1, 1}});
    QCOMPARE(pixelOf(screen, {0, 0}), kRed);
}

void TestScreenFeed::isWholeWhenAllIsPainted()
{
    RemoteScreen screen;
    ScreenFeed feed(screen, ScreenFeed::State::Aside);
    feed.resize(kSize, {});
    const Picture red(kSize.width, kSize.height, kRed);
    feed.paint(red.view(), {{0, 0, 64, 20}});
    feed.paint(red.view(), {{10, 20, 54, 28}});
    QVERIFY(!feed.isWhole());
    feed.paint(red.view(), {{0, 20, 10, 28}});
    QVERIFY(feed.isWhole());
    feed.resize({10, 10}, {});
    QVERIFY(!feed.isWhole());
}

void TestScreenFeed::betweenMonitorsNothingIsAwaited()
{
    RemoteScreen screen;
    ScreenFeed feed(screen, ScreenFeed::State::Aside);
    feed.resize(kSize, {{0, 0, 32, 48}, {32, 8, 32, 40}});
    const Picture red(kSize.width, kSize.height, kRed);
    feed.paint(red.view(), {{0, 0, 32, 48}, {32, 8, 32, 40}});
    QVERIFY(feed.isWhole());
}

void TestScreenFeed::nothingComesAfterTheEnd()
{
    RemoteScreen screen;
    ScreenFeed feed(screen, ScreenFeed::State::Shown);
    feed.resize(kSize, {});
    const Picture red(kSize.width, kSize.height, kRed);
    const Picture blue(kSize.width, kSize.height, kBlue);
    feed.paint(red.view(), {red.rect()});
    feed.finish();
    feed.paint(blue.view(), {blue.rect()});
    feed.resize({1, 1}, {});
    QCOMPARE(pixelOf(screen, {1, 1}), kRed); // the last picture stands
}

void TestScreenFeed::theSameSizeIsNoNews()
{
    RemoteScreen screen;
    ScreenFeed first(screen, ScreenFeed::State::Shown);
    first.resize(kSize, {});
    QSignalSpy resized(&screen, &RemoteScreen::resized);
    ScreenFeed second(screen, ScreenFeed::State::Aside);
    second.resize(kSize, {});
    second.show();
    QVERIFY(resized.isEmpty());
    ScreenFeed third(screen, ScreenFeed::State::Aside);
    third.resize({10, 10}, {});
    third.show();
    QCOMPARE(resized.size(), 1);
    QVERIFY((screen.size() == Size{10, 10}));
}

QTEST_GUILESS_MAIN(TestScreenFeed)
#include "tst_screen_feed.moc"
