#include "core/rdp/dvc_client.h"

#include "core/rdp/dvc_framing.h"
#include "core/rdp/little_endian.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

// MS-RDPEDYC 2.2: cbId (2 bits), Sp (2 bits), Cmd (4 bits)
constexpr std::uint8_t kCreate = 0x01;
constexpr std::uint8_t kDataFirst = 0x02;
constexpr std::uint8_t kData = 0x03;
constexpr std::uint8_t kClose = 0x04;
constexpr std::uint8_t kCapabilities = 0x05;

constexpr std::uint16_t kVersion = 1; // neither priorities nor compression
constexpr std::uint32_t kAccepted = 0;
constexpr std::uint32_t kNoListener = 0xC0000001; // STATUS_UNSUCCESSFUL

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

int lengthOf(unsigned code)
{
    return code == 0 ? 1 : code == 1 ? 2 : 4;
}

std::uint32_t readNumber(ByteView octets, int length)
{
    std::uint32_t value = 0;
    for (int i = 0; i < length; ++i)
        value |= static_cast<std::uint32_t>(octets[static_cast<std::size_t>(i)]) << (8 * i);
    return value;
}

} // namespace

DvcClient::DvcClient(std::string channelName, std::size_t maxMessage, Handlers handlers)
    : m_name(std::move(channelName))
    , m_maxMessage(maxMessage)
    , m_handlers(std::move(handlers))
{
}

Result<DvcClient::Header> DvcClient::parseHeader(ByteView pdu)
{
    Header header;
    header.command = static_cast<std::uint8_t>(pdu[0] >> 4);
    header.idLength = lengthOf(pdu[0] & 3U);
    header.lengthLength = lengthOf((pdu[0] >> 2) & 3U);
    const auto idLength = static_cast<std::size_t>(header.idLength);
    if (pdu.size() < 1 + idLength)
        return malformed("truncated channel id");
    header.channel = readNumber(pdu.subspan(1), header.idLength);
    header.body = pdu.subspan(1 + idLength);
    return header;
}

Result<void> DvcClient::receive(ByteView pdu)
{
    if (pdu.empty())
        return malformed("empty dynamic channel message");
    if (pdu[0] >> 4 == kCapabilities)
        return answerCapabilities(pdu);
    const auto header = parseHeader(pdu);
    if (!header)
        return header.error();
    switch (header->command) {
    case kCreate:
        return onCreate(*header);
    case kDataFirst:
        return onDataFirst(*header);
    case kData:
        return onData(*header);
    case kClose:
        if (m_channel == header->channel) {
            m_channel.reset();
            m_handlers.closed();
        }
        return {};
    default:
        return malformed("unknown dynamic channel command");
    }
}

Result<void> DvcClient::answerCapabilities(ByteView pdu)
{
    if (pdu.size() < 4)
        return malformed("truncated dynamic channel capabilities");
    Bytes answer;
    appendU8(answer, kCapabilities << 4);
    appendU8(answer, 0); // Pad (1 byte)
    appendU16(answer, kVersion); // Version (2 bytes)
    if (!m_handlers.send(answer))
        return Error(ErrorCode::RdpFailed, QStringLiteral("the connection broke"));
    return {};
}

Result<void> DvcClient::onCreate(const Header& header)
{
    const auto end = std::ranges::find(header.body, 0);
    if (end == header.body.end())
        return malformed("a channel name without an end");
    const bool isOurs = std::equal(header.body.begin(), end, m_name.begin(), m_name.end());
    Bytes answer;
    const auto idCode = header.idLength == 1 ? 0U : header.idLength == 2 ? 1U : 2U;
    appendU8(answer, static_cast<std::uint8_t>(kCreate << 4 | idCode));
    for (int i = 0; i < header.idLength; ++i)
        appendU8(answer, static_cast<std::uint8_t>(header.channel >> (8 * i)));
    appendU32(answer, isOurs ? kAccepted : kNoListener); // CreationStatus (4 bytes)
    if (!m_handlers.send(answer))
        return Error(ErrorCode::RdpFailed, QStringLiteral("the connection broke"));
    if (!isOurs)
        return {};
    m_channel = header.channel;
    m_message.clear();
    m_missing = 0;
    return m_handlers.opened();
}

Result<void> DvcClient::onDataFirst(const Header& header)
{
    if (m_channel != header.channel)
        return {}; // of a channel that was closed a moment ago
    const auto size = static_cast<std::size_t>(header.lengthLength);
    if (header.body.size() < size || m_missing > 0)
        return malformed("a fragment out of place");
    const std::size_t total = readNumber(header.body, header.lengthLength);
    const ByteView data = header.body.subspan(size);
    if (total > m_maxMessage || data.size() > total)
        return malformed("a message longer than it may be");
    m_message.assign(data.begin(), data.end());
    m_missing = total - data.size();
    return m_missing > 0 ? Result<void>() : finishMessage();
}

Result<void> DvcClient::onData(const Header& header)
{
    if (m_channel != header.channel)
        return {};
    if (m_missing == 0) // a whole message (2.2.3.2)
        return header.body.size() > m_maxMessage ? malformed("a message longer than it may be")
                                                 : m_handlers.message(header.body);
    if (header.body.size() > m_missing)
        return malformed("fragments longer than their message");
    m_message.insert(m_message.end(), header.body.begin(), header.body.end());
    m_missing -= header.body.size();
    return m_missing > 0 ? Result<void>() : finishMessage();
}

Result<void> DvcClient::finishMessage()
{
    const Bytes message = std::exchange(m_message, {});
    return m_handlers.message(message);
}

bool DvcClient::send(ByteView message) const
{
    return m_channel && sendDvcMessage(*m_channel, message, m_handlers.send);
}

} // namespace sightline
