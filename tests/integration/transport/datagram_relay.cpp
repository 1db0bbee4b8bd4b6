#include "datagram_relay.h"

#include <QList>
#include <QtGlobal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sightline {

namespace {

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

DatagramRelay::DatagramRelay()
{
    for (std::size_t i = 0; i < m_sockets.size(); ++i) {
        m_sockets[i] = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        if (::bind(m_sockets[i], reinterpret_cast<sockaddr*>(&address), size) != 0
            || ::getsockname(m_sockets[i], reinterpret_cast<sockaddr*>(&address), &size) != 0)
            qFatal("no UDP port");
        m_ports[i] = ntohs(address.sin_port);
    }
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

DatagramRelay::~DatagramRelay()
{
    m_thread.request_stop();
    m_thread.join();
    for (const int socket : m_sockets)
        ::close(socket);
}

std::optional<QByteArray> DatagramRelay::disguise(int side, const QByteArray& candidate)
{
    // candidate:FOUNDATION COMPONENT UDP PRIORITY ADDRESS PORT typ host
    QList<QByteArray> fields = candidate.split(' ');
    if (fields.size() < 8 || fields[2].toUpper() != "UDP")
        return std::nullopt;
    const auto index = static_cast<std::size_t>(side);
    m_targets[index] = static_cast<std::uint16_t>(fields[5].toUInt());
    fields[5] = QByteArray::number(m_ports[index]);
    return fields.join(' ');
}

void DatagramRelay::run(std::stop_token stop)
{
    std::array<pollfd, 2> polled{{{m_sockets[0], POLLIN, 0}, {m_sockets[1], POLLIN, 0}}};
    while (!stop.stop_requested()) {
        if (::poll(polled.data(), polled.size(), 20) <= 0)
            continue;
        for (int side = 0; side < 2; ++side) {
            if (polled[static_cast<std::size_t>(side)].revents != 0)
                forward(side);
        }
    }
}

/// What arrived where `to` is stood for came from the other one.
void DatagramRelay::forward(int to)
{
    std::array<char, 2048> buffer;
    const auto target = static_cast<std::size_t>(to);
    for (int i = 0; i < 64; ++i) {
        const ssize_t size = ::recv(m_sockets[target], buffer.data(), buffer.size(), 0);
        if (size < 0)
            return;
        if (m_isCut || m_targets[target] == 0)
            continue;
        const sockaddr_in address = loopback(m_targets[target]);
        ::sendto(m_sockets[1 - target], buffer.data(), static_cast<std::size_t>(size), 0,
            reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ++m_forwarded;
    }
}

} // namespace sightline
