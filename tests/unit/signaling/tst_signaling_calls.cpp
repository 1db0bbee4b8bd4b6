#include "tests/unit/signaling/signaling_scene.h"

#include <QTest>

using namespace sightline;

class TestSignalingCalls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void calls();
    void isCalled();
    void endsCallOfBadAnswer();
    void ignoresWhatBelongsToNoCall();
    void restartsAnOpenCallOnly();
    void limitsCandidates();
};

void TestSignalingCalls::calls()
{
    Scene scene;
    scene.join();
    scene.client.sendOffer(kAda, kCall, offer());
    scene.client.sendCandidate(kAda, kCall, kCandidate);
    scene.client.sendEndOfCandidates(kAda, kCall);
    QTRY_COMPARE(scene.focus.calls().size(), 3u);
    const auto& sent = scene.focus.calls();
    QCOMPARE(sent[0].to, kAda);
    QCOMPARE(sent[0].callId, kCall);
    QVERIFY(*SessionDescription::parse(std::get<CallOffer>(sent[0].body).sdp) == offer());
    QVERIFY(std::get<CallCandidates>(sent[1].body) == (CallCandidates{{kCandidate}, false}));
    QVERIFY(std::get<CallCandidates>(sent[2].body) == (CallCandidates{{}, true}));

    scene.focus.send(fromAda(CallAnswer{answer().toSdp()}));
    scene.focus.send(fromAda(CallCandidates{{kCandidate}, true}));
    scene.focus.send(fromAda(CallBye{ErrorCode::Gone, QStringLiteral("bye")}));
    QVERIFY(scene.byes.wait());
    QCOMPARE(scene.answers.count(), 1);
    QVERIFY(scene.answers.front().at(2).value<SessionDescription>() == answer());
    QCOMPARE(scene.candidates.front(), (QVariantList{kAda, kCall, kCandidate}));
    QCOMPARE(scene.candidateEnds.count(), 1);
    QVERIFY(scene.byes.front().at(2).value<ErrorCode>() == ErrorCode::Gone);
    QCOMPARE(scene.byes.front().at(3).toString(), QStringLiteral("bye"));
}

void TestSignalingCalls::isCalled()
{
    Scene scene;
    scene.join();
    scene.focus.send(fromAda(CallOffer{offer().toSdp()}));
    QVERIFY(scene.offers.wait());
    QCOMPARE(scene.offers.front().front().toString(), kAda);
    QVERIFY(scene.offers.front().at(2).value<SessionDescription>() == offer());
    scene.client.sendAnswer(kAda, kCall, answer());
    scene.client.sendBye(kAda, kCall, ErrorCode::Declined, QStringLiteral("no"));
    QTRY_COMPARE(scene.focus.calls().size(), 2u);
    QVERIFY(*SessionDescription::parse(std::get<CallAnswer>(scene.focus.calls()[0].body).sdp) == answer());
    QVERIFY(std::get<CallBye>(scene.focus.calls()[1].body)
        == (CallBye{ErrorCode::Declined, QStringLiteral("no")}));
}

void TestSignalingCalls::endsCallOfBadAnswer()
{
    Scene scene;
    scene.join();
    scene.client.sendOffer(kAda, kCall, offer());
    // Both would share.
    scene.focus.send(fromAda(CallAnswer{
        description(SessionDescription::Role::Sharer, SessionDescription::Setup::Active).toSdp()}));
    QVERIFY(scene.byes.wait());
    QVERIFY(scene.byes.front().at(2).value<ErrorCode>() == ErrorCode::ParseFailed);
    QTRY_COMPARE(scene.focus.calls().size(), 2u);
    QVERIFY(std::get<CallBye>(scene.focus.calls()[1].body).code == ErrorCode::ParseFailed);
    QVERIFY(scene.answers.isEmpty());
}

void TestSignalingCalls::ignoresWhatBelongsToNoCall()
{
    Scene scene;
    scene.join();
    scene.focus.send(fromAda(CallAnswer{answer().toSdp()}));
    scene.focus.send(fromAda(CallCandidates{{kCandidate}, true}));
    CallDocument stray = fromAda(CallOffer{offer().toSdp()});
    stray.to = QStringLiteral("somebody");
    scene.focus.send(stray);
    stray.to = TestFocus::clientEntity();
    stray.from = TestFocus::clientEntity();
    scene.focus.send(stray);
    stray.from.clear();
    scene.focus.send(stray);
    scene.settle();
    QVERIFY(scene.offers.isEmpty());
    QVERIFY(scene.answers.isEmpty());
    QVERIFY(scene.candidates.isEmpty());
    QVERIFY(scene.candidateEnds.isEmpty());
    // The offer without SDP that settled it was refused.
    QVERIFY(std::get<CallBye>(scene.focus.calls().back().body).code == ErrorCode::ParseFailed);
    // A refusal needs no call.
    scene.focus.send(fromAda(CallBye{ErrorCode::Busy, {}}));
    QVERIFY(scene.byes.wait());
}

void TestSignalingCalls::restartsAnOpenCallOnly()
{
    Scene scene;
    scene.join();
    SessionDescription restart = offer();
    restart.iceRestart = 1;
    scene.focus.send(fromAda(CallOffer{restart.toSdp()}));
    scene.client.sendOffer(kAda, QStringLiteral("c-2"), restart);
    scene.settle();
    QVERIFY(scene.offers.isEmpty());
    QCOMPARE(scene.focus.calls().size(), 1u); // what settled it; no offer

    scene.focus.send(fromAda(CallOffer{offer().toSdp()}));
    scene.focus.send(fromAda(CallOffer{restart.toSdp()}));
    scene.settle();
    QCOMPARE(scene.offers.count(), 2);
    QCOMPARE(scene.offers[1].at(2).value<SessionDescription>().iceRestart, 1u);

    scene.client.sendOffer(kAda, QStringLiteral("c-2"), offer());
    scene.focus.send(fromAda(CallAnswer{answer().toSdp()}, QStringLiteral("c-2")));
    QVERIFY(scene.answers.wait());
    scene.client.sendOffer(kAda, QStringLiteral("c-2"), restart);
    SessionDescription restarted = answer();
    restarted.iceRestart = 1;
    scene.focus.send(fromAda(CallAnswer{restarted.toSdp()}, QStringLiteral("c-2")));
    scene.focus.send(fromAda(CallAnswer{restarted.toSdp()}, QStringLiteral("c-2")));
    scene.settle();
    QCOMPARE(scene.answers.count(), 2);
}

void TestSignalingCalls::limitsCandidates()
{
    Scene scene;
    scene.join();
    scene.focus.send(fromAda(CallOffer{offer().toSdp()}));
    scene.focus.send(fromAda(CallOffer{offer().toSdp()})); // once more: ignored
    for (int i = 0; i < 3; ++i)
        scene.focus.send(fromAda(CallCandidates{QList<QByteArray>(60, kCandidate), false}));
    scene.settle();
    QCOMPARE(scene.offers.count(), 1);
    QCOMPARE(scene.candidates.count(), limits::kCandidates);
}

QTEST_GUILESS_MAIN(TestSignalingCalls)
#include "tst_signaling_calls.moc"
