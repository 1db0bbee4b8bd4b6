#include "rdp_pair.h"

#include <QTest>

using namespace sightline;

class TestRdpGraphics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void solidFillArrives();
};

void TestRdpGraphics::solidFillArrives()
{
    RdpPair pair({640, 480});
    QVERIFY(pair.waitReady());
    pair.reset({640, 480});
    QVERIFY(pair.frame(1, {SolidFill{1, 0x336699, {{0, 0, 640, 480}}}}));
    const ViewerReport seen = pair.viewerReport.copy();
    QCOMPARE(seen.sizes.size(), std::size_t(1));
    QCOMPARE(seen.screen.row(0)[0] & kColorMask, 0x336699u);
    QCOMPARE(seen.screen.row(479)[639] & kColorMask, 0x336699u);
}

QTEST_GUILESS_MAIN(TestRdpGraphics)
#include "tst_rdp_graphics.moc"
