#include "platform/synthetic/pattern_capture.h"
#include "ui/share_picker.h"
#include "ui/target_previews.h"

#include "tests/support/widget_search.h"

#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace sightline;

namespace {

constexpr std::uint32_t kRed = 0xC02020;
constexpr std::uint32_t kBlue = 0x2040C0;

std::vector<Monitor> twoMonitors()
{
    return {Monitor{QStringLiteral("eDP-1"), {0, 0, 1920, 1080}, true},
        Monitor{QStringLiteral("HDMI-2"), {1920, 0, 2560, 1440}, false}};
}

Result<std::unique_ptr<ScreenCapture>> noCapture()
{
    return Error(ErrorCode::CaptureFailed, QStringLiteral("no screen"));
}

} // namespace

class TestSharePicker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesMonitors();
    void choosesATarget();
    void cancels();
    void showsTheScreen();
    void previewsShowTheScreen();
    void previewsAreMadeElsewhere();
    void everyControlHasAName();
};

void TestSharePicker::namesMonitors()
{
    QCOMPARE(monitorText(twoMonitors()[0], 1), QStringLiteral("Monitor 1 (eDP-1), 1920 × 1080, main"));
    QCOMPARE(monitorText(twoMonitors()[1], 2), QStringLiteral("Monitor 2 (HDMI-2), 2560 × 1440"));
}

void TestSharePicker::choosesATarget()
{
    SharePicker picker(twoMonitors(), noCapture);
    picker.show();
    QSignalSpy chosen(&picker, &SharePicker::chosen);
    auto* list = find<QListWidget>(picker, "What to share");
    QCOMPARE(list->count(), 3);
    QCOMPARE(list->currentRow(), 0);
    list->setCurrentRow(2);
    find<QAbstractButton>(picker, "Share what is selected")->click();
    QCOMPARE(chosen.size(), 1);
    const auto target = chosen[0][0].value<ShareTarget>();
    QCOMPARE(target.kind, ShareTarget::Kind::Monitor);
    QCOMPARE(target.monitor, 1);
    QVERIFY(!picker.isVisible());
}

void TestSharePicker::cancels()
{
    SharePicker picker(twoMonitors(), noCapture);
    picker.show();
    QSignalSpy chosen(&picker, &SharePicker::chosen);
    QTest::keyClick(&picker, Qt::Key_Escape);
    QVERIFY(!picker.isVisible());
    QCOMPARE(chosen.size(), 0);
}

void TestSharePicker::showsTheScreen()
{
    auto screen = std::make_shared<PatternScreen>(Size{640, 400});
    screen->fill({0, 0, 640, 400}, kRed);
    SharePicker picker({Monitor{QStringLiteral("A"), {0, 0, 640, 400}, true}},
        [screen]() -> Result<std::unique_ptr<ScreenCapture>> {
            return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(screen));
        });
    picker.show();
    auto* list = find<QListWidget>(picker, "What to share");
    const auto middle = [list](int row) {
        const QImage image = list->item(row)->icon().pixmap(list->iconSize()).toImage();
        return image.pixel(image.width() / 2, image.height() / 2) & kColorMask;
    };
    QTRY_COMPARE(middle(0), kRed);
    QTRY_COMPARE(middle(1), kRed);
    QVERIFY(find<QPushButton>(picker, "Share what is selected")->isDefault());
}

void TestSharePicker::previewsShowTheScreen()
{
    auto screen = std::make_shared<PatternScreen>(Size{640, 200});
    screen->fill({0, 0, 320, 200}, kRed);
    screen->fill({320, 0, 320, 200}, kBlue);
    const auto open = [screen]() -> Result<std::unique_ptr<ScreenCapture>> {
        return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(screen));
    };
    const ShareTarget right{.kind = ShareTarget::Kind::Region, .monitor = 0, .region = {320, 0, 320, 200}};
    const ShareTarget outside{.kind = ShareTarget::Kind::Monitor, .monitor = 7, .region = {}};
    TargetPreviews previews(open, {ShareTarget{}, outside, right}, QSize(160, 160));
    QSignalSpy ready(&previews, &TargetPreviews::ready);
    QTRY_COMPARE(ready.size(), 2);
    QCOMPARE(ready[0][0].toInt(), 0);
    const auto whole = ready[0][1].value<QImage>();
    QCOMPARE(whole.size(), QSize(160, 50)); // in its proportions
    QCOMPARE(whole.pixel(20, 25) & kColorMask, kRed);
    QCOMPARE(whole.pixel(140, 25) & kColorMask, kBlue);
    QCOMPARE(ready[1][0].toInt(), 2);
    QCOMPARE(ready[1][1].value<QImage>().pixel(5, 5) & kColorMask, kBlue);
}

void TestSharePicker::previewsAreMadeElsewhere()
{
    std::atomic<bool> isElsewhere = false;
    const auto here = std::this_thread::get_id();
    const auto open = [&isElsewhere, here]() -> Result<std::unique_ptr<ScreenCapture>> {
        isElsewhere = std::this_thread::get_id() != here;
        return noCapture();
    };
    {
        const TargetPreviews previews(open, {ShareTarget{}}, QSize(10, 10));
        QTRY_VERIFY(isElsewhere);
    }
}

void TestSharePicker::everyControlHasAName()
{
    SharePicker picker(twoMonitors(), noCapture);
    for (const QAbstractButton* button : picker.findChildren<QAbstractButton*>()) {
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(button->text().contains(QLatin1Char('&')), qPrintable(button->text()));
    }
}

QTEST_MAIN(TestSharePicker)
#include "tst_share_picker.moc"
