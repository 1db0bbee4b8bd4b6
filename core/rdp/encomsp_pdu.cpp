#include "core/rdp/encomsp_pdu.h"

#include "core/rdp/little_endian.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr std::size_t kHeader = 4;
constexpr qsizetype kMaxName = 1024; // as many as FreeRDP's end takes

enum Type : std::uint16_t {
    kParticipantRemoved = 0x0007,
    kParticipantCreated = 0x0008,
    kControlChange = 0x0009,
    kStreamPaused = 0x000A,
    kStreamResumed = 0x000B,
};

Error cutShort()
{
    return {ErrorCode::ParseFailed, QStringLiteral("a multiparty PDU is cut short")};
}

Result<EncomspParticipant> parseParticipant(ByteView body)
{
    constexpr std::size_t kFixed = 12;
    if (body.size() < kFixed)
        return cutShort();
    EncomspParticipant participant{readU32(body, 0), readU32(body, 4), readU16(body, 8), {}};
    const std::size_t units = readU16(body, 10);
    if (units > kMaxName || body.size() < kFixed + 2 * units)
        return cutShort();
    participant.name.reserve(static_cast<qsizetype>(units));
    for (std::size_t i = 0; i < units; ++i) {
        // Some senders count the terminating null.
        if (const std::uint16_t unit = readU16(body, kFixed + 2 * i))
            participant.name.append(QChar(unit));
        else
            break;
    }
    return participant;
}

Result<void> parsePdu(std::uint16_t type, ByteView body, std::vector<EncomspPdu>& out)
{
    switch (type) {
    case kParticipantCreated: {
        auto participant = parseParticipant(body);
        if (!participant)
            return participant.error();
        out.emplace_back(std::move(*participant));
        return {};
    }
    case kParticipantRemoved:
        if (body.size() < 12)
            return cutShort();
        out.emplace_back(EncomspParticipantRemoved{readU32(body, 0), readU32(body, 4), readU32(body, 8)});
        return {};
    case kControlChange:
        if (body.size() < 6)
            return cutShort();
        out.emplace_back(EncomspControlChange{readU16(body, 0), readU32(body, 2)});
        return {};
    case kStreamPaused:
    case kStreamResumed:
        out.emplace_back(EncomspStreamState{type == kStreamPaused});
        return {};
    default:
        return {};
    }
}

void appendBody(Bytes& out, const EncomspParticipant& participant)
{
    const QString name = participant.name.left(kMaxName);
    appendU32(out, participant.id);
    appendU32(out, participant.group);
    appendU16(out, participant.flags);
    appendU16(out, static_cast<std::uint16_t>(name.size()));
    for (const QChar unit : name)
        appendU16(out, unit.unicode());
}

void appendBody(Bytes& out, const EncomspParticipantRemoved& removed)
{
    appendU32(out, removed.id);
    appendU32(out, removed.kind);
    appendU32(out, removed.code);
}

void appendBody(Bytes& out, const EncomspControlChange& change)
{
    appendU16(out, change.flags);
    appendU32(out, change.participant);
}

void appendBody(Bytes&, const EncomspStreamState&) {}

std::uint16_t typeOf(const EncomspParticipant&)
{
    return kParticipantCreated;
}

std::uint16_t typeOf(const EncomspParticipantRemoved&)
{
    return kParticipantRemoved;
}

std::uint16_t typeOf(const EncomspControlChange&)
{
    return kControlChange;
}

std::uint16_t typeOf(const EncomspStreamState& state)
{
    return state.isPaused ? kStreamPaused : kStreamResumed;
}

} // namespace

Result<std::vector<EncomspPdu>> parseEncomspMessage(ByteView message)
{
    std::vector<EncomspPdu> pdus;
    while (!message.empty()) {
        if (message.size() < kHeader)
            return cutShort();
        // The length counts the header (MS-RDPEMC 2.2.1).
        const std::size_t length = readU16(message, 2);
        if (length < kHeader || length > message.size())
            return cutShort();
        const ByteView body = message.subspan(kHeader, length - kHeader);
        if (auto parsed = parsePdu(readU16(message, 0), body, pdus); !parsed)
            return parsed.error();
        message = message.subspan(length);
    }
    return pdus;
}

Bytes encomspMessage(const EncomspPdu& pdu)
{
    return std::visit(
        [](const auto& one) {
            Bytes body;
            appendBody(body, one);
            Bytes message;
            appendU16(message, typeOf(one));
            appendU16(message, static_cast<std::uint16_t>(kHeader + body.size()));
            message.insert(message.end(), body.begin(), body.end());
            return message;
        },
        pdu);
}

} // namespace sightline
