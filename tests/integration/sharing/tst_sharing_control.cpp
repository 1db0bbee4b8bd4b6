#include "sharing_stage.h"

#include <QTest>

using namespace sightline;

namespace {

std::shared_ptr<PatternScreen> newDesktop(unsigned seed, Size size = {640, 480})
{
    auto desktop = std::make_shared<PatternScreen>(size);
    paintScene(*desktop, seed);
    return desktop;
}

} // namespace

/// Control and the clipboard among many, through the sharing server.
class TestSharingControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesControlToOneOfTwoThatAskAtOnce()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(22);
        stage.setSharer(&anna);
        anna.share(desktop, ControlPolicy::Ask);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        ViewerControl& ofVera = vera.viewer->control();
        ViewerControl& ofPaul = paul.viewer->control();
        HostControl& ofAnna = anna.host->control();
        ofVera.request();
        ofPaul.request();
        QVERIFY(waitUntil([&] { return ofAnna.standing().asking.size() == 2; }));

        ofAnna.grant(paul.user.number);
        QVERIFY(waitUntil([&] { return ofPaul.state() == ControlState::Granted; }));
        QCOMPARE(ofVera.state(), ControlState::Asked); // and is not forgotten
        ofPaul.sendInput(PointerMove{{11, 12}});
        QVERIFY(waitUntil([&] { return !anna.injector.content().events.empty(); }));
        QCOMPARE(anna.injector.content().events.back(), InputEvent(PointerMove{{11, 12}}));

        ofAnna.grant(vera.user.number);
        QVERIFY(waitUntil(
            [&] { return ofVera.state() == ControlState::Granted && ofPaul.state() == ControlState::None; }));
        ofVera.sendInput(PointerMove{{21, 22}});
        QVERIFY(waitUntil([&] {
            return anna.injector.content().events.back() == InputEvent(PointerMove{{21, 22}});
        }));
        // She vanishes with a key down: the injector, which lets go of it, is closed.
        ofVera.sendInput(ScancodeKey{30, ScancodeKey::Extension::None, true});
        QVERIFY(waitUntil([&] { return anna.injector.content().events.size() == 3; }));
        vera.vanish();
        QVERIFY(waitUntil([&] { return !anna.injector.content().isOpen; }));
        QVERIFY(waitUntil([&] { return stage.controllers.back().isEmpty(); }));
        // Between the two, perhaps, nobody.
        std::erase(stage.controllers, QString());
        QCOMPARE(stage.controllers, (std::vector<QString>{paul.user.entity, vera.user.entity}));
    }

    void takesControlFromWhoIsMuted()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(18);
        stage.setSharer(&anna);
        anna.share(desktop, ControlPolicy::Always);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        vera.viewer->control().request();
        QVERIFY(waitUntil([&] { return vera.viewer->control().state() == ControlState::Granted; }));
        QVERIFY(waitUntil([&] { return !stage.controllers.empty(); }));
        QCOMPARE(stage.controllers.back(), vera.user.entity);
        // By a presenter, whatever the sharer's policy.
        vera.user.mayControl = false;
        stage.ask(SharingPutUser{QString::fromLatin1(SharingStage::kMeeting), vera.user});
        QVERIFY(waitUntil([&] {
            return vera.viewer->control().state() == ControlState::None && !anna.injector.content().isOpen;
        }));
        QVERIFY(waitUntil([&] { return stage.controllers.back().isEmpty(); }));
        vera.viewer->control().request();
        QVERIFY(waitUntil([&] { return vera.viewer->control().state() == ControlState::None; }));
        QCOMPARE(anna.injector.content().timesOpened, 1);
    }

    void carriesTheClipboardOfWhoControls()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(21);
        stage.setSharer(&anna);
        anna.share(desktop, ControlPolicy::Always);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        vera.viewer->control().request();
        QVERIFY(waitUntil([&] { return !stage.controllers.empty(); }));
        QStringList atAnna;
        QStringList atVera;
        QStringList atPaul;
        const auto collect = [](QStringList& into) {
            return [&into](const ClipboardContent& content) { into.append(content.text); };
        };
        connect(&anna.host->clipboard(), &ClipboardExchange::remoteChanged, this, collect(atAnna));
        connect(&vera.viewer->clipboard(), &ClipboardExchange::remoteChanged, this, collect(atVera));
        connect(&paul.viewer->clipboard(), &ClipboardExchange::remoteChanged, this, collect(atPaul));
        anna.host->clipboard().setActive(true, false);
        vera.viewer->clipboard().setActive(true, true);
        paul.viewer->clipboard().setActive(true, true); // as a client would that has not understood
        paul.viewer->clipboard().setLocal({QStringLiteral("of nobody's business"), {}, {}});
        vera.viewer->clipboard().setLocal({QStringLiteral("to the sharer"), {}, {}});
        QVERIFY(waitUntil([&] { return !atAnna.isEmpty(); }));
        QCOMPARE(atAnna, QStringList(QStringLiteral("to the sharer")));
        anna.host->clipboard().setLocal({QStringLiteral("to the viewer"), {}, {}});
        QVERIFY(waitUntil([&] { return !atVera.isEmpty(); }));
        QCOMPARE(atVera, QStringList(QStringLiteral("to the viewer")));
        QVERIFY(atPaul.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSharingControl)
#include "tst_sharing_control.moc"
