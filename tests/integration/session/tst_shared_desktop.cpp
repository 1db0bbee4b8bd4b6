#include "conversation_pair.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

// What is shared changes while somebody sees it.

namespace {

constexpr std::uint32_t kLeft = 0x2040C0;
constexpr std::uint32_t kRight = 0xC04020;

bool shows(const Conversation& viewer, Size size, std::uint32_t color)
{
    bool isAll = false;
    const_cast<Conversation&>(viewer).remoteScreen().withPicture([&](const PictureView& picture) {
        isAll = Size{picture.width, picture.height} == size;
        for (int y = 0; isAll && y < picture.height; ++y) {
            for (int x = 0; isAll && x < picture.width; ++x)
                isAll = (picture.row(y)[x] & kColorMask) == color;
        }
    });
    return isAll;
}

ShareTarget monitor(int index)
{
    return {.kind = ShareTarget::Kind::Monitor, .monitor = index, .region = {}};
}

} // namespace

class TestSharedDesktop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherMonitorWithoutAnotherInvitation();
    void whatIsNotThereChangesNothing();
    void aMonitorIsUnpluggedAndPlugged();
    void theViewerKnowsTheMonitors();
    void theSharedMonitorIsUnplugged();
    void followedWhileNobodySees();
    void theEndWhileNobodySees();
};

namespace {

/// Two monitors beside each other, each of one colour.
void twoMonitors(PatternScreen& screen)
{
    screen.resize({500, 240});
    screen.setMonitors(
        {{QStringLiteral("A"), {0, 0, 320, 240}, true}, {QStringLiteral("B"), {320, 0, 180, 200}, false}});
    screen.fill({0, 0, 320, 240}, kLeft);
    screen.fill({320, 0, 180, 240}, kRight);
}

} // namespace

void TestSharedDesktop::anotherMonitorWithoutAnotherInvitation()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    SharedDesktop& desktop = pair.anna->sharedDesktop();
    QSignalSpy invitations(pair.vera.get(), &Conversation::invitationReceived);
    QSignalSpy ends(pair.vera.get(), &Conversation::viewingEnded);
    QVERIFY((desktop.area() == Rect{0, 0, 500, 240}));
    for (int round = 0; round < 3; ++round) {
        QVERIFY(desktop.changeTarget(monitor(0)).has_value());
        QVERIFY((desktop.area() == Rect{0, 0, 320, 240}));
        QVERIFY(waitUntil([&] { return shows(*pair.vera, {320, 240}, kLeft); }));
        QVERIFY(desktop.changeTarget(monitor(1)).has_value());
        QVERIFY(waitUntil([&] { return shows(*pair.vera, {180, 200}, kRight); }));
    }
    // Control acts on what is shared now.
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(waitUntil([&] { return pair.injector.content().area == Rect{320, 0, 180, 200}; }));
    QCOMPARE(invitations.size(), 0);
    QCOMPARE(ends.size(), 0);
}

void TestSharedDesktop::whatIsNotThereChangesNothing()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    SharedDesktop& desktop = pair.anna->sharedDesktop();
    QVERIFY(desktop.changeTarget(monitor(1)).has_value());
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {180, 200}, kRight); }));
    QCOMPARE(desktop.changeTarget(monitor(2)).error().code(), ErrorCode::CaptureFailed);
    const ShareTarget window{.kind = ShareTarget::Kind::Window, .monitor = 0, .region = {}, .window = 7};
    QCOMPARE(desktop.changeTarget(window).error().code(), ErrorCode::NoWindow);
    QCOMPARE(desktop.target().monitor, 1);
    QCOMPARE(desktop.target().monitorName, QStringLiteral("B"));
    pair.screen->fill({320, 0, 180, 240}, kLeft);
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {180, 200}, kLeft); }));
    pair.anna->stopSharing();
    QVERIFY(desktop.area().isEmpty());
}

void TestSharedDesktop::aMonitorIsUnpluggedAndPlugged()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    pair.screen->resize({320, 240});
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {320, 240}, kLeft); }));
    QVERIFY(waitUntil([&] { return pair.anna->sharedDesktop().area() == Rect{0, 0, 320, 240}; }));
    twoMonitors(*pair.screen);
    QVERIFY(waitUntil([&] { return pair.anna->sharedDesktop().area() == Rect{0, 0, 500, 240}; }));
    pair.screen->fill({0, 0, 500, 240}, kRight);
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {500, 240}, kRight); }));
}

void TestSharedDesktop::theViewerKnowsTheMonitors()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    const RemoteScreen& seen = pair.vera->remoteScreen();
    QVERIFY((seen.monitors() == Rects{{0, 0, 320, 240}, {320, 0, 180, 200}}));
    // As large as before, but others: exchanged.
    pair.screen->setMonitors(
        {{QStringLiteral("A"), {180, 0, 320, 240}, true}, {QStringLiteral("B"), {0, 0, 180, 200}, false}});
    QVERIFY(waitUntil([&] { return seen.monitors() == Rects{{180, 0, 320, 240}, {0, 0, 180, 200}}; }));
    pair.screen->fill({0, 0, 500, 240}, kRight);
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {500, 240}, kRight); }));
    QVERIFY(pair.anna->sharedDesktop().changeTarget(monitor(1)).has_value());
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {180, 200}, kRight); }));
    QVERIFY((seen.monitors() == Rects{{0, 0, 180, 200}}));
}

void TestSharedDesktop::theSharedMonitorIsUnplugged()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    SharedDesktop& desktop = pair.anna->sharedDesktop();
    QVERIFY(desktop.changeTarget(monitor(0)).has_value());
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {320, 240}, kLeft); }));
    QSignalSpy ends(pair.vera.get(), &Conversation::viewingEnded);
    // The other one is the first now; nobody has chosen to show it.
    pair.screen->setMonitors({{QStringLiteral("B"), {0, 0, 180, 200}, true}});
    pair.screen->fill({0, 0, 500, 240}, kRight);
    QVERIFY(waitUntil([&] { return pair.vera->control().isPaused(); }));
    QVERIFY(waitUntil([&] { return desktop.isHidden(); }));
    QVERIFY(desktop.area().isEmpty());
    QVERIFY(!pair.anna->control().isPaused()); // not by the sharer
    QVERIFY(shows(*pair.vera, {320, 240}, kLeft));
    // Back, at another place and of another size.
    pair.screen->setMonitors(
        {{QStringLiteral("B"), {0, 0, 180, 200}, true}, {QStringLiteral("A"), {180, 0, 300, 220}, false}});
    QVERIFY(waitUntil([&] { return shows(*pair.vera, {300, 220}, kRight); }));
    QVERIFY(waitUntil([&] { return !pair.vera->control().isPaused() && !desktop.isHidden(); }));
    QVERIFY((desktop.area() == Rect{180, 0, 300, 220}));
    QCOMPARE(ends.size(), 0);
}

void TestSharedDesktop::followedWhileNobodySees()
{
    ConversationPair pair;
    twoMonitors(*pair.screen);
    QVERIFY(pair.connect());
    SharedDesktop& desktop = pair.anna->sharedDesktop();
    QVERIFY(desktop.changeTarget(monitor(1)).has_value());
    pair.vera->stopViewing();
    QVERIFY(waitUntil([&] { return pair.anna->sharingState() == Conversation::SharingState::Waiting; }));
    QVERIFY((desktop.area() == Rect{320, 0, 180, 200}));
    pair.screen->setMonitors({{QStringLiteral("B"), {7, 8, 90, 60}, true}});
    QVERIFY(waitUntil([&] { return desktop.area() == Rect{7, 8, 90, 60}; }));
    pair.screen->setMonitors({{QStringLiteral("A"), {0, 0, 90, 60}, true}});
    QVERIFY(waitUntil([&] { return desktop.isHidden(); }));
    QVERIFY(desktop.changeTarget({}).has_value());
    QVERIFY((desktop.area() == Rect{0, 0, 90, 60} && !desktop.isHidden()));
    pair.screen->resize({400, 300});
    QVERIFY(waitUntil([&] { return desktop.area() == Rect{0, 0, 400, 300}; }));
    pair.anna->stopSharing();
    QVERIFY(desktop.area().isEmpty() && !desktop.isHidden());
}

void TestSharedDesktop::theEndWhileNobodySees()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.vera->leave();
    QVERIFY(waitUntil([&] { return pair.anna->sharingState() == Conversation::SharingState::Waiting; }));
    QSignalSpy ends(pair.anna.get(), &Conversation::sharingEnded);
    pair.screen->fail(Error(ErrorCode::CaptureFailed, QStringLiteral("the screen is gone")));
    QVERIFY(waitUntil([&] { return pair.anna->sharingState() == Conversation::SharingState::Off; }));
    QCOMPARE(ends.size(), 1);
    QVERIFY(pair.anna->sharedDesktop().area().isEmpty());
}

QTEST_GUILESS_MAIN(TestSharedDesktop)
#include "tst_shared_desktop.moc"
