#include "core/sharing/control_relay.h"

#include <QTest>

using namespace sightline;

namespace {

constexpr std::uint16_t kAsk = EncomspControlChange::kRequestView | EncomspControlChange::kRequestInteract;
constexpr std::uint16_t kGiveBack = EncomspControlChange::kRequestView;
constexpr std::uint16_t kSees = EncomspParticipant::kMayView | EncomspParticipant::kIsYou;
constexpr std::uint16_t kControls = kSees | EncomspParticipant::kMayInteract;

struct Stage {
    Stage()
    {
        for (const std::uint32_t number : {3U, 8U})
            add(number);
    }
    void add(std::uint32_t number)
    {
        relay.addViewer(number, QStringLiteral("N"),
            [this, number](const EncomspPdu& pdu) { told[number].push_back(pdu); });
    }
    std::uint16_t rightsOf(std::uint32_t number)
    {
        for (auto it = told[number].rbegin(); it != told[number].rend(); ++it) {
            if (const auto* self = std::get_if<EncomspParticipant>(&*it))
                return self->id == number ? self->flags : 0;
        }
        return 0;
    }
    void ask(std::uint32_t number) { relay.fromViewer(number, EncomspControlChange{kAsk, number}); }
    void answer(std::uint32_t number, bool grants)
    {
        const std::uint16_t flags
            = EncomspParticipant::kMayView | (grants ? EncomspParticipant::kMayInteract : std::uint16_t(0));
        relay.fromSharer(EncomspParticipant{number, 0, flags, {}});
    }
    EncomspControlChange lastAsked() const { return std::get<EncomspControlChange>(toSharer.back()); }

    std::vector<EncomspPdu> toSharer;
    std::vector<InputEvent> input;
    std::vector<std::uint32_t> controllers;
    std::map<std::uint32_t, std::vector<EncomspPdu>> told;
    ControlRelay relay{{.toSharer = [this](const EncomspPdu& pdu) { toSharer.push_back(pdu); },
        .inputToSharer = [this](const InputEvent& event) { input.push_back(event); },
        .controllerChanged = [this](std::uint32_t number) { controllers.push_back(number); }}};
};

} // namespace

class TestControlRelay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsEachWhoItIs()
    {
        Stage stage;
        QCOMPARE(stage.rightsOf(3), kSees);
        QCOMPARE(stage.rightsOf(8), kSees);
        QVERIFY(stage.toSharer.empty());
    }

    void grantsOneOfTwoThatAskAtOnce()
    {
        Stage stage;
        stage.ask(3);
        stage.ask(8);
        QCOMPARE(stage.toSharer.size(), 2U);
        stage.answer(8, true);
        QCOMPARE(stage.rightsOf(8), kControls);
        QCOMPARE(stage.told[3].size(), 1U); // goes on asking: nobody has answered
        stage.relay.inputFromViewer(3, PointerMove{{1, 1}});
        stage.relay.inputFromViewer(8, PointerMove{{2, 2}});
        QVERIFY((stage.input == std::vector<InputEvent>{PointerMove{{2, 2}}}));
        QCOMPARE(stage.relay.inputDropped(), 1U);
        // The other one is next: one at a time.
        stage.answer(3, true);
        QCOMPARE(stage.rightsOf(3), kControls);
        QCOMPARE(stage.rightsOf(8), kSees);
        QVERIFY((stage.controllers == std::vector<std::uint32_t>{8, 3}));
    }

    void asksInNobodyElsesName()
    {
        Stage stage;
        stage.relay.fromViewer(3, EncomspControlChange{kAsk, 8});
        stage.relay.fromViewer(3, EncomspParticipant{3, 0, kControls, {}});
        stage.relay.fromViewer(99, EncomspControlChange{kAsk, 99});
        QVERIFY(stage.toSharer.empty());
    }

    void passesOnSignsOfLifeOfTheControllerAlone()
    {
        Stage stage;
        constexpr std::uint16_t kAlive = EncomspControlChange::kAllowControlRequests;
        stage.relay.fromViewer(3, EncomspControlChange{kAlive, 3});
        QVERIFY(stage.toSharer.empty());
        stage.answer(3, true);
        stage.relay.fromViewer(3, EncomspControlChange{kAlive, 3});
        QCOMPARE(stage.lastAsked().flags, kAlive);
    }

    void saysThatAControllerVanished()
    {
        Stage stage;
        stage.answer(3, true);
        stage.relay.removeViewer(3);
        QCOMPARE(stage.lastAsked(), (EncomspControlChange{0, 3}));
        QCOMPARE(stage.relay.controller(), 0U);
        stage.relay.removeViewer(8); // had nothing
        QCOMPARE(stage.toSharer.size(), 1U);
    }

    void refusesWhoIsMuted()
    {
        Stage stage;
        stage.relay.setMayControl(5, false);
        stage.add(5);
        stage.ask(5);
        QVERIFY(stage.toSharer.empty());
        QCOMPARE(stage.told[5].size(), 2U); // answered at once
        QCOMPARE(stage.rightsOf(5), kSees);
        stage.answer(5, true); // the sharer gives it unasked
        QCOMPARE(stage.lastAsked(), (EncomspControlChange{kGiveBack, 5}));
        QCOMPARE(stage.relay.controller(), 0U);
    }

    void takesControlFromWhoIsMutedMeanwhile()
    {
        Stage stage;
        stage.answer(3, true);
        stage.relay.setMayControl(3, false);
        QCOMPARE(stage.lastAsked(), (EncomspControlChange{kGiveBack, 3}));
        QCOMPARE(stage.rightsOf(3), kSees);
        stage.relay.inputFromViewer(3, PointerMove{{1, 1}});
        QVERIFY(stage.input.empty());
    }

    void forgetsEverythingWithTheSharer()
    {
        Stage stage;
        stage.relay.fromSharer(EncomspStreamState{true});
        stage.answer(3, true);
        stage.ask(8);
        stage.relay.sharerChanged();
        QCOMPARE(stage.rightsOf(3), kSees);
        QCOMPARE(stage.told[8].back(), EncomspPdu(EncomspStreamState{false}));
        QCOMPARE(stage.relay.controller(), 0U);
        stage.add(11);
        QCOMPARE(stage.told[11].size(), 1U); // not paused any more
    }

    void takesNoInputWhilePaused()
    {
        Stage stage;
        stage.answer(3, true);
        stage.relay.fromSharer(EncomspStreamState{true});
        stage.relay.inputFromViewer(3, PointerMove{{1, 1}});
        QVERIFY(stage.input.empty());
        stage.add(11);
        QCOMPARE(stage.told[11].back(), EncomspPdu(EncomspStreamState{true}));
    }
};

QTEST_GUILESS_MAIN(TestControlRelay)
#include "tst_control_relay.moc"
