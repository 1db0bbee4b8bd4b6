#pragma once

#include <QByteArray>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

namespace sightline {

/// A path between two UDP ports of this machine that a test can cut. Each side sends to a port that stands
/// for the other; what arrives there leaves from the port that stands for the sender.
class DatagramRelay {
public:
    DatagramRelay();
    ~DatagramRelay();
    DatagramRelay(const DatagramRelay&) = delete;
    DatagramRelay& operator=(const DatagramRelay&) = delete;

    /// The UDP candidate of `side` (0 or 1) as the other side shall see it; anything but UDP is left out.
    std::optional<QByteArray> disguise(int side, const QByteArray& candidate);

    void setCut(bool isCut) { m_isCut = isCut; }
    std::uint64_t forwarded() const { return m_forwarded; }

private:
    void run(std::stop_token stop);
    void forward(int from);

    std::array<int, 2> m_sockets; ///< [i] stands for side i, and is what the other side sends to
    std::array<std::uint16_t, 2> m_ports{}; ///< of m_sockets
    std::array<std::atomic<std::uint16_t>, 2> m_targets{}; ///< the real ports
    std::atomic<bool> m_isCut = false;
    std::atomic<std::uint64_t> m_forwarded = 0;
    std::jthread m_thread; ///< goes first
};

} // namespace sightline
