#include "ui/monitor_chooser.h"
#include "ui/viewer_bar.h"

#include "tests/support/widget_search.h"

#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace sightline;

class TestViewerBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsWhereThereIsRoom();
    void anotherButtonTakesRoom();
};

namespace {

bool hasWords(const ViewerBar& bar)
{
    const QList<QToolButton*> buttons = bar.findChildren<QToolButton*>();
    return std::all_of(buttons.begin(), buttons.end(),
        [](const QToolButton* button) { return button->toolButtonStyle() == Qt::ToolButtonTextBesideIcon; });
}

} // namespace

void TestViewerBar::wordsWhereThereIsRoom()
{
    ViewerBar bar;
    bar.setTitle(QStringLiteral("Desktop of Anna"));
    bar.resize(900, bar.sizeHint().height());
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QTRY_VERIFY(hasWords(bar));
    const int least = bar.minimumSizeHint().width();
    QVERIFY(least < bar.sizeHint().width());
    bar.resize(least, bar.height());
    QTRY_VERIFY(!hasWords(bar));
    QVERIFY(find<QToolButton>(bar, "Stop viewing")->geometry().right() < least);
    bar.resize(900, bar.height());
    QTRY_VERIFY(hasWords(bar));
}

void TestViewerBar::anotherButtonTakesRoom()
{
    ViewerBar bar;
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QCoreApplication::processEvents();
    const int least = bar.minimumSizeHint().width();
    for (int width = least; !hasWords(bar) || width == least; ++width) {
        QVERIFY(width < 900);
        bar.resize(width, bar.height());
        QCoreApplication::processEvents();
    }
    bar.monitors().setMonitors({{0, 0, 9, 9}, {9, 0, 9, 9}}, {});
    QTRY_VERIFY(!hasWords(bar));
    bar.monitors().setMonitors({{0, 0, 9, 9}}, {});
    bar.resize(bar.width() + 60, bar.height());
    QTRY_VERIFY(hasWords(bar));
}

QTEST_MAIN(TestViewerBar)
#include "tst_viewer_bar.moc"
