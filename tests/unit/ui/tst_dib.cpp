#include "ui/dib.h"

#include <QBuffer>
#include <QTest>

using namespace sightline;

class TestDib : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void garbage_data();
    void garbage();
};

void TestDib::reads_data()
{
    QTest::addColumn<QImage::Format>("format");
    QTest::newRow("24 bits") << QImage::Format_RGB888;
    QTest::newRow("32 bits") << QImage::Format_RGB32;
    QTest::newRow("256 colours") << QImage::Format_Indexed8;
    QTest::newRow("black and white") << QImage::Format_Mono;
}

void TestDib::reads()
{
    QFETCH(const QImage::Format, format);
    QImage image(7, 5, QImage::Format_RGB32);
    image.fill(Qt::white);
    image.setPixel(2, 3, qRgb(0, 0, 0));
    image = image.convertToFormat(format);
    QByteArray file;
    QBuffer buffer(&file);
    buffer.open(QIODevice::WriteOnly);
    QVERIFY(image.save(&buffer, "BMP"));
    const QImage read = imageFromDib(file.mid(14));
    QCOMPARE(read.convertToFormat(QImage::Format_RGB32), image.convertToFormat(QImage::Format_RGB32));
}

void TestDib::garbage_data()
{
    QTest::addColumn<QByteArray>("dib");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut header") << QByteArray::fromHex("28000000070000000500");
    QTest::newRow("tiny header") << QByteArray::fromHex("04000000").append(60, '\0');
    QTest::newRow("huge header") << QByteArray::fromHex("ffffffff").append(60, '\0');
    QTest::newRow("ones") << QByteArray::fromHex("28000000").append(200, '\xff');
}

void TestDib::garbage()
{
    QFETCH(const QByteArray, dib);
    QVERIFY(imageFromDib(dib).isNull());
}

QTEST_GUILESS_MAIN(TestDib)
#include "tst_dib.moc"
