#include "platform/screen_capture_factory.h"
#include "tests/support/xvfb.h"

#include <QTest>

using namespace sightline;

class TestScreenCaptureFactory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void opensTheDisplayOfTheEnvironment();
    void noDisplay();
    void displayThatIsGone();
    void waylandOnly();
};

void TestScreenCaptureFactory::init()
{
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
}

void TestScreenCaptureFactory::opensTheDisplayOfTheEnvironment()
{
    const auto server
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("320x240x24")});
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    qputenv("DISPLAY", (*server)->displayName());
    const auto opened = openScreenCapture();
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().toString()));
    const auto monitors = (*opened)->monitors();
    QVERIFY(monitors.has_value());
    QCOMPARE(monitors->front().rect, (Rect{0, 0, 320, 240}));
}

void TestScreenCaptureFactory::noDisplay()
{
    const auto opened = openScreenCapture();
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code(), ErrorCode::NoDisplay);
    QCOMPARE(opened.error().message(), QStringLiteral("there is no display: DISPLAY is not set"));
}

void TestScreenCaptureFactory::displayThatIsGone()
{
    qputenv("DISPLAY", ":65000");
    const auto opened = openScreenCapture();
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code(), ErrorCode::NoDisplay);
    QCOMPARE(opened.error().message(), QStringLiteral("cannot connect to the X display ':65000'"));
}

void TestScreenCaptureFactory::waylandOnly()
{
    qputenv("WAYLAND_DISPLAY", "wayland-0");
    const auto opened = openScreenCapture();
    QVERIFY(!opened.has_value());
    QCOMPARE(opened.error().code(), ErrorCode::CaptureFailed);
    QCOMPARE(opened.error().message(),
        QStringLiteral("this version captures X11 desktops; log in to an X11 session"));
}

QTEST_GUILESS_MAIN(TestScreenCaptureFactory)
#include "tst_screen_capture_factory.moc"
