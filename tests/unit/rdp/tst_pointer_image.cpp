#include "core/rdp/pointer_image.h"

#include <QTest>

using namespace sightline;

class TestPointerImage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void convertsBottomUp();
    void padsOddWidths_data();
    void padsOddWidths();
    void movesHotSpotIn();
    void shrinks();
    void seesWhatIsVisible_data();
    void seesWhatIsVisible();
};

void TestPointerImage::convertsBottomUp()
{
    // Two rows: opaque red and half green above; fully transparent white and opaque black below.
    const CursorShape shape{{2, 2}, {1, 0}, {0xFFFF0000, 0x8000FF00, 0x00FFFFFF, 0xFF000000}};
    const PointerImage image = pointerImageOf(shape, 384);
    QCOMPARE(image.width, std::uint16_t(2));
    QCOMPARE(image.height, std::uint16_t(2));
    QCOMPARE(image.hotSpotX, std::uint16_t(1));
    QCOMPARE(image.hotSpotY, std::uint16_t(0));
    QCOMPARE(toByteArray(image.xorMask).toHex(),
        QByteArray("00000000"
                   "000000ff"
                   "0000ffff"
                   "00ff0080"));
    QCOMPARE(toByteArray(image.andMask).toHex(),
        QByteArray("8000"
                   "0000"));
}

void TestPointerImage::padsOddWidths_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QByteArray>("andRow"); // of fully transparent pixels
    QTest::newRow("1") << 1 << QByteArray("8000");
    QTest::newRow("7") << 7 << QByteArray("fe00");
    QTest::newRow("8") << 8 << QByteArray("ff00");
    QTest::newRow("16") << 16 << QByteArray("ffff");
    QTest::newRow("17") << 17 << QByteArray("ffff8000");
    QTest::newRow("33") << 33 << QByteArray("ffffffff8000");
}

void TestPointerImage::padsOddWidths()
{
    QFETCH(int, width);
    QFETCH(QByteArray, andRow);
    const CursorShape shape{
        {width, 3}, {0, 0}, std::vector<std::uint32_t>(static_cast<std::size_t>(width * 3))};
    const PointerImage image = pointerImageOf(shape, 384);
    QCOMPARE(toByteArray(image.andMask).toHex(), andRow + andRow + andRow);
    QCOMPARE(image.xorMask, Bytes(static_cast<std::size_t>(width * 3 * 4)));
}

void TestPointerImage::movesHotSpotIn()
{
    const CursorShape shape{{2, 2}, {9, -9}, std::vector<std::uint32_t>(4, 0xFFFFFFFF)};
    const PointerImage image = pointerImageOf(shape, 384);
    QCOMPARE(image.hotSpotX, std::uint16_t(1));
    QCOMPARE(image.hotSpotY, std::uint16_t(0));
}

void TestPointerImage::shrinks()
{
    CursorShape shape{{128, 64}, {127, 63}, std::vector<std::uint32_t>(128 * 64, 0xFF000000)};
    shape.pixels[0] = 0xFFABCDEF;
    const PointerImage image = pointerImageOf(shape, 32);
    QCOMPARE(image.width, std::uint16_t(32));
    QCOMPARE(image.height, std::uint16_t(16));
    QCOMPARE(image.hotSpotX, std::uint16_t(31));
    QCOMPARE(image.hotSpotY, std::uint16_t(15));
    QCOMPARE(toByteArray(image.xorMask).sliced(15 * 32 * 4, 4).toHex(), QByteArray("efcdabff"));
    const CursorShape line{{400, 1}, {0, 0}, std::vector<std::uint32_t>(400, 0xFF000000)};
    QCOMPARE(pointerImageOf(line, 96).height, std::uint16_t(1));
}

void TestPointerImage::seesWhatIsVisible_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QList<std::uint32_t>>("pixels");
    QTest::addColumn<bool>("visible");
    QTest::newRow("empty") << 0 << QList<std::uint32_t>{} << false;
    QTest::newRow("transparent") << 2 << QList<std::uint32_t>{0x00FFFFFF, 0} << false;
    QTest::newRow("faint") << 2 << QList<std::uint32_t>{0, 0x01000000} << true;
    QTest::newRow("fewer pixels than it says") << 2 << QList<std::uint32_t>{0xFFFFFFFF} << false;
}

void TestPointerImage::seesWhatIsVisible()
{
    QFETCH(int, width);
    QFETCH(QList<std::uint32_t>, pixels);
    QFETCH(bool, visible);
    QCOMPARE(isVisible({{width, 1}, {0, 0}, {pixels.begin(), pixels.end()}}), visible);
}

QTEST_GUILESS_MAIN(TestPointerImage)
#include "tst_pointer_image.moc"
