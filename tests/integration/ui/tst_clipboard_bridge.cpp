#include "tests/integration/session/conversation_pair.h"
#include "ui/clipboard_bridge.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

/// Vera has control, and the clipboard of this process is hers.
struct Pair : ConversationPair {
    Pair()
        : bridge(vera->clipboard())
        , atAnna(&anna->clipboard(), &SessionClipboard::remoteChanged)
    {
        QGuiApplication::clipboard()->clear();
    }

    bool start()
    {
        if (!connect())
            return false;
        anna->control().grant();
        return becomes(ControlState::Granted) && waitUntil([this] { return vera->clipboard().isShared(); });
    }

    ClipboardContent last() const
    {
        return atAnna.isEmpty() ? ClipboardContent() : atAnna.last()[0].value<ClipboardContent>();
    }

    ClipboardBridge bridge;
    QSignalSpy atAnna;
};

QImage pattern()
{
    QImage image(40, 30, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x * 6, y * 8, x ^ y));
    }
    return image;
}

} // namespace

class TestClipboardBridge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void text();
    void picture();
    void presentContentComesWithControl();
    void theSharersPresentContentStays();
    void unreadablePictureKeepsTheClipboard();
};

void TestClipboardBridge::text()
{
    Pair pair;
    QVERIFY(pair.start());
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setText(QStringLiteral("copied by Vera"));
    QVERIFY(waitUntil([&] { return pair.last().text == QStringLiteral("copied by Vera"); }));
    const auto arrived = pair.atAnna.size();
    pair.anna->clipboard().setLocal({.text = QStringLiteral("copied by Anna"), .png = {}, .dib = {}});
    QVERIFY(waitUntil([&] { return clipboard->text() == QStringLiteral("copied by Anna"); }));
    // What came from her does not go back to her.
    clipboard->setText(QStringLiteral("the end"));
    QVERIFY(waitUntil([&] { return pair.last().text == QStringLiteral("the end"); }));
    QCOMPARE(pair.atAnna.size(), arrived + 1);
}

void TestClipboardBridge::picture()
{
    Pair pair;
    QVERIFY(pair.start());
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setImage(pattern());
    QVERIFY(waitUntil([&] { return !pair.last().png.isEmpty(); }));
    QCOMPARE(QImage::fromData(pair.last().png).convertToFormat(QImage::Format_RGB32), pattern());

    const QByteArray png = pair.last().png;
    clipboard->clear();
    pair.anna->clipboard().setLocal({.text = {}, .png = png, .dib = {}});
    QVERIFY(waitUntil([&] { return !clipboard->image().isNull(); }));
    QCOMPARE(clipboard->image().convertToFormat(QImage::Format_RGB32), pattern());
}

void TestClipboardBridge::presentContentComesWithControl()
{
    Pair pair;
    QGuiApplication::clipboard()->setText(QStringLiteral("copied before"));
    QVERIFY(pair.start());
    QVERIFY(waitUntil([&] { return pair.last().text == QStringLiteral("copied before"); }));
}

void TestClipboardBridge::theSharersPresentContentStays()
{
    ConversationPair pair;
    const ClipboardBridge bridge(pair.anna->clipboard());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    QGuiApplication::clipboard()->setText(QStringLiteral("not meant for Vera"));
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(
        waitUntil([&] { return pair.anna->clipboard().isShared() && pair.vera->clipboard().isShared(); }));
    QGuiApplication::clipboard()->setText(QStringLiteral("copied now"));
    QVERIFY(waitUntil([&] { return !atVera.isEmpty(); }));
    QCOMPARE(atVera[0][0].value<ClipboardContent>().text, QStringLiteral("copied now"));
}

void TestClipboardBridge::unreadablePictureKeepsTheClipboard()
{
    Pair pair;
    QVERIFY(pair.start());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    QGuiApplication::clipboard()->setText(QStringLiteral("kept"));
    pair.anna->clipboard().setLocal({.text = {}, .png = QByteArray(100, 'x'), .dib = {}});
    QVERIFY(waitUntil([&] { return !atVera.isEmpty(); }));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("kept"));
}

QTEST_MAIN(TestClipboardBridge)
#include "tst_clipboard_bridge.moc"
