#include "conversation_pair.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

using Extension = ScancodeKey::Extension;

const InputEvent kPress = ScancodeKey{0x1E, Extension::None, true};
const InputEvent kRelease = ScancodeKey{0x1E, Extension::None, false};

} // namespace

class TestSessionControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void askGiveUseTakeBack();
    void aRefusalIsHeard();
    void isGivenUnaskedAndGivenBack();
    void inputWithoutControlIsDroppedAndCounted();
    void theSharerWins();
    void theAreaFollowsTheDesktop();
    void pauseHoldsThePictureAndTheInput();
    void everythingIsReleasedWhenTheViewerGoes();
    void everythingIsReleasedWhenSharingEnds();
    void whatCannotBeControlledIsNotOffered();
    void aFailureLeavesTheViewing();
};

void TestSessionControl::askGiveUseTakeBack()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    QVERIFY(pair.anna->control().isAvailable() && pair.vera->control().isAvailable());
    QString asking;
    QObject::connect(&pair.anna->control(), &SessionControl::requested, this,
        [&asking](const Participant& viewer) { asking = viewer.displayName; });
    pair.vera->control().request();
    QVERIFY(waitUntil([&asking] { return !asking.isEmpty(); }));
    QCOMPARE(asking, QStringLiteral("Vera"));
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.vera->control().sendInput(kPress); // not yet
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));

    const std::vector<InputEvent> events{PointerButton{MouseButton::Left, true, {10, 20}},
        PointerButton{MouseButton::Left, false, {10, 20}}, kPress, kRelease, UnicodeKey{u'ß', true},
        UnicodeKey{u'ß', false}};
    for (const InputEvent& event : events)
        pair.vera->control().sendInput(event);
    QVERIFY(waitUntil([&] { return pair.injector.content().events.size() >= events.size(); }));
    QVERIFY(pair.injector.content().events == events);

    pair.anna->control().revoke();
    QVERIFY(!pair.injector.content().isOpen);
    QVERIFY(pair.becomes(ControlState::None));
    QVERIFY(waitUntil([&] { return pair.anna->statistics().inputInjected == events.size(); }));
    QCOMPARE(pair.anna->statistics().control, QStringLiteral("none"));
}

void TestSessionControl::aRefusalIsHeard()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.vera->control().request();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.anna->control().deny();
    QVERIFY(pair.becomes(ControlState::None));
    QCOMPARE(pair.injector.content().timesOpened, 0);
}

void TestSessionControl::isGivenUnaskedAndGivenBack()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY(waitUntil([&] { return pair.vera->statistics().control == QStringLiteral("granted"); }));
    pair.vera->control().sendInput(kPress);
    QVERIFY(waitUntil([&] { return !pair.injector.content().events.empty(); }));
    pair.vera->control().release();
    QVERIFY(pair.becomes(ControlState::None));
    QVERIFY(!pair.injector.content().isOpen);
}

void TestSessionControl::inputWithoutControlIsDroppedAndCounted()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    // Taken back here; Vera does not know before she looks at her messages, and goes on.
    pair.anna->control().revoke();
    for (int i = 0; i < 10; ++i)
        pair.vera->control().sendInput(i % 2 == 0 ? kPress : kRelease);
    QVERIFY(waitUntil([&] { return pair.anna->statistics().inputDropped == 10; }));
    QVERIFY(pair.injector.content().events.empty());
    QVERIFY(pair.becomes(ControlState::None));
}

void TestSessionControl::theSharerWins()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.vera->control().sendInput(kPress);
    QVERIFY(waitUntil([&] { return pair.injector.content().events.size() == 1; }));
    const InputInjector::Handlers person = pair.injector.handlers();
    person.localInput();
    QCOMPARE(pair.injector.content().timesReleased, 1);
    pair.vera->control().sendInput(UnicodeKey{u'x', true});
    // Control itself stays: as soon as the person rests, it works again.
    QVERIFY(waitUntil([&] {
        pair.vera->control().sendInput(PointerMove{{1, 1}});
        return pair.injector.content().events.size() > 1;
    }));
    QVERIFY((pair.injector.content().events.back() == InputEvent(PointerMove{{1, 1}})));
    QCOMPARE(pair.anna->control().state(), ControlState::Granted);
    person.takeBackHotkey();
    QVERIFY(pair.becomes(ControlState::None));
}

void TestSessionControl::theAreaFollowsTheDesktop()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QVERIFY((pair.injector.content().area == Rect{0, 0, 640, 480}));
    pair.screen->resize({800, 600});
    QVERIFY(waitUntil([&] { return pair.injector.content().area == Rect{0, 0, 800, 600}; }));
}

void TestSessionControl::pauseHoldsThePictureAndTheInput()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    const auto firstPixel = [&pair] {
        std::uint32_t pixel = 0;
        pair.vera->remoteScreen().withPicture([&](const PictureView& picture) { pixel = picture.row(0)[0]; });
        return pixel & 0xFFFFFF;
    };
    pair.screen->fill({0, 0, 640, 480}, 0x112233);
    QVERIFY(waitUntil([&] { return firstPixel() == 0x112233; }));

    pair.anna->control().pause();
    QVERIFY(waitUntil([&] { return pair.vera->control().isPaused(); }));
    pair.screen->fill({0, 0, 640, 480}, 0x445566);
    pair.vera->control().sendInput(kPress);
    // An answer that comes after both would have: what was held back never left.
    QSignalSpy statistics(pair.vera.get(), &Conversation::statisticsChanged);
    QVERIFY(waitUntil([&] { return statistics.size() >= 2; }));
    QCOMPARE(firstPixel(), std::uint32_t(0x112233));
    QVERIFY(pair.injector.content().events.empty());

    pair.anna->control().resume();
    QVERIFY(waitUntil([&] { return !pair.vera->control().isPaused() && firstPixel() == 0x445566; }));
    pair.vera->control().sendInput(kPress);
    QVERIFY(waitUntil([&] { return pair.injector.content().events.size() == 1; }));
}

void TestSessionControl::everythingIsReleasedWhenTheViewerGoes()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.vera->control().sendInput(kPress);
    QVERIFY(waitUntil([&] { return pair.injector.content().events.size() == 1; }));
    pair.vera->leave();
    QVERIFY(waitUntil([&] { return !pair.injector.content().isOpen; }));
    QCOMPARE(pair.anna->control().state(), ControlState::None);
    QVERIFY(!pair.anna->control().isAvailable());
}

void TestSessionControl::everythingIsReleasedWhenSharingEnds()
{
    ConversationPair pair;
    QVERIFY(pair.connect());
    pair.anna->control().grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.anna->stopSharing();
    QVERIFY(!pair.injector.content().isOpen);
    QVERIFY(waitUntil([&] { return pair.vera->control().state() == ControlState::None; }));
    // From the beginning, nothing of it is left.
    pair.anna->startSharing({});
    QVERIFY(waitUntil([&] { return pair.vera->viewingState() == Conversation::ViewingState::Active; }));
    QVERIFY(pair.becomes(ControlState::None));
}

void TestSessionControl::whatCannotBeControlledIsNotOffered()
{
    ConversationPair pair({640, 480}, false);
    QVERIFY(pair.connect());
    QVERIFY(!pair.vera->control().isAvailable());
    pair.vera->control().request();
    QCOMPARE(pair.vera->control().state(), ControlState::None);
    bool hasFailed = false;
    QObject::connect(
        &pair.anna->control(), &SessionControl::failed, this, [&hasFailed] { hasFailed = true; });
    pair.anna->control().grant();
    QVERIFY(hasFailed);
    QCOMPARE(pair.anna->control().state(), ControlState::None);
}

void TestSessionControl::aFailureLeavesTheViewing()
{
    ConversationPair pair;
    pair.injector.refuse(Error(ErrorCode::NoDisplay, QStringLiteral("the display takes no input")));
    QVERIFY(pair.connect());
    std::vector<Error> errors;
    QObject::connect(&pair.anna->control(), &SessionControl::failed, this,
        [&errors](const Error& error) { errors.push_back(error); });
    pair.vera->control().request();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.anna->control().grant();
    QCOMPARE(errors.size(), std::size_t(1));
    QVERIFY(errors.front().toString().contains(QStringLiteral("takes no input")));
    QVERIFY(pair.becomes(ControlState::None));
    QCOMPARE(pair.vera->viewingState(), Conversation::ViewingState::Active);
    pair.screen->fill({0, 0, 640, 480}, 0x445566);
    const quint64 frames = pair.vera->remoteScreen().framesPainted();
    QVERIFY(waitUntil([&] { return pair.vera->remoteScreen().framesPainted() > frames; }));
}

QTEST_GUILESS_MAIN(TestSessionControl)
#include "tst_session_control.moc"
