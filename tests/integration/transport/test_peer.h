#pragma once

#include "core/transport/event_loop.h"
#include "core/transport/media_transport.h"

#include <QByteArray>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace sightline {

/// One end of a session for tests: a MediaTransport on a loop of its own, what it told, and waits with a
/// bound.
class TestPeer {
public:
    using State = MediaTransport::State;

    explicit TestPeer(MediaTransport::Config config);
    ~TestPeer();
    TestPeer(const TestPeer&) = delete;
    TestPeer& operator=(const TestPeer&) = delete;

    EventLoop& loop() { return m_loop; }
    MediaTransport& transport() { return *m_transport; }
    void destroyTransport() { m_transport.reset(); }
    /// From inside the handler of its next change of state.
    void destroyOnStateChange();
    bool hasTransport() const { return m_transport != nullptr; }

    /// Where candidates go, from the loop's thread; those found before are handed over at once.
    void setCandidateSink(std::function<void(const QByteArray&)> candidate, std::function<void()> done);
    std::vector<QByteArray> waitForCandidates();

    /// Where our half of a restart goes; without one it is dropped.
    void setRestartSink(std::function<void(const IceRestart&)> sink);
    bool waitForInterruption(bool isInterrupted, Duration timeout = std::chrono::seconds(15));

    bool waitForState(State state, Duration timeout = std::chrono::seconds(15));
    std::optional<ErrorCode> failure() const;
    QString failureText() const;

    void startSending(Bytes data);
    void startReceiving();
    bool waitForReceived(std::size_t count, Duration timeout = std::chrono::seconds(30));
    Bytes received();

private:
    void writeMore();
    void readMore();

    EventLoop m_loop;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<QByteArray> m_candidates;
    bool m_candidatesDone = false;
    std::function<void(const QByteArray&)> m_candidateSink;
    std::function<void()> m_doneSink;
    std::function<void(const IceRestart&)> m_restartSink;
    bool m_isInterrupted = false;
    bool m_isDestroyDue = false;
    State m_state = State::New;
    std::optional<Error> m_error;
    Bytes m_toSend;
    std::size_t m_sent = 0;
    Bytes m_received;
    std::unique_ptr<MediaTransport> m_transport; ///< goes first
};

/// A configuration for this machine alone, without anything that it might reach outside.
MediaTransport::Config loopbackConfig(bool controlling = false);

/// Descriptions and candidates of each go to the other.
void connectPeers(TestPeer& offerer, TestPeer& answerer);
/// The same, but the offerer is told `answer` instead of what the answerer says.
void connectPeers(TestPeer& offerer, TestPeer& answerer, const TransportDescription& answer);
/// Each half of a restart goes to the other.
void passRestarts(TestPeer& offerer, TestPeer& answerer);

Bytes pseudoRandomBytes(std::size_t count, unsigned int seed);

} // namespace sightline
