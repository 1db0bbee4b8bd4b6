// The input is a script: what the owner does, what an honest peer sends, what a hostile one forges. Checked
// is what must hold whatever happens: no spinning, bounded memory, no octets from nowhere.

#include "core/transport/rtp_stream.h"
#include "core/transport/rtcp_feedback.h"
#include "core/transport/rtp_packet.h"

#include <cstdlib>
#include <deque>

using namespace sightline;

namespace {

constexpr std::uint32_t kPeer = 2;
constexpr std::uint16_t kFirst = 65'530; // wraps at once
constexpr std::size_t kReceiveBuffer = 96 * 1024;

void check(bool holds)
{
    if (!holds)
        std::abort();
}

class Script {
public:
    explicit Script(ByteView octets)
        : m_octets(octets)
    {
    }

    bool isAtEnd() const { return m_octets.empty(); }
    std::uint64_t number(std::size_t width)
    {
        std::uint64_t value = 0;
        for (; width > 0 && !m_octets.empty(); --width, m_octets = m_octets.subspan(1))
            value = value << 8 | m_octets.front();
        return value;
    }
    Bytes octets(std::size_t size)
    {
        const auto part = m_octets.first(std::min(size, m_octets.size()));
        m_octets = m_octets.subspan(part.size());
        return {part.begin(), part.end()};
    }

private:
    ByteView m_octets;
};

RtpStream::Config config(std::uint32_t ssrc, bool lossless)
{
    return {.localSsrc = ssrc,
        .receiveBuffer = kReceiveBuffer,
        .lossless = lossless,
        .firstSequenceNumber = kFirst};
}

class Scene {
public:
    explicit Scene(ByteView octets)
        : m_script(octets)
        , m_isLossless(m_script.number(1) % 2 == 1)
        , m_victim(config(1, m_isLossless), m_now)
        , m_peer(config(kPeer, m_isLossless), m_now)
    {
    }

    void run()
    {
        while (!m_script.isAtEnd()) {
            step(m_script.number(1));
            flush(m_victim, m_toPeer);
            flush(m_peer, m_toVictim);
            check(m_victim.readableBytes() <= kReceiveBuffer);
            check(m_victim.statistics().bytesQueued <= 256 * 1024);
            check(m_victim.statistics().packetsLost <= m_victim.statistics().packetsSent);
        }
    }

private:
    void step(std::uint64_t operation)
    {
        switch (operation % 12) {
        case 0:
            return receive(m_script.octets(m_script.number(1)));
        case 1:
            return forgeData();
        case 2:
            return forgeFeedback();
        case 3:
            m_victim.write(Bytes(m_script.number(2)));
            return;
        case 4:
            return read(m_victim);
        case 5:
            m_now += std::chrono::microseconds(m_script.number(2) * 10);
            return;
        case 6:
            m_now = std::max(m_now, std::min(m_victim.nextTimeout(), m_now + std::chrono::seconds(10)));
            return;
        case 7:
            return deliver(m_toPeer, m_peer);
        case 8:
            return deliver(m_toVictim, m_victim);
        case 9:
            m_peer.write(Bytes(m_script.number(2)));
            return read(m_peer);
        case 10:
            m_victim.requestKeepalive();
            return;
        default:
            m_script.number(1) % 2 == 0 ? m_victim.finish() : m_peer.finish();
        }
    }

    void receive(const Bytes& packet) { m_victim.onPacket(packet, m_now); }

    void read(RtpStream& stream)
    {
        Bytes buffer(m_script.number(2));
        const auto readable = stream.readableBytes();
        check(stream.read(buffer) == std::min(readable, buffer.size()));
    }

    void forgeData()
    {
        RtpPacket packet;
        packet.ssrc = kPeer;
        packet.number = m_script.number(3);
        packet.offset = m_script.number(3);
        const auto flags = m_script.number(1);
        packet.isEnd = (flags & 1) != 0;
        packet.wantsFeedback = (flags & 2) != 0;
        if ((flags & 4) != 0)
            packet.offset <<= 24;
        Bytes octets(RtpPacket::kOverhead + m_script.number(2) % 1300, static_cast<std::uint8_t>(flags >> 4));
        packet.writeHeaders(std::span(octets).first<RtpPacket::kOverhead>());
        receive(octets);
    }

    void forgeFeedback()
    {
        RtcpFeedback feedback;
        feedback.ssrc = kPeer;
        feedback.nextOffset = m_script.number(3);
        feedback.receiveLimit = feedback.nextOffset + m_script.number(3);
        std::uint64_t end = kFirst + m_script.number(2) % 1024;
        const auto count = m_script.number(1) % (RtcpFeedback::kMaxRanges + 1);
        for (; feedback.rangeCount < count && end > 600; ++feedback.rangeCount) {
            const auto begin = end - 1 - m_script.number(1);
            feedback.ranges[feedback.rangeCount] = {begin, end};
            end = begin - 1 - m_script.number(1);
        }
        feedback.ageCount = m_script.number(1) % (RtcpFeedback::kMaxAges + 1);
        for (std::size_t i = 0; i < feedback.ageCount; ++i)
            feedback.ages[i] = static_cast<std::uint16_t>(m_script.number(2));
        receive(feedback.serialise());
    }

    void deliver(std::deque<Bytes>& queue, RtpStream& to)
    {
        auto count = m_script.number(1);
        for (; count > 0 && !queue.empty(); --count, queue.pop_front()) {
            if (count % 8 != 7) // one in eight is lost
                to.onPacket(queue.front(), m_now);
        }
    }

    void flush(RtpStream& stream, std::deque<Bytes>& queue)
    {
        int count = 0;
        while (auto outgoing = stream.takePacket(m_now)) {
            check(outgoing->packet.size() <= 1200);
            check(isRtcpPacket(outgoing->packet) == outgoing->isRtcp);
            check(++count < 20'000);
            if (queue.size() < 2000)
                queue.push_back(std::move(outgoing->packet));
        }
        check(stream.nextTimeout() > m_now);
    }

    Script m_script;
    bool m_isLossless;
    TimePoint m_now{std::chrono::hours(1)};
    RtpStream m_victim;
    RtpStream m_peer;
    std::deque<Bytes> m_toPeer;
    std::deque<Bytes> m_toVictim;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Scene({data, size}).run();
    return 0;
}
