#include "core/session/host_control.h"
#include "tests/support/recording_injector.h"

#include <QTest>

using namespace sightline;

namespace {

const InputEvent kPress = ScancodeKey{0x1E, ScancodeKey::Extension::None, true};

/// Errors that a host reported.
struct Failures {
    explicit Failures(HostControl& host)
    {
        QObject::connect(
            &host, &HostControl::failed, &host, [this](const Error& error) { errors.push_back(error); });
    }
    std::vector<Error> errors;
};

/// A host's side and what it says to viewers 2, 3 and 4, of whom 4 is muted.
struct Meeting {
    explicit Meeting(ControlPolicy policy = ControlPolicy::Ask)
        : host({.openInjector = [this](InputInjector::Handlers h) { return log.open(std::move(h)); },
                   .policy = policy,
                   .viewers = everybody(),
                   .introducesViewers = false},
            [this](const EncomspPdu& pdu) {
                if (const auto* told = std::get_if<EncomspParticipant>(&pdu))
                    said.emplace_back(told->id, (told->flags & EncomspParticipant::kMayInteract) != 0);
            })
    {
        QObject::connect(&host, &HostControl::requested, &host,
            [this](std::uint32_t number) { requests.push_back(number); });
        host.start();
    }

    static std::vector<ControlViewer> everybody()
    {
        return {{2, QStringLiteral("Vera"), true}, {3, QStringLiteral("Otto"), true},
            {4, QStringLiteral("Max"), false}};
    }
    void says(std::uint32_t number, std::uint16_t flags)
    {
        host.handlePdu(EncomspControlChange{flags, number});
        QCoreApplication::processEvents();
    }
    void asks(std::uint32_t number) { says(number, 3); }

    InjectorLog log;
    std::vector<std::pair<std::uint32_t, bool>> said;
    std::vector<std::uint32_t> requests;
    HostControl host;
};

using Numbers = std::vector<std::uint32_t>;

} // namespace

/// Control among the viewers of a conference.
class TestControlAmongMany : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneControlsAndTheOthersGoOnAsking();
    void givesItToAnotherOne();
    void whoeverWaitsIsNextWhenItIsGivenBack();
    void aMutedViewerDoesNotControl();
    void whoIsGoneControlsNothing();
    void anAskerMayBeAheadOfTheRoster();
    void goesOnInAnotherSession();
    void aFloodOfNumbersIsBounded();
};

void TestControlAmongMany::oneControlsAndTheOthersGoOnAsking()
{
    Meeting meeting;
    QVERIFY(meeting.said.empty()); // the server introduces them
    // Both at once, before anybody looks.
    meeting.host.handlePdu(EncomspControlChange{3, 3});
    meeting.host.handlePdu(EncomspControlChange{3, 2});
    QCoreApplication::processEvents();
    QVERIFY((meeting.requests == Numbers{3, 2}));
    meeting.host.grant(2);
    QCOMPARE(meeting.host.state(2), ControlState::Granted);
    QCOMPARE(meeting.host.state(3), ControlState::Asked);
    QVERIFY((meeting.said == std::vector<std::pair<std::uint32_t, bool>>{{2, true}}));
    meeting.host.deny(3);
    QCOMPARE(meeting.host.state(3), ControlState::None);
    QVERIFY(meeting.said.back() == std::pair(3U, false));
    QCOMPARE(meeting.host.state(), ControlState::Granted);
}

void TestControlAmongMany::givesItToAnotherOne()
{
    Meeting meeting;
    meeting.host.grant(2);
    meeting.host.handleInput(kPress);
    meeting.host.grant(3);
    QCOMPARE(meeting.host.standing().controller, 3U);
    // The first is told before the second; the injector lets go of what it held when it goes.
    QVERIFY((meeting.said == std::vector<std::pair<std::uint32_t, bool>>{{2, true}, {2, false}, {3, true}}));
    QCOMPARE(meeting.log.content().timesOpened, 2);
    meeting.says(2, EncomspControlChange::kRequestView); // too late to give back
    QCOMPARE(meeting.host.standing().controller, 3U);
    meeting.log.handlers().takeBackHotkey();
    QTRY_COMPARE(meeting.host.state(), ControlState::None);
}

void TestControlAmongMany::whoeverWaitsIsNextWhenItIsGivenBack()
{
    Meeting meeting(ControlPolicy::Always);
    meeting.asks(2);
    meeting.asks(3);
    QCOMPARE(meeting.host.state(2), ControlState::Granted);
    QCOMPARE(meeting.host.state(3), ControlState::Asked);
    meeting.says(2, EncomspControlChange::kRequestView);
    QCOMPARE(meeting.host.state(3), ControlState::Granted);
    // Taken back by the person here it is nobody's.
    meeting.asks(2);
    meeting.host.revoke();
    QCOMPARE(meeting.host.standing().controller, 0U);
    QCOMPARE(meeting.host.state(2), ControlState::Asked);
}

void TestControlAmongMany::aMutedViewerDoesNotControl()
{
    Meeting meeting;
    const Failures failed(meeting.host);
    meeting.asks(4);
    QVERIFY(meeting.requests.empty());
    QVERIFY(meeting.said.back() == std::pair(4U, false));
    meeting.host.grant(4);
    QCOMPARE(failed.errors.size(), std::size_t(1));
    meeting.host.grant(2);
    meeting.asks(3);
    auto viewers = Meeting::everybody();
    viewers[0].mayControl = viewers[1].mayControl = false;
    meeting.host.setViewers(viewers);
    QCOMPARE(meeting.host.state(), ControlState::None);
    QVERIFY(!meeting.log.content().isOpen);
    QVERIFY(meeting.said.back() == std::pair(2U, false));
}

void TestControlAmongMany::whoIsGoneControlsNothing()
{
    Meeting meeting;
    meeting.asks(3);
    meeting.host.grant(2);
    meeting.says(2, 0); // the server: its leg has gone
    QCOMPARE(meeting.host.standing().controller, 0U);
    meeting.host.setViewers({{2, {}, true}});
    QCOMPARE(meeting.host.state(3), ControlState::None);
    meeting.host.grant(3);
    QCOMPARE(meeting.host.state(), ControlState::None);
}

void TestControlAmongMany::anAskerMayBeAheadOfTheRoster()
{
    Meeting meeting;
    meeting.asks(5);
    meeting.asks(6);
    meeting.says(6, EncomspControlChange::kRequestView);
    QVERIFY(meeting.requests.empty());
    auto viewers = Meeting::everybody();
    viewers.push_back({5, QStringLiteral("Eva"), true});
    viewers.push_back({6, QStringLiteral("Ida"), true});
    meeting.host.setViewers(viewers);
    QVERIFY((meeting.requests == Numbers{5}));
}

void TestControlAmongMany::goesOnInAnotherSession()
{
    Meeting first;
    first.asks(3);
    first.host.grant(2);
    const HostControl::Standing standing = first.host.standing();
    first.host.close();
    Meeting second;
    second.host.restore(standing);
    QVERIFY(second.requests.empty());
    QCOMPARE(second.host.state(2), ControlState::Granted);
    QCOMPARE(second.host.state(3), ControlState::Asked);
    second.asks(3); // it asks again there: that is the same question
    QVERIFY(second.requests.empty());
}

void TestControlAmongMany::aFloodOfNumbersIsBounded()
{
    Meeting meeting;
    for (std::uint32_t number = 100; number < 100100; ++number)
        meeting.host.handlePdu(EncomspControlChange{3, number});
    QCoreApplication::processEvents();
    QVERIFY(meeting.requests.empty());
    meeting.asks(2);
    QVERIFY((meeting.requests == Numbers{2}));
}

QTEST_GUILESS_MAIN(TestControlAmongMany)
#include "tst_control_among_many.moc"
