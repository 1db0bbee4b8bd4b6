#include "core/transport/ice_candidate.h"

#include <QList>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <optional>

namespace sightline {

namespace {

constexpr qsizetype kFixedFields = 8; // up to and with the type
constexpr qsizetype kMaxFoundation = 32;
constexpr quint64 kMaxPriority = (quint64(1) << 31) - 1;

Error malformed(const char* what)
{
    return Error(ErrorCode::ParseFailed, QStringLiteral("a candidate has %1").arg(QLatin1StringView(what)));
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isFoundation(const QByteArray& text)
{
    // ice-char of RFC 8839 5.1
    return !text.isEmpty() && text.size() <= kMaxFoundation
        && std::all_of(
            text.begin(), text.end(), [](char c) { return isAlphanumeric(c) || c == '+' || c == '/'; });
}

std::optional<quint64> parseNumber(const QByteArray& text, quint64 largest)
{
    constexpr qsizetype kMaxDigits = 10;
    if (text.isEmpty() || text.size() > kMaxDigits)
        return std::nullopt;
    quint64 number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + static_cast<quint64>(c - '0');
    }
    return number <= largest ? std::optional(number) : std::nullopt;
}

bool isUnicastAddress(const QByteArray& text)
{
    std::array<unsigned char, 16> octets{};
    if (inet_pton(AF_INET, text.constData(), octets.data()) == 1)
        return octets[0] != 0 && octets[0] < 224; // neither "this network", nor multicast, nor broadcast
    if (inet_pton(AF_INET6, text.constData(), octets.data()) != 1)
        return false;
    const bool isUnspecified
        = std::all_of(octets.begin(), octets.end(), [](unsigned char o) { return o == 0; });
    return !isUnspecified && octets[0] != 0xff;
}

std::optional<IceCandidate::Type> parseType(const QByteArray& text)
{
    if (text == "host")
        return IceCandidate::Type::Host;
    if (text == "srflx")
        return IceCandidate::Type::ServerReflexive;
    if (text == "prflx")
        return IceCandidate::Type::PeerReflexive;
    if (text == "relay")
        return IceCandidate::Type::Relayed;
    return std::nullopt;
}

std::optional<IceCandidate::Transport> parseTransport(const QByteArray& protocol, const QByteArray& tcpType)
{
    const QByteArray lower = protocol.toLower();
    if (lower == "udp" && tcpType.isEmpty())
        return IceCandidate::Transport::Udp;
    if (lower == "tcp" && tcpType == "active")
        return IceCandidate::Transport::TcpActive;
    if (lower == "tcp" && tcpType == "passive")
        return IceCandidate::Transport::TcpPassive;
    if (lower == "tcp" && tcpType == "so")
        return IceCandidate::Transport::TcpSimultaneousOpen;
    return std::nullopt;
}

} // namespace

Result<IceCandidate> IceCandidate::parse(const QByteArray& text)
{
    const QByteArray prefix = "candidate:";
    if (text.size() > kMaxLength)
        return malformed("too many octets");
    if (!text.startsWith(prefix))
        return malformed("no foundation");
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
        return malformed("octets that cannot be printed");
    const QList<QByteArray> fields = text.mid(prefix.size()).split(' ');
    if (fields.size() < kFixedFields || fields.size() % 2 != 0 || fields.contains(QByteArray()))
        return malformed("a wrong number of fields");

    QByteArray tcpType;
    for (qsizetype i = kFixedFields; i < fields.size(); i += 2) {
        if (fields[i] == "tcptype")
            tcpType = fields[i + 1];
    }
    const auto priority = parseNumber(fields[3], kMaxPriority);
    const auto port = parseNumber(fields[5], 65535);
    const auto transport = parseTransport(fields[2], tcpType);
    const auto type = parseType(fields[7]);
    if (!isFoundation(fields[0]))
        return malformed("no foundation");
    if (fields[1] != "1")
        return malformed("another component than 1");
    if (!transport)
        return malformed("an unknown transport");
    if (!priority || *priority == 0)
        return malformed("no valid priority");
    if (!isUnicastAddress(fields[4]))
        return malformed("no valid address");
    if (!port || *port == 0)
        return malformed("no valid port");
    if (fields[6] != "typ" || !type)
        return malformed("an unknown type");
    return IceCandidate{fields[0], *transport, static_cast<std::uint32_t>(*priority), fields[4],
        static_cast<std::uint16_t>(*port), *type};
}

} // namespace sightline
