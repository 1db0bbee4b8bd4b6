#include "ui/share_bar.h"
#include "ui/share_frame.h"

#include "tests/support/widget_search.h"

#include <QAbstractButton>
#include <QEnterEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

class TestShareBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liesInTheMiddleOfTheEdge();
    void saysWhoSeesTheDesktop();
    void buttonsAreHeard();
    void foldsAndUnfolds();
    void isDrawnAlongTheEdge();
    void theFrameIsAround();
};

namespace {

constexpr QRect kArea(100, 50, 1200, 700);

ShareBar::Status seenBy(const QString& text)
{
    return {
        .text = text, .color = Qt::green, .isPaused = false, .isControlled = false, .canGiveControl = true};
}

} // namespace

void TestShareBar::liesInTheMiddleOfTheEdge()
{
    ShareBar bar;
    bar.setEdge(kArea);
    bar.setStatus(seenBy(QStringLiteral("Vera sees your desktop")));
    bar.show();
    QCOMPARE(bar.geometry().top(), kArea.top());
    QVERIFY(std::abs(bar.geometry().center().x() - kArea.center().x()) <= 1);
    QVERIFY(bar.height() < 60 && bar.width() < 800);
    bar.setEdge({0, 0, 200, 100});
    QVERIFY(QRect(0, 0, 200, 100).contains(bar.geometry()));
}

void TestShareBar::saysWhoSeesTheDesktop()
{
    ShareBar bar;
    bar.setEdge(kArea);
    bar.setStatus(seenBy(QStringLiteral("Vera <b>sees</b> your desktop")));
    bar.show();
    QCOMPARE(bar.findChild<QLabel*>()->text(), QStringLiteral("Vera <b>sees</b> your desktop"));
    QCOMPARE(bar.findChild<QLabel*>()->textFormat(), Qt::PlainText);
    QVERIFY(find<QAbstractButton>(bar, "Give control")->isVisible());
    ShareBar::Status status = seenBy(QStringLiteral("x"));
    status.isPaused = true;
    status.isControlled = true;
    bar.setStatus(status);
    QVERIFY(find<QAbstractButton>(bar, "Take back control")->isVisible());
    QVERIFY(find<QAbstractButton>(bar, "Resume sharing")->isVisible());
    bar.setStatus({.text = QStringLiteral("y"), .color = Qt::red});
    QVERIFY(!find<QAbstractButton>(bar, "Give control")->isVisible());
}

void TestShareBar::buttonsAreHeard()
{
    ShareBar bar;
    bar.setEdge(kArea);
    bar.setStatus(seenBy(QStringLiteral("x")));
    bar.show();
    QSignalSpy pauses(&bar, &ShareBar::pauseToggled);
    QSignalSpy controls(&bar, &ShareBar::controlToggled);
    QSignalSpy stops(&bar, &ShareBar::stopChosen);
    QSignalSpy monitors(&bar, &ShareBar::nextMonitorChosen);
    QVERIFY(!find<QAbstractButton>(bar, "Next monitor")->isVisible());
    ShareBar::Status status = seenBy(QStringLiteral("x"));
    status.hasOtherMonitors = true;
    bar.setStatus(status);
    QVERIFY(find<QAbstractButton>(bar, "Next monitor")->isVisible());
    for (const char* name : {"Pause sharing", "Give control", "Next monitor", "Stop sharing"})
        QTest::mouseClick(find<QAbstractButton>(bar, name), Qt::LeftButton);
    QCOMPARE(pauses.size() + controls.size() + monitors.size() + stops.size(), 4);
    QCOMPARE(stops.size(), 1);
}

void TestShareBar::foldsAndUnfolds()
{
    ShareBar bar;
    bar.setEdge(kArea);
    bar.setStatus(seenBy(QStringLiteral("Vera sees your desktop")));
    bar.show();
    const QSize open = bar.size();
    QTRY_VERIFY_WITH_TIMEOUT(bar.isFolded(), 20000);
    QVERIFY(bar.height() <= 8 && bar.width() < open.width());
    QEnterEvent enter(QPointF(1, 1), QPointF(1, 1), QPointF(bar.pos()));
    QCoreApplication::sendEvent(&bar, &enter);
    QVERIFY(!bar.isFolded());
    QCOMPARE(bar.size(), open);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&bar, &leave);
    QTRY_VERIFY_WITH_TIMEOUT(bar.isFolded(), 20000);
    // News are shown.
    bar.setStatus(seenBy(QStringLiteral("Vera controls your desktop")));
    QVERIFY(!bar.isFolded());
}

void TestShareBar::isDrawnAlongTheEdge()
{
    ShareBar bar;
    bar.setEdge(kArea);
    bar.setStatus(seenBy(QStringLiteral("Vera sees your desktop")));
    bar.show();
    const QRect before = bar.geometry();
    const QPoint grip(3, bar.height() / 2);
    QTest::mousePress(&bar, Qt::LeftButton, {}, grip);
    QTest::mouseMove(&bar, grip + QPoint(-100, 40));
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, grip);
    QCOMPARE(bar.geometry().top(), before.top());
    QVERIFY(std::abs(bar.geometry().left() - (before.left() - 100)) <= 2);
    QTest::mousePress(&bar, Qt::LeftButton, {}, grip);
    QTest::mouseMove(&bar, grip + QPoint(-5000, 0));
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, grip);
    QCOMPARE(bar.geometry().left(), kArea.left());
}

void TestShareBar::theFrameIsAround()
{
    ShareFrame frame;
    frame.setGeometry(kArea);
    frame.setColor(Qt::red);
    frame.setVisible(true);
    QRegion region;
    for (const QWidget* side : frame.windows()) {
        QVERIFY(side->isVisible());
        QVERIFY(side->windowFlags().testFlag(Qt::WindowTransparentForInput));
        QVERIFY(region.intersected(side->geometry()).isEmpty());
        region += side->geometry();
    }
    QCOMPARE(region, QRegion(kArea) - QRegion(kArea.adjusted(3, 3, -3, -3)));
}

QTEST_MAIN(TestShareBar)
#include "tst_share_bar.moc"
