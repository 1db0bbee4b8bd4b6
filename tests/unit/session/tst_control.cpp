#include "core/session/host_control.h"
#include "core/session/viewer_control.h"
#include "tests/support/recording_injector.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

const InputEvent kPress = ScancodeKey{0x1E, ScancodeKey::Extension::None, true};
const InputEvent kRelease = ScancodeKey{0x1E, ScancodeKey::Extension::None, false};

/// Errors that a host reported.
struct Failures {
    explicit Failures(HostControl& host)
    {
        QObject::connect(
            &host, &HostControl::failed, &host, [this](const Error& error) { errors.push_back(error); });
    }
    std::vector<Error> errors;
};

/// A host's and a viewer's side with nothing between them.
struct Pair {
    explicit Pair(ControlPolicy policy = ControlPolicy::Ask, bool isPaused = false)
        : host({.openInjector = [this](InputInjector::Handlers h) { return log.open(std::move(h)); },
                   .policy = policy,
                   .viewers = {{.name = QStringLiteral("Vera")}},
                   .isPaused = isPaused},
            [this](const EncomspPdu& pdu) {
                toViewer.push_back(pdu);
                viewer.handlePdu(pdu);
            })
        , viewer({[this](const EncomspPdu& pdu) {
                      toHost.push_back(pdu);
                      host.handlePdu(pdu);
                  },
              [this](const InputEvent& event) { host.handleInput(event); }})
    {
    }

    bool becomes(ControlState state)
    {
        return QTest::qWaitFor([&] { return host.state() == state && viewer.state() == state; });
    }

    InjectorLog log;
    std::vector<EncomspPdu> toViewer;
    std::vector<EncomspPdu> toHost;
    HostControl host;
    ViewerControl viewer;
};

} // namespace

class TestControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheViewerWhoItIs();
    void isAskedForAndGiven();
    void isAskedForAndRefused();
    void isTakenBackWhileAsking();
    void isGivenUnasked();
    void isGivenBack();
    void isAskedForAgainAtOnce();
    void isTakenBackByTheHotkey();
    void hearsTheHotkeyThatWasChosen();
    void knowsThatTheHotkeyIsTaken();
    void endsWhenTheDesktopDoes();
    void mayBeAskedForBeforeTheHostIsThere();
    void policyAnswers_data();
    void policyAnswers();
    void saysWhyItCannotBeGiven();
    void doesNotBelieveTheViewer();
    void pausesAndResumes();
    void aViewerThatComesLaterLearnsOfThePause();
    void saysThatItLivesWhileAKeyIsHeld();
    void forgetsEverythingAtTheEnd();
};

void TestControl::tellsTheViewerWhoItIs()
{
    Pair pair;
    pair.host.grant(); // nobody is there yet
    QVERIFY(pair.toViewer.empty());
    pair.host.start();
    QCOMPARE(pair.toViewer.size(), std::size_t(1));
    QVERIFY(pair.toViewer.front()
        == EncomspPdu(EncomspParticipant{kViewerParticipant, 0, 5, QStringLiteral("Vera")}));
}

void TestControl::isAskedForAndGiven()
{
    Pair pair;
    pair.host.start();
    QSignalSpy requested(&pair.host, &HostControl::requested);
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Asked));
    QCOMPARE(requested.size(), 1);
    pair.viewer.sendInput(kPress);
    QVERIFY(pair.log.content().events.empty());
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QCOMPARE(std::get<EncomspParticipant>(pair.toViewer.back()).flags, std::uint16_t(7));
    pair.viewer.sendInput(kPress);
    QCOMPARE(pair.log.content().events.size(), std::size_t(1));
    pair.host.revoke();
    pair.viewer.sendInput(kRelease); // it does not know yet
    QCOMPARE(pair.host.counts().dropped, std::uint64_t(1));
    QVERIFY(pair.becomes(ControlState::None));
    QVERIFY(!pair.log.content().isOpen);
    QCOMPARE(requested.size(), 1);
}

void TestControl::isAskedForAndRefused()
{
    Pair pair;
    pair.host.start();
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.host.deny();
    QVERIFY(pair.becomes(ControlState::None));
    QCOMPARE(pair.log.content().timesOpened, 0);
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Asked));
}

void TestControl::isTakenBackWhileAsking()
{
    Pair pair;
    pair.host.start();
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.viewer.release();
    QVERIFY(pair.becomes(ControlState::None));
}

void TestControl::isGivenUnasked()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QCOMPARE(pair.log.content().timesOpened, 1);
}

void TestControl::isGivenBack()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.viewer.release();
    QCOMPARE(pair.viewer.state(), ControlState::None);
    QVERIFY(pair.becomes(ControlState::None));
    QVERIFY(!pair.log.content().isOpen);
}

void TestControl::isAskedForAgainAtOnce()
{
    Pair pair(ControlPolicy::Always);
    pair.host.start();
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.viewer.release();
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.viewer.sendInput(kPress);
    QCOMPARE(pair.log.content().events.size(), std::size_t(1));
}

void TestControl::isTakenBackByTheHotkey()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.log.handlers().takeBackHotkey();
    QVERIFY(pair.becomes(ControlState::None));
}

void TestControl::hearsTheHotkeyThatWasChosen()
{
    const Hotkey first{.character = U'q'};
    const Hotkey second{.character = U'w'};
    Pair pair;
    pair.host.setTakeBackHotkey(first);
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.log.content().hotkeys == std::vector{first});
    pair.host.setTakeBackHotkey(second); // at once
    QVERIFY((pair.log.content().hotkeys == std::vector{first, second}));
}

void TestControl::knowsThatTheHotkeyIsTaken()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    QCOMPARE(pair.host.hotkeyState(), HotkeyState::Works);
    QSignalSpy changed(&pair.host, &HostControl::changed);
    pair.log.handlers().hotkeyStateChanged(HotkeyState::Taken);
    QTRY_COMPARE(pair.host.hotkeyState(), HotkeyState::Taken);
    QCOMPARE(changed.size(), 1);
    pair.host.revoke();
    QCOMPARE(pair.host.hotkeyState(), HotkeyState::Works);
}

void TestControl::endsWhenTheDesktopDoes()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    const Failures failed(pair.host);
    pair.log.handlers().failed(Error(ErrorCode::NoDisplay, QStringLiteral("the display is gone")));
    QVERIFY(pair.becomes(ControlState::None));
    QCOMPARE(failed.errors.size(), std::size_t(1));
    QCOMPARE(failed.errors.front().code(), ErrorCode::NoDisplay);
}

void TestControl::mayBeAskedForBeforeTheHostIsThere()
{
    Pair pair;
    pair.viewer.request();
    QVERIFY(pair.toHost.empty());
    pair.host.start();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
}

void TestControl::policyAnswers_data()
{
    QTest::addColumn<ControlPolicy>("policy");
    QTest::addColumn<ControlState>("state");
    QTest::newRow("always") << ControlPolicy::Always << ControlState::Granted;
    QTest::newRow("never") << ControlPolicy::Never << ControlState::None;
}

void TestControl::policyAnswers()
{
    QFETCH(const ControlPolicy, policy);
    QFETCH(const ControlState, state);
    Pair pair(policy);
    QSignalSpy requested(&pair.host, &HostControl::requested);
    pair.host.start();
    pair.viewer.request();
    QVERIFY(pair.becomes(state));
    QCOMPARE(pair.viewer.state(), state);
    QVERIFY(requested.isEmpty());
}

void TestControl::saysWhyItCannotBeGiven()
{
    Pair pair;
    pair.log.refuse(Error(ErrorCode::NoDisplay, QStringLiteral("no XTEST")));
    pair.host.start();
    const Failures failed(pair.host);
    pair.viewer.request();
    QVERIFY(pair.becomes(ControlState::Asked));
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::None));
    QCOMPARE(failed.errors.size(), std::size_t(1));
    QCOMPARE(failed.errors.front().toString(), QStringLiteral("cannot give control: no XTEST"));

    Pair uncontrollable(ControlPolicy::Never);
    uncontrollable.host.start();
    const Failures refused(uncontrollable.host);
    uncontrollable.host.grant();
    QCOMPARE(refused.errors.size(), std::size_t(1));
    QCOMPARE(uncontrollable.host.state(), ControlState::None);
}

void TestControl::doesNotBelieveTheViewer()
{
    Pair pair;
    pair.host.start();
    // Input without control; a wish in the name of somebody else; a viewer that says what only hosts say.
    pair.host.handleInput(kPress);
    pair.host.handlePdu(EncomspControlChange{3, kViewerParticipant + 1});
    pair.host.handlePdu(EncomspParticipant{kViewerParticipant, 0, 7, {}});
    pair.host.handlePdu(EncomspStreamState{true});
    QCoreApplication::processEvents();
    QCOMPARE(pair.host.state(), ControlState::None);
    QCOMPARE(pair.host.counts().dropped, std::uint64_t(1));
    // A wish a thousand times is one wish.
    QSignalSpy requested(&pair.host, &HostControl::requested);
    for (int i = 0; i < 1000; ++i)
        pair.host.handlePdu(EncomspControlChange{3, kViewerParticipant});
    QCoreApplication::processEvents();
    QCOMPARE(requested.size(), 1);
    QCOMPARE(pair.toViewer.size(), std::size_t(1));
}

void TestControl::pausesAndResumes()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.host.setPaused(true);
    QVERIFY(QTest::qWaitFor([&] { return pair.viewer.isPaused(); }));
    QCOMPARE(pair.viewer.state(), ControlState::Granted);
    pair.viewer.sendInput(kPress);
    pair.host.handleInput(kPress);
    QVERIFY(pair.log.content().events.empty());
    pair.host.setPaused(false);
    QVERIFY(QTest::qWaitFor([&] { return !pair.viewer.isPaused(); }));
    pair.viewer.sendInput(kPress);
    QCOMPARE(pair.log.content().events.size(), std::size_t(1));
}

void TestControl::aViewerThatComesLaterLearnsOfThePause()
{
    Pair pair(ControlPolicy::Ask, true);
    pair.host.start();
    QVERIFY(QTest::qWaitFor([&] { return pair.viewer.isPaused(); }));
}

void TestControl::saysThatItLivesWhileAKeyIsHeld()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    const std::size_t before = pair.toHost.size();
    pair.viewer.sendInput(kPress);
    QVERIFY(QTest::qWaitFor([&] { return pair.toHost.size() >= before + 2; }));
    // Which asks for nothing.
    QCOMPARE(pair.host.state(), ControlState::Granted);
    pair.host.revoke();
    QVERIFY(pair.becomes(ControlState::None));
    QCoreApplication::processEvents();
    QCOMPARE(pair.host.state(), ControlState::None);
}

void TestControl::forgetsEverythingAtTheEnd()
{
    Pair pair;
    pair.host.start();
    pair.host.grant();
    QVERIFY(pair.becomes(ControlState::Granted));
    pair.host.close();
    pair.viewer.close();
    QVERIFY(!pair.log.content().isOpen);
    QCOMPARE(pair.host.state(), ControlState::None);
    QCOMPARE(pair.viewer.state(), ControlState::None);
    const std::size_t said = pair.toViewer.size();
    pair.host.grant();
    pair.host.setPaused(true);
    pair.host.handleInput(kPress);
    QCOMPARE(pair.toViewer.size(), said);
    QCOMPARE(pair.log.content().timesOpened, 1);
}

QTEST_GUILESS_MAIN(TestControl)
#include "tst_control.moc"
