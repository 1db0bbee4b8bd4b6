#include "conference_stage.h"
#include "conversation_pair.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace sightline;

namespace {

using Person = ConferenceStage::Person;
using SharingState = Conversation::SharingState;
using ViewingState = Conversation::ViewingState;

const InputEvent kPress = ScancodeKey{0x1E, ScancodeKey::Extension::None, true};
const InputEvent kRelease = ScancodeKey{0x1E, ScancodeKey::Extension::None, false};

/// A desktop on which something moves all the time.
class MovingDesktop {
public:
    explicit MovingDesktop(PatternScreen& screen)
        : m_screen(screen)
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            ++m_step;
            m_screen.fill({8 * (m_step % 30), 8 * (m_step % 20), 40, 40},
                0xFF000000U | static_cast<std::uint32_t>(m_step * 7919));
        });
        m_timer.start(20);
    }
    void stop() { m_timer.stop(); }

private:
    PatternScreen& m_screen;
    QTimer m_timer;
    int m_step = 0;
};

/// The longest time without a new picture, and whether one was black.
class PictureWatch {
public:
    explicit PictureWatch(RemoteScreen& screen)
        : m_screen(screen)
    {
        m_since.start();
        screen.takeDirty(); // or nothing more is told
        QObject::connect(&screen, &RemoteScreen::painted, &m_context, [this] { onPainted(); });
    }
    qint64 longestGap() const { return m_longest; }
    void startAnew()
    {
        m_longest = 0;
        m_since.restart();
    }
    int pictures() const { return m_pictures; }
    bool wasBlack() const { return m_wasBlack; }

private:
    void onPainted()
    {
        m_longest = std::max(m_longest, m_since.restart());
        ++m_pictures;
        m_screen.takeDirty();
        m_screen.withPicture([this](const PictureView& seen) {
            // The desktop's corner is never black.
            m_wasBlack = m_wasBlack || seen.width == 0 || (seen.row(seen.height - 1)[0] & 0xFFFFFF) == 0;
        });
    }
    RemoteScreen& m_screen;
    QObject m_context;
    QElapsedTimer m_since;
    qint64 m_longest = 0;
    int m_pictures = 0;
    bool m_wasBlack = false;
};

} // namespace

/// Three and more people, through the server: the client's side of it.
class TestConference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void escalatesWithoutAGap();
    void theSharerIsAskedAboutEachViewer();
    void everybodySeesWhenSoSet();
    void whoComesLaterSees();
    void anotherOneSharesAndThePictureGoesOn();
    void controlAmongMany();
    void controlGoesOverWithItsViewer();
    void theEndIsTold();
    void aPresenterEndsTheSharing();
    void anybodyMayAskForTheServer();
};

void TestConference::escalatesWithoutAGap()
{
    ConferenceStage stage;
    QVERIFY(stage.server);
    Person& anna = stage.enter(QStringLiteral("Anna"));
    QVERIFY(stage.isIn(anna));
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    anna.talk->startSharing({});
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(waitUntil([&] { return vera.talk->viewingState() == ViewingState::Active; }));
    QVERIFY(!vera.talk->isThroughServer());
    QVERIFY(!vera.talk->securityCode().isEmpty());
    QVERIFY(stage.sees(vera, *anna.screen));

    MovingDesktop desktop(*anna.screen);
    PictureWatch watch(vera.talk->remoteScreen());
    QVERIFY(waitUntil([&] { return watch.pictures() > 40; }));
    const qint64 before = watch.longestGap();
    watch.startAnew();
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.seesThroughServer(vera));
    const int atChange = watch.pictures();
    QVERIFY(waitUntil([&] { return watch.pictures() > atChange + 20; }));
    const qint64 during = watch.longestGap();
    QVERIFY(stage.seesThroughServer(otto));
    desktop.stop();
    QVERIFY(stage.sees(vera, *anna.screen));
    QVERIFY(stage.sees(otto, *anna.screen));
    qInfo() << "The longest time without a new picture:" << during << "ms, before the change" << before;
    QVERIFY(!watch.wasBlack());
    // Nobody is told of an end, and nothing claims that nobody is in between.
    QVERIFY(vera.viewingEnds.empty() && anna.sharingEnds.empty());
    QVERIFY(vera.talk->securityCode().isEmpty());
    QVERIFY(waitUntil([&] { return anna.talk->viewerNames().size() == 2; }));
    QVERIFY(anna.talk->isThroughServer());
    QCOMPARE(anna.talk->sharingState(), SharingState::Active);
}

void TestConference::theSharerIsAskedAboutEachViewer()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"), false);
    QVERIFY(stage.isIn(anna));
    QStringList asked;
    QObject::connect(anna.talk.get(), &Conversation::admissionRequested, this,
        [&asked](const Participant& viewer) { asked.append(viewer.displayName); });
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    anna.talk->startSharing({});
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(waitUntil([&] { return asked.size() == 1; }));
    anna.talk->admit(vera.talk->ownEntity());
    QVERIFY(waitUntil([&] { return vera.talk->viewingState() == ViewingState::Active; }));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.seesThroughServer(vera)); // once let in, she is not asked about again
    QVERIFY(waitUntil([&] { return asked.size() == 2; }));
    QCOMPARE(asked, (QStringList{QStringLiteral("Vera"), QStringLiteral("Otto")}));
    QCOMPARE(otto.talk->viewingState(), ViewingState::Off);
    anna.talk->admit(otto.talk->ownEntity());
    QVERIFY(stage.seesThroughServer(otto));
    Person& max = stage.enter(QStringLiteral("Max"));
    QVERIFY(waitUntil([&] { return asked.size() == 3; }));
    anna.talk->refuse(max.talk->ownEntity());
    QVERIFY(waitUntil([&] { return !max.viewingEnds.empty(); }));
    QCOMPARE(max.viewingEnds.front().code(), ErrorCode::Declined);
}

void TestConference::everybodySeesWhenSoSet()
{
    AddConference meeting;
    meeting.settings.viewers = MeetingSettings::Viewers::All;
    ConferenceStage stage(meeting);
    Person& anna = stage.enter(QStringLiteral("Anna"), false);
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    QSignalSpy asked(anna.talk.get(), &Conversation::admissionRequested);
    QVERIFY(waitUntil([&] { return anna.talk->roster().participants.size() == 3; }));
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    QVERIFY(asked.isEmpty());
}

void TestConference::whoComesLaterSees()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    Person& late = stage.enter(QStringLiteral("Late"));
    QVERIFY(stage.seesThroughServer(late));
    QVERIFY(stage.sees(late, *anna.screen));
    otto.talk->leave();
    QVERIFY(waitUntil([&] { return anna.talk->viewerNames().size() == 2; }));
    QCOMPARE(vera.talk->viewingState(), ViewingState::Active);
}

void TestConference::anotherOneSharesAndThePictureGoesOn()
{
    AddConference meeting;
    meeting.settings.presenters = MeetingSettings::Presenters::Everyone;
    ConferenceStage stage(meeting);
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    otto.screen->fill({0, 0, 320, 240}, 0xFF993366);
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    PictureWatch watch(vera.talk->remoteScreen());
    otto.talk->startSharing({});
    QVERIFY(stage.sees(vera, *otto.screen));
    QVERIFY(!watch.wasBlack());
    QVERIFY(vera.viewingEnds.empty());
    QCOMPARE(vera.talk->partnerName(), QStringLiteral("Otto"));
    QVERIFY(waitUntil([&] { return !anna.sharingEnds.empty(); }));
    QCOMPARE(anna.sharingEnds.front().code(), ErrorCode::Replaced);
    QCOMPARE(anna.talk->sharingState(), SharingState::Off);
    QVERIFY(stage.seesThroughServer(anna));
    QVERIFY(stage.sees(anna, *otto.screen));
    QCOMPARE(otto.talk->viewingState(), ViewingState::Off);
}

void TestConference::controlAmongMany()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    SessionControl& hers = anna.talk->control();
    vera.talk->control().request();
    otto.talk->control().request();
    QVERIFY(waitUntil([&] { return hers.asking().size() == 2; }));
    hers.grant(otto.talk->ownEntity());
    QVERIFY(waitUntil([&] { return otto.talk->control().state() == ControlState::Granted; }));
    QCOMPARE(hers.asking(), QStringList{vera.talk->ownEntity()});
    QCOMPARE(vera.talk->control().state(), ControlState::Asked);
    QVERIFY(waitUntil(
        [&] { return vera.talk->roster().state.controller == otto.talk->ownEntity(); })); // everybody knows
    otto.talk->control().sendInput(kPress);
    otto.talk->control().sendInput(kRelease);
    QVERIFY(waitUntil([&] { return anna.injector.content().events.size() == 2; }));
    hers.grant(vera.talk->ownEntity());
    QVERIFY(waitUntil([&] {
        return vera.talk->control().state() == ControlState::Granted
            && otto.talk->control().state() == ControlState::None;
    }));
    vera.talk->leave();
    QVERIFY(waitUntil([&] { return hers.controller().isEmpty(); }));
}

void TestConference::controlGoesOverWithItsViewer()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    QVERIFY(stage.isIn(anna));
    anna.talk->startSharing({});
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(waitUntil([&] { return anna.talk->control().isAvailable(); }));
    QVERIFY(waitUntil([&] { return vera.talk->viewingState() == ViewingState::Active; }));
    anna.talk->control().grant();
    QVERIFY(waitUntil([&] { return vera.talk->control().state() == ControlState::Granted; }));
    QSignalSpy asked(&anna.talk->control(), &SessionControl::requested);
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    QVERIFY(waitUntil([&] { return vera.talk->roster().state.controller == vera.talk->ownEntity(); }));
    QCOMPARE(vera.talk->control().state(), ControlState::Granted);
    QCOMPARE(anna.talk->control().controller(), vera.talk->ownEntity());
    QVERIFY(asked.isEmpty());
    vera.talk->control().sendInput(kPress);
    vera.talk->control().sendInput(kRelease);
    QVERIFY(waitUntil([&] { return anna.injector.content().events.size() == 2; }));
}

void TestConference::theEndIsTold()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
    anna.talk->stopSharing();
    for (Person* const viewer : {&vera, &otto}) {
        QVERIFY(waitUntil([&] { return !viewer->viewingEnds.empty(); }));
        QCOMPARE(viewer->viewingEnds.size(), std::size_t(1));
        QCOMPARE(viewer->viewingEnds.front().code(), ErrorCode::Gone);
        QCOMPARE(viewer->talk->viewingState(), ViewingState::Off);
    }
    // The server stays; who shares again is seen at once.
    anna.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(vera) && stage.seesThroughServer(otto));
}

void TestConference::aPresenterEndsTheSharing()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera) && stage.isIn(otto));
    vera.talk->startSharing({});
    QVERIFY(stage.seesThroughServer(anna) && stage.seesThroughServer(otto));
    // An attendee does not take over.
    otto.talk->startSharing({});
    QVERIFY(waitUntil([&] { return !otto.sharingEnds.empty(); }));
    QCOMPARE(otto.sharingEnds.front().code(), ErrorCode::Busy);
    anna.talk->moderation().endSharing();
    QVERIFY(waitUntil([&] { return !vera.sharingEnds.empty(); }));
    QCOMPARE(vera.sharingEnds.front().code(), ErrorCode::EndedByPresenter);
    QCOMPARE(vera.talk->sharingState(), SharingState::Off);
}

void TestConference::anybodyMayAskForTheServer()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    QVERIFY(stage.isIn(anna));
    anna.screen->fill({0, 0, 320, 240}, 0xFF336699);
    anna.talk->startSharing({});
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(waitUntil([&] { return vera.talk->viewingState() == ViewingState::Active; }));
    vera.talk->useServer();
    QVERIFY(stage.seesThroughServer(vera));
    QVERIFY(stage.sees(vera, *anna.screen));
}

QTEST_GUILESS_MAIN(TestConference)
#include "tst_conference.moc"
