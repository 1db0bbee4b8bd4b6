#include "sharing_stage.h"

#include <QTest>

#include <algorithm>

using namespace sightline;

namespace {

std::shared_ptr<PatternScreen> newDesktop(unsigned seed, Size size = {640, 480})
{
    auto desktop = std::make_shared<PatternScreen>(size);
    paintScene(*desktop, seed);
    return desktop;
}

bool wasTold(const SharingStage& stage, const StageClient& client, Participant::Sharing media)
{
    const auto last = std::find_if(stage.media.rbegin(), stage.media.rend(),
        [&](const SharingMedia& one) { return one.entity == client.user.entity; });
    return last != stage.media.rend() && last->media == media;
}

} // namespace

class TestSharingServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsOnePictureToAll()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(1);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        QCOMPARE(anna.timesOffered, 0);
        QVERIFY(waitUntil([&] {
            return wasTold(stage, anna, Participant::Sharing::Sharer)
                && wasTold(stage, vera, Participant::Sharing::Viewer)
                && wasTold(stage, paul, Participant::Sharing::Viewer);
        }));

        StageClient& late = stage.join();
        QVERIFY(stage.allSee(*desktop, {&late}));
        for (unsigned seed = 2; seed < 6; ++seed) {
            paintScene(*desktop, seed);
            QVERIFY(stage.allSee(*desktop, {&vera, &paul, &late}));
        }
        desktop->resize({800, 600});
        paintScene(*desktop, 9);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul, &late}));
    }

    void goesOnWithoutAViewerThatVanished()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(3);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        paul.vanish();
        paintScene(*desktop, 4);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        // It is still in the meeting: it gets its leg back, and then sees what there is.
        QVERIFY(waitUntil([&] { return paul.timesOffered == 2; }));
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        stage.leave(paul);
        paintScene(*desktop, 5);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        const auto load = std::get<SharingLoad>(stage.ask(SharingGetLoad{}).body);
        QCOMPARE(load.conferences, 1U);
        QCOMPARE(load.legs, 2U);
    }

    void changesTheSharer()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& berta = stage.join();
        StageClient& vera = stage.join();
        const auto first = newDesktop(5);
        stage.setSharer(&anna);
        anna.share(first);
        QVERIFY(stage.allSee(*first, {&vera, &berta}));

        const auto second = newDesktop(6, {500, 400});
        stage.setSharer(&berta);
        QVERIFY(waitUntil([&] { return anna.hostBye.has_value(); }));
        QCOMPARE(anna.hostBye->code(), ErrorCode::Replaced);
        QVERIFY(anna.hostBye->message().contains(QStringLiteral("21000")));
        QVERIFY(vera.seesExactly(*first)); // until there is another picture
        anna.host.reset();
        berta.share(second);
        QVERIFY(stage.allSee(*second, {&vera, &anna}));
        QCOMPARE(vera.timesOffered, 1); // on the same leg
        QCOMPARE(anna.timesOffered, 1);
    }

    void endsWithTheSharing()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(7);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        anna.leaveSharing();
        stage.setSharer(nullptr);
        QVERIFY(waitUntil([&] { return vera.viewerBye.has_value(); }));
        QCOMPARE(vera.viewerBye->code(), ErrorCode::Gone);
        QVERIFY(wasTold(stage, vera, Participant::Sharing::None));
        // And once more, from the beginning.
        stage.setSharer(&anna);
        paintScene(*desktop, 8);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
    }

    void keepsThePictureWhileTheSharerComesBack()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(10);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        anna.vanish();
        QVERIFY(waitUntil([&] { return wasTold(stage, anna, Participant::Sharing::None); }));
        QVERIFY(vera.seesExactly(*desktop));
        StageClient& late = stage.join();
        QVERIFY(stage.allSee(*desktop, {&late})); // the relay has it
        paintScene(*desktop, 11);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera, &late}));
        QCOMPARE(vera.timesOffered, 1);
    }

    void showsNothingToWhoMayNotSee()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        vera.user.mayView = false;
        stage.ask(SharingPutUser{QString::fromLatin1(SharingStage::kMeeting), vera.user});
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(12);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&paul}));
        QCOMPARE(vera.timesOffered, 0);
        vera.user.mayView = true;
        stage.ask(SharingPutUser{QString::fromLatin1(SharingStage::kMeeting), vera.user});
        QVERIFY(stage.allSee(*desktop, {&vera}));
        vera.user.mayView = false;
        stage.ask(SharingPutUser{QString::fromLatin1(SharingStage::kMeeting), vera.user});
        QVERIFY(waitUntil([&] { return vera.viewerBye.has_value(); }));
        QCOMPARE(vera.viewerBye->code(), ErrorCode::NotAllowed);
    }

    void doesNotCallBackWhoHungUp()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        StageClient& paul = stage.join();
        const auto desktop = newDesktop(13);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera, &paul}));
        vera.calls.sendBye(QString::fromLatin1(SharingStage::kEntity), vera.viewerCall, ErrorCode::Gone,
            QStringLiteral("seen enough"));
        vera.viewer.reset();
        QVERIFY(waitUntil([&] { return wasTold(stage, vera, Participant::Sharing::None); }));
        paintScene(*desktop, 14);
        QVERIFY(stage.allSee(*desktop, {&paul}));
        QCOMPARE(vera.timesOffered, 1);
    }

    void refusesWhoMayNotShare()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& mallory = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(15);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        mallory.share(newDesktop(16));
        QVERIFY(waitUntil([&] { return mallory.hostBye.has_value(); }));
        QCOMPARE(mallory.hostBye->code(), ErrorCode::NotAllowed);
        QVERIFY(vera.seesExactly(*desktop));
    }

    void endsASharerThatSendsNonsense()
    {
        SharingStage stage;
        StageClient& mallory = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(23);
        stage.setSharer(&mallory);
        mallory.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        mallory.host.reset();
        mallory.shareNonsense();
        QVERIFY(waitUntil([&] { return mallory.hostBye.has_value(); }));
        QCOMPARE(mallory.hostBye->code(), ErrorCode::RdpFailed);
        QVERIFY(vera.seesExactly(*desktop)); // undisturbed
        QCOMPARE(vera.timesOffered, 1);
        mallory.stopNonsense();
        paintScene(*desktop, 24);
        mallory.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
    }

    void refusesNonsenseAndFloods()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        const QString meeting = QString::fromLatin1(SharingStage::kMeeting);
        const QString entity = QString::fromLatin1(SharingStage::kEntity);
        const auto codeOf = [](const SharingResponse& response) {
            const auto* failure = std::get_if<Failure>(&response.body);
            return failure ? failure->code : ErrorCode::Cancelled;
        };
        const auto call = [&](const QString& from, const QString& id, const QByteArray& sdp) {
            return codeOf(stage.ask(SharingCall{meeting, {from, entity, id, CallOffer{sdp}}}));
        };
        QCOMPARE(call(QStringLiteral("urn:sightline:participant:99"), QStringLiteral("a"), "v=0"),
            ErrorCode::NotFound);
        QCOMPARE(
            codeOf(stage.ask(SharingSetSharer{QStringLiteral("no-such-meeting"), {}})), ErrorCode::NotFound);
        stage.setSharer(&anna);
        anna.hostCall = QStringLiteral("b");
        QCOMPARE(call(anna.user.entity, QStringLiteral("b"), "v=0\r\nnonsense"), ErrorCode::Cancelled);
        QVERIFY(waitUntil([&] { return anna.hostBye.has_value(); }));
        QCOMPARE(anna.hostBye->code(), ErrorCode::ParseFailed);
        ErrorCode last = ErrorCode::Cancelled;
        for (int i = 0; i < 20; ++i)
            last = call(anna.user.entity, QStringLiteral("c%1").arg(i), "v=0");
        QCOMPARE(last, ErrorCode::TooOften);
    }

    void refusesMoreThanItCanCarry()
    {
        SharingLimits limits;
        limits.maxConferences = 1;
        limits.maxLegs = 2;
        SharingStage stage(limits);
        const auto second = stage.ask(
            SharingAddConference{QStringLiteral("another-one"), QStringLiteral("urn:sightline:sharing:b")});
        QCOMPARE(std::get<Failure>(second.body).code, ErrorCode::TooLarge);
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(17);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        StageClient& paul = stage.join();
        stage.leave(vera);
        QVERIFY(stage.allSee(*desktop, {&paul})); // as soon as there is room
    }

    void pausesForAllAlsoTheLateOnes()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(19);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        anna.host->setPaused(true);
        QVERIFY(waitUntil([&] { return vera.viewer->control().isPaused(); }));
        StageClient& late = stage.join();
        QVERIFY(waitUntil([&] { return late.viewer && late.viewer->control().isPaused(); }));
        QVERIFY(stage.allSee(*desktop, {&late}));
        anna.host->setPaused(false);
        QVERIFY(waitUntil(
            [&] { return !vera.viewer->control().isPaused() && !late.viewer->control().isPaused(); }));
    }

    void showsThePointerToAllAlsoTheLateOnes()
    {
        SharingStage stage;
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        const auto desktop = newDesktop(20);
        CursorShape shape;
        shape.size = {12, 12};
        shape.pixels.assign(144, 0xFF102030);
        desktop->setCursorShape(shape);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));
        QVERIFY(waitUntil([&] { return vera.screen.cursor().shape == shape; }));
        StageClient& late = stage.join();
        QVERIFY(waitUntil([&] { return late.screen.cursor().shape == shape; }));
    }
};

QTEST_GUILESS_MAIN(TestSharingServer)
#include "tst_sharing_server.moc"
