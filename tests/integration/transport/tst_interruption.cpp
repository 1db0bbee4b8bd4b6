#include "core/transport/silence_watch.h"
#include "datagram_relay.h"
#include "test_peer.h"

#include <QTest>

#include <future>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;
using State = MediaTransport::State;

namespace {

MediaTransport::Config udpConfig(bool controlling)
{
    auto config = loopbackConfig(controlling);
    config.tcp = false;
    return config;
}

/// Two ends with a relay between them that can be cut, connected and on their way to exchange data.
struct CuttablePair {
    explicit CuttablePair(Duration silenceTimeout = MediaTransport::Config().silenceTimeout)
    {
        auto offering = udpConfig(true);
        auto answering = udpConfig(false);
        offering.silenceTimeout = answering.silenceTimeout = silenceTimeout;
        offerer.emplace(offering);
        answerer.emplace(answering);
        if (!answerer->transport().setRemoteDescription(offerer->transport().localDescription())
            || !offerer->transport().setRemoteDescription(answerer->transport().localDescription()))
            qFatal("a description was refused");
        trickle(0, *offerer, *answerer);
        trickle(1, *answerer, *offerer);
    }

    void trickle(int side, TestPeer& from, TestPeer& to)
    {
        from.setCandidateSink(
            [this, side, &to](const QByteArray& candidate) {
                if (const auto disguised = relay.disguise(side, candidate))
                    (void)to.transport().addRemoteCandidate(*disguised);
            },
            [&to] { to.transport().setRemoteCandidatesDone(); });
    }

    bool isConnected()
    {
        return offerer->waitForState(State::Connected) && answerer->waitForState(State::Connected);
    }
    bool waitForInterruption(bool isInterrupted, Duration timeout = 15s)
    {
        return offerer->waitForInterruption(isInterrupted, timeout)
            && answerer->waitForInterruption(isInterrupted, timeout);
    }
    void exchange(const Bytes& data)
    {
        offerer->startReceiving();
        answerer->startReceiving();
        offerer->startSending(data);
        answerer->startSending(data);
    }
    bool hasExchanged(const Bytes& data)
    {
        return offerer->waitForReceived(data.size()) && answerer->waitForReceived(data.size())
            && offerer->received() == data && answerer->received() == data;
    }

    DatagramRelay relay;
    std::optional<TestPeer> offerer;
    std::optional<TestPeer> answerer;
};

} // namespace

/// Sessions whose path is cut: real ICE, DTLS and SRTP over a relay that swallows everything for a while.
class TestInterruption : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silenceOfATickedClock();
    void anOutageLosesNothing();
    void aRestartFindsAnotherPath();
    void theOldPathMayWinOverARestart();
    void ofManyRestartsTheLastCounts();
    void forEverEndsWithAReason();
    void restartsThatDoNotFitAreIgnored();
};

void TestInterruption::silenceOfATickedClock()
{
    const TimePoint start{1h};
    SilenceWatch watch;
    watch.onReceived(start);
    watch.onTick(start + 500ms);
    watch.onTick(start + 900ms);
    QCOMPARE(watch.silence(), Duration(900ms));
    watch.onTick(start + 20s); // we did not run
    QCOMPARE(watch.silence(), Duration(1900ms));
    watch.onTick(start + 19s); // nobody's clock goes back, but nothing breaks
    QCOMPARE(watch.silence(), Duration(1900ms));
    watch.onReceived(start + 21s);
    QCOMPARE(watch.silence(), Duration::zero());
}

void TestInterruption::anOutageLosesNothing()
{
    CuttablePair pair;
    QVERIFY(pair.isConnected());
    const Bytes data = pseudoRandomBytes(6'000'000, 1);
    pair.exchange(data);
    QVERIFY(pair.answerer->waitForReceived(100'000));
    const TimePoint cut = Clock::now();
    pair.relay.setCut(true);
    QVERIFY(pair.waitForInterruption(true));
    QVERIFY(pair.offerer->transport().statistics().isInterrupted);
    // No state but Connected in all that time.
    QVERIFY(!pair.offerer->waitForState(State::Failed, cut + 5s - Clock::now()));
    QCOMPARE(pair.answerer->transport().state(), State::Connected);
    const auto before = pair.relay.forwarded();
    pair.relay.setCut(false);
    QVERIFY(pair.waitForInterruption(false));
    QVERIFY(pair.hasExchanged(data));
    QVERIFY(pair.relay.forwarded() > before); // nobody had to restart
}

void TestInterruption::aRestartFindsAnotherPath()
{
    CuttablePair pair;
    QVERIFY(pair.isConnected());
    passRestarts(*pair.offerer, *pair.answerer);
    const QString code = pair.offerer->transport().securityCode();
    const TransportPath before = pair.offerer->transport().statistics().path;
    const Bytes data = pseudoRandomBytes(6'000'000, 2);
    pair.exchange(data);
    QVERIFY(pair.answerer->waitForReceived(100'000));
    pair.relay.setCut(true);
    QVERIFY(pair.waitForInterruption(true));
    QVERIFY(pair.waitForInterruption(false));
    QVERIFY(pair.hasExchanged(data));
    const TransportPath after = pair.offerer->transport().statistics().path;
    QVERIFY(after.local != before.local && after.remote != before.remote);
    QCOMPARE(pair.offerer->transport().securityCode(), code);
    QCOMPARE(pair.answerer->transport().state(), State::Connected);
}

/// The answer is long in coming, and the path comes back meanwhile: both sides end up on the same one.
void TestInterruption::theOldPathMayWinOverARestart()
{
    CuttablePair pair;
    QVERIFY(pair.isConnected());
    std::promise<IceRestart> offered;
    pair.offerer->setRestartSink([&offered, isFirst = true](const IceRestart& own) mutable {
        if (std::exchange(isFirst, false))
            offered.set_value(own);
    });
    pair.answerer->setRestartSink(
        [&pair](const IceRestart& own) { (void)pair.offerer->transport().setRemoteRestart(own); });
    pair.relay.setCut(true);
    auto offer = offered.get_future();
    QCOMPARE(offer.wait_for(15s), std::future_status::ready);
    pair.relay.setCut(false);
    QVERIFY(pair.waitForInterruption(false));
    QVERIFY(pair.answerer->transport().setRemoteRestart(offer.get()));
    const Bytes data = pseudoRandomBytes(3'000'000, 3);
    pair.exchange(data);
    QVERIFY(pair.hasExchanged(data));
    QCOMPARE(pair.offerer->transport().state(), State::Connected);
    QCOMPARE(pair.answerer->transport().state(), State::Connected);
}

void TestInterruption::ofManyRestartsTheLastCounts()
{
    CuttablePair pair;
    QVERIFY(pair.isConnected());
    std::mutex mutex;
    std::vector<std::uint32_t> answered;
    pair.answerer->setRestartSink([&](const IceRestart& own) {
        const std::lock_guard lock(mutex);
        answered.push_back(own.generation);
    });
    for (std::uint32_t i = 1; i <= 200; ++i) {
        QVERIFY(pair.answerer->transport().setRemoteRestart({.generation = i,
            .iceUfrag = "abcd",
            .icePwd = QByteArray(22, 'p'),
            .candidates = {"candidate:1 1 UDP 2130706431 127.0.0.1 9 typ host"}}));
    }
    const auto isLastAnswered = [&] {
        const std::lock_guard lock(mutex);
        return !answered.empty() && answered.back() == 200;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isLastAnswered(), 10'000);
    pair.answerer->setRestartSink({});
    QVERIFY(answered.size() < 20); // and not for each of them sockets were opened
}

void TestInterruption::forEverEndsWithAReason()
{
    CuttablePair pair(3s);
    QVERIFY(pair.isConnected());
    passRestarts(*pair.offerer, *pair.answerer);
    pair.answerer->setRestartSink({}); // signaling is gone as well
    pair.relay.setCut(true);
    QVERIFY(pair.waitForInterruption(true));
    QVERIFY(pair.offerer->waitForState(State::Failed));
    QVERIFY(pair.answerer->waitForState(State::Failed));
    QCOMPARE(pair.offerer->failure(), ErrorCode::ConnectionLost);
    QCOMPARE(pair.answerer->failure(), ErrorCode::ConnectionLost);
}

void TestInterruption::restartsThatDoNotFitAreIgnored()
{
    CuttablePair pair;
    QVERIFY(pair.isConnected());
    IceRestart restart{.generation = 1, .iceUfrag = "abcd", .icePwd = "too short", .candidates = {}};
    QVERIFY(!pair.answerer->transport().setRemoteRestart(restart));
    restart.icePwd = QByteArray(22, 'p');
    // An answer to what was never offered; and at the answerer one that leads nowhere, twice, and an old one.
    QVERIFY(pair.offerer->transport().setRemoteRestart(restart));
    restart.candidates = {"nonsense", "candidate:1 1 UDP 2130706431 127.0.0.1 9 typ host"};
    restart.generation = 7;
    QVERIFY(pair.answerer->transport().setRemoteRestart(restart));
    QVERIFY(pair.answerer->transport().setRemoteRestart(restart));
    restart.generation = 2;
    QVERIFY(pair.answerer->transport().setRemoteRestart(restart));
    const Bytes data = pseudoRandomBytes(1'000'000, 4);
    pair.exchange(data);
    QVERIFY(pair.hasExchanged(data));
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
