#include "core/graphics/reference_picture.h"
#include "test_pictures.h"

#include <QTest>

using namespace sightline;

class TestReferencePicture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void storingClearsMarks();
    void marksMoveWithCopies();
    void copiesAsIfThroughAThirdPlace_data();
    void copiesAsIfThroughAThirdPlace();
    void newestMarksComeFirst();
};

namespace {

constexpr int kSide = 192;

ReferencePicture known(const Picture& picture)
{
    ReferencePicture reference;
    reference.reset({picture.width(), picture.height()});
    reference.store(picture.view(), picture.rect());
    return reference;
}

} // namespace

void TestReferencePicture::storingClearsMarks()
{
    const Picture picture = pictures::noise(kSide, kSide, 1);
    ReferencePicture reference = known(picture);
    QVERIFY(!reference.hasLossy());
    reference.markLossy({10, 20, 30, 40});
    QVERIFY(reference.hasLossy());
    QVERIFY(reference.lossyTiles() == std::vector<int>{0});
    QVERIFY(reference.lossyBox(0) == Rect({10, 20, 30, 40}));
    reference.store(picture.view(), {0, 0, 64, 50});
    QVERIFY(reference.lossyBox(0) == Rect({10, 50, 30, 10}));
    QVERIFY(reference.hasLossy());
    reference.store(picture.view(), {10, 50, 30, 10});
    QVERIFY(!reference.hasLossy());
    QVERIFY(reference.lossyTiles().empty());
}

void TestReferencePicture::marksMoveWithCopies()
{
    const Picture picture = pictures::noise(kSide, kSide, 1);
    ReferencePicture reference = known(picture);
    reference.markLossy({0, 0, 10, 10});
    reference.copy({0, 0, 64, 64}, {100, 128});
    QVERIFY(reference.lossyTiles().size() == 2);
    QVERIFY(reference.lossyBox(reference.grid().at(1, 2)) == Rect({100, 128, 10, 10}));
    // A plain area copied over a marked one takes the mark away.
    reference.copy({64, 0, 64, 64}, {0, 0});
    QVERIFY(reference.lossyBox(0).isEmpty());
    QVERIFY(reference.lossyTiles().size() == 1);
    // What is unknown stays unknown where it is copied to.
    reference.reset({kSide, kSide});
    reference.store(picture.view(), {0, 64, 64, 64});
    reference.copy({0, 0, 64, 64}, {0, 64});
    QCOMPARE(reference.view().row(100)[5] & ReferencePicture::kUnknown, ReferencePicture::kUnknown);
}

void TestReferencePicture::copiesAsIfThroughAThirdPlace_data()
{
    QTest::addColumn<Point>("to");
    for (const Point to :
        {Point{40, 40}, {41, 40}, {39, 40}, {40, 41}, {40, 39}, {45, 33}, {20, 70}, {92, 92}})
        QTest::addRow("to %d,%d", to.x, to.y) << to;
}

void TestReferencePicture::copiesAsIfThroughAThirdPlace()
{
    QFETCH(Point, to);
    const Picture picture = pictures::noise(kSide, kSide, 3);
    ReferencePicture reference = known(picture);
    const Rect source{40, 40, 100, 100};
    reference.copy(source, to);
    Picture expected = picture;
    pictures::blit(picture, source, expected, to);
    for (int y = 0; y < kSide; ++y)
        QVERIFY(std::equal(expected.row(y), expected.row(y) + kSide, reference.view().row(y)));
}

void TestReferencePicture::newestMarksComeFirst()
{
    ReferencePicture reference = known(pictures::noise(kSide, kSide, 1));
    reference.markLossy(reference.grid().tile(4));
    reference.markLossy(reference.grid().tile(8));
    reference.markLossy(reference.grid().tile(0));
    QVERIFY((reference.lossyTiles() == std::vector<int>{0, 8, 4}));
    reference.markLossy(reference.grid().tile(4));
    QVERIFY((reference.lossyTiles() == std::vector<int>{4, 0, 8}));
}

QTEST_GUILESS_MAIN(TestReferencePicture)
#include "tst_reference_picture.moc"
