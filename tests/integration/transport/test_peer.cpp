#include "test_peer.h"

#include <array>
#include <random>

namespace sightline {

TestPeer::TestPeer(MediaTransport::Config config)
{
    MediaTransport::Handlers handlers;
    handlers.localCandidate = [this](const QByteArray& candidate) {
        const std::lock_guard lock(m_mutex);
        m_candidates.push_back(candidate);
        if (m_candidateSink)
            m_candidateSink(candidate);
    };
    handlers.localCandidatesDone = [this] {
        const std::lock_guard lock(m_mutex);
        m_candidatesDone = true;
        if (m_doneSink)
            m_doneSink();
        m_changed.notify_all();
    };
    handlers.stateChanged = [this](State state, const Error* error) {
        const std::lock_guard lock(m_mutex);
        m_state = state;
        if (error)
            m_error = *error;
        if (m_isDestroyDue)
            m_transport.reset();
        m_changed.notify_all();
    };
    handlers.interruptionChanged = [this](bool isInterrupted) {
        const std::lock_guard lock(m_mutex);
        m_isInterrupted = isInterrupted;
        m_changed.notify_all();
    };
    handlers.restartDescribed = [this](const IceRestart& own) {
        const std::lock_guard lock(m_mutex);
        if (m_restartSink)
            m_restartSink(own);
    };
    auto transport = MediaTransport::create(m_loop, std::move(config), std::move(handlers));
    if (!transport)
        qFatal("%s", qPrintable(transport.error().toString()));
    m_transport = *std::move(transport);
}

TestPeer::~TestPeer() = default;

void TestPeer::setCandidateSink(std::function<void(const QByteArray&)> candidate, std::function<void()> done)
{
    const std::lock_guard lock(m_mutex);
    for (const QByteArray& known : m_candidates)
        candidate(known);
    if (m_candidatesDone)
        done();
    m_candidateSink = std::move(candidate);
    m_doneSink = std::move(done);
}

std::vector<QByteArray> TestPeer::waitForCandidates()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::seconds(10), [this] { return m_candidatesDone; });
    return m_candidates;
}

void TestPeer::setRestartSink(std::function<void(const IceRestart&)> sink)
{
    const std::lock_guard lock(m_mutex);
    m_restartSink = std::move(sink);
}

bool TestPeer::waitForInterruption(bool isInterrupted, Duration timeout)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [&] { return m_isInterrupted == isInterrupted; });
}

bool TestPeer::waitForState(State state, Duration timeout)
{
    std::unique_lock lock(m_mutex);
    const auto isOver
        = [&] { return m_state == state || m_state == State::Failed || m_state == State::Closed; };
    m_changed.wait_for(lock, timeout, isOver);
    return m_state == state;
}

std::optional<ErrorCode> TestPeer::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_error ? std::optional(m_error->code()) : std::nullopt;
}

QString TestPeer::failureText() const
{
    const std::lock_guard lock(m_mutex);
    return m_error ? m_error->toString() : QString();
}

void TestPeer::destroyOnStateChange()
{
    const std::lock_guard lock(m_mutex);
    m_isDestroyDue = true;
}

void TestPeer::startSending(Bytes data)
{
    m_loop.call([&] {
        m_toSend = std::move(data);
        m_sent = 0;
        m_transport->stream().onWritable = [this] { writeMore(); };
        writeMore();
    });
}

void TestPeer::writeMore()
{
    m_sent += m_transport->stream().write(ByteView(m_toSend).subspan(m_sent));
}

void TestPeer::startReceiving()
{
    m_loop.call([this] {
        m_transport->stream().onReadable = [this] { readMore(); };
        readMore();
    });
}

void TestPeer::readMore()
{
    std::array<std::uint8_t, 16384> buffer;
    while (const std::size_t count = m_transport->stream().read(buffer)) {
        const std::lock_guard lock(m_mutex);
        m_received.insert(
            m_received.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
        m_changed.notify_all();
    }
}

bool TestPeer::waitForReceived(std::size_t count, Duration timeout)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, timeout, [&] { return m_received.size() >= count; });
}

Bytes TestPeer::received()
{
    const std::lock_guard lock(m_mutex);
    return m_received;
}

MediaTransport::Config loopbackConfig(bool controlling)
{
    MediaTransport::Config config;
    config.controlling = controlling;
    config.localAddresses = {QStringLiteral("127.0.0.1")};
    return config;
}

void connectPeers(TestPeer& offerer, TestPeer& answerer)
{
    connectPeers(offerer, answerer, answerer.transport().localDescription());
}

void connectPeers(TestPeer& offerer, TestPeer& answerer, const TransportDescription& answer)
{
    const auto trickle = [](TestPeer& from, TestPeer& to) {
        from.setCandidateSink(
            [&to](const QByteArray& candidate) {
                if (const auto added = to.transport().addRemoteCandidate(candidate); !added)
                    qFatal("%s", qPrintable(added.error().toString()));
            },
            [&to] { to.transport().setRemoteCandidatesDone(); });
    };
    if (!answerer.transport().setRemoteDescription(offerer.transport().localDescription())
        || !offerer.transport().setRemoteDescription(answer))
        qFatal("a description was refused");
    trickle(offerer, answerer);
    trickle(answerer, offerer);
}

void passRestarts(TestPeer& offerer, TestPeer& answerer)
{
    const auto pass = [](TestPeer& from, TestPeer& to) {
        from.setRestartSink([&to](const IceRestart& own) {
            if (const auto set = to.transport().setRemoteRestart(own); !set)
                qFatal("%s", qPrintable(set.error().toString()));
        });
    };
    pass(offerer, answerer);
    pass(answerer, offerer);
}

Bytes pseudoRandomBytes(std::size_t count, unsigned int seed)
{
    std::mt19937 random(seed);
    Bytes bytes(count);
    for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>(random());
    return bytes;
}

} // namespace sightline
