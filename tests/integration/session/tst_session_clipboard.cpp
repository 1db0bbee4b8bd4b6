#include "conversation_pair.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

ClipboardContent text(const char* utf8)
{
    return {.text = QString::fromUtf8(utf8), .png = {}, .dib = {}};
}

/// What arrived last at this side.
ClipboardContent last(const QSignalSpy& spy)
{
    return spy.isEmpty() ? ClipboardContent() : spy.last()[0].value<ClipboardContent>();
}

/// A pair in which the viewer has control.
struct Pair : ConversationPair {
    bool start()
    {
        if (!connect())
            return false;
        anna->control().grant();
        return becomes(ControlState::Granted) && waitUntil([this] { return anna->clipboard().isShared(); });
    }

    /// Everything that was under way before has arrived after it: clipboard messages keep their order.
    bool settle()
    {
        QSignalSpy there(&vera->clipboard(), &SessionClipboard::remoteChanged);
        anna->clipboard().setLocal(text("settled"));
        return waitUntil([&there] { return last(there) == text("settled"); });
    }
};

} // namespace

class TestSessionClipboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothWays();
    void nothingWithoutControl();
    void whatWasCopiedBefore();
    void endsWithControl();
    void directions();
    void largeContentLeavesThePictureFree();
    void nextSession();
};

void TestSessionClipboard::bothWays()
{
    Pair pair;
    QVERIFY(pair.start());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    QSignalSpy atAnna(&pair.anna->clipboard(), &SessionClipboard::remoteChanged);
    pair.anna->clipboard().setLocal(text("Größe\nЖ 漢 😀"));
    QVERIFY(waitUntil([&] { return last(atVera) == text("Größe\nЖ 漢 😀"); }));
    const ClipboardContent picture{
        .text = QStringLiteral("caption"), .png = QByteArray(50'000, 'p'), .dib = {}};
    pair.vera->clipboard().setLocal(picture);
    QVERIFY(waitUntil([&] { return last(atAnna) == picture; }));
    QCOMPARE(atAnna.size(), 1);
    QCOMPARE(atVera.size(), 1);
}

void TestSessionClipboard::nothingWithoutControl()
{
    Pair pair;
    QVERIFY(pair.connect());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    QSignalSpy atAnna(&pair.anna->clipboard(), &SessionClipboard::remoteChanged);
    QVERIFY(!pair.anna->clipboard().isShared());
    pair.anna->clipboard().setLocal(text("secret"));
    pair.vera->clipboard().setLocal(text("mine"));
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(pair.settle());
    QCOMPARE(atVera.size(), 1); // only what settled it
    QVERIFY(waitUntil([&] { return last(atAnna) == text("mine"); }));
}

void TestSessionClipboard::whatWasCopiedBefore()
{
    // The viewer's content comes along with control; what the sharer copied before was meant for nobody.
    Pair pair;
    QVERIFY(pair.start());
    pair.anna->clipboard().setLocal(text("while shared"));
    pair.anna->control().revoke();
    QVERIFY(pair.becomes(ControlState::None));
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(pair.settle());
    QCOMPARE(atVera.size(), 1);
}

void TestSessionClipboard::endsWithControl()
{
    Pair pair;
    QVERIFY(pair.start());
    QSignalSpy shared(&pair.vera->clipboard(), &SessionClipboard::sharedChanged);
    pair.anna->control().revoke();
    QVERIFY(waitUntil([&] { return !pair.vera->clipboard().isShared(); }));
    QVERIFY(!pair.anna->clipboard().isShared());
    QCOMPARE(shared.size(), 1);
}

void TestSessionClipboard::directions()
{
    Pair pair;
    pair.anna->clipboard().setDirections({.send = false, .receive = true});
    pair.vera->clipboard().setDirections({.send = true, .receive = true});
    QVERIFY(pair.start());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    QSignalSpy atAnna(&pair.anna->clipboard(), &SessionClipboard::remoteChanged);
    pair.anna->clipboard().setLocal(text("stays here"));
    pair.vera->clipboard().setLocal(text("arrives"));
    QVERIFY(waitUntil([&] { return last(atAnna) == text("arrives"); }));
    pair.anna->clipboard().setDirections({.send = true, .receive = false});
    pair.vera->clipboard().setLocal(text("is not taken"));
    QVERIFY(pair.settle());
    QCOMPARE(atVera.size(), 1);
    QCOMPARE(atAnna.size(), 1);
}

void TestSessionClipboard::largeContentLeavesThePictureFree()
{
    Pair pair;
    QVERIFY(pair.start());
    QSignalSpy atVera(&pair.vera->clipboard(), &SessionClipboard::remoteChanged);
    const ClipboardContent large{.text = {}, .png = QByteArray(6'000'000, 'x'), .dib = {}};
    pair.anna->clipboard().setLocal(large);
    // Pictures and keys pass while it is under way.
    const quint64 before = pair.vera->remoteScreen().framesPainted();
    for (int i = 0; i < 20; ++i) {
        const quint64 frames = pair.vera->remoteScreen().framesPainted();
        pair.screen->fill({0, 0, 20, 20}, 0x010101U * unsigned(i + 1));
        QVERIFY(waitUntil([&] { return pair.vera->remoteScreen().framesPainted() > frames; }));
        QVERIFY2(atVera.isEmpty() || i > 2, "nothing was under way any more");
    }
    QVERIFY(pair.vera->remoteScreen().framesPainted() >= before + 20);
    QVERIFY(waitUntil([&] { return last(atVera) == large; }));
}

void TestSessionClipboard::nextSession()
{
    Pair pair;
    QVERIFY(pair.start());
    pair.anna->stopSharing();
    QVERIFY(waitUntil([&] { return pair.vera->viewingState() == Conversation::ViewingState::Off; }));
    QVERIFY(waitUntil([&] { return !pair.vera->clipboard().isShared(); }));
    pair.anna->startSharing({});
    QVERIFY(waitUntil([&] { return pair.vera->viewingState() == Conversation::ViewingState::Active; }));
    QVERIFY(waitUntil([&] { return pair.anna->sharingState() == Conversation::SharingState::Active; }));
    QVERIFY(!pair.anna->clipboard().isShared());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(pair.settle());
}

QTEST_GUILESS_MAIN(TestSessionClipboard)
#include "tst_session_clipboard.moc"
