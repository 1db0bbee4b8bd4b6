#include "core/signaling/session_description.h"

#include "core/signaling/ice_syntax.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"

#include <algorithm>
#include <array>
#include <optional>

namespace sightline {
namespace {

constexpr char kProfile[] = "UDP/TLS/RTP/SAVP"; // RFC 5764 8
constexpr char kPayloadType[] = "127"; // MS-RTASPF 2.2
constexpr std::array<const char*, 3> kSetupNames{"actpass", "active", "passive"};
constexpr std::array<const char*, 2> kRoleNames{"sharer", "viewer"};

template <typename Enum, std::size_t N>
const char* nameOf(Enum value, const std::array<const char*, N>& names)
{
    return names[static_cast<std::size_t>(value)];
}

template <typename Enum, std::size_t N>
std::optional<Enum> fromName(QByteArrayView name, const std::array<const char*, N>& names)
{
    const auto found
        = std::find_if(names.begin(), names.end(), [name](const char* each) { return name == each; });
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

/// Reads line by line; the first thing wrong ends it.
class SdpParser {
public:
    Result<SessionDescription> parse(const QByteArray& sdp);

private:
    struct Attribute {
        const char* name;
        bool (SdpParser::*read)(const QByteArray& value); ///< false: the value is malformed
    };

    bool readLine(const QByteArray& line);
    bool readSessionLine(char type, const QByteArray& value);
    bool readMediaLine(const QByteArray& value);
    bool readAttribute(const QByteArray& value);
    bool checkComplete();
    bool fail(const QString& message, ErrorCode code = ErrorCode::ParseFailed);

    bool readRtpmap(const QByteArray& value);
    bool readSetup(const QByteArray& value);
    bool readFingerprint(const QByteArray& value);
    bool readUfrag(const QByteArray& value);
    bool readPwd(const QByteArray& value);
    bool readSessionId(const QByteArray& value);
    bool readRole(const QByteArray& value);
    bool readMediaType(const QByteArray& value);
    bool readCapabilities(const QByteArray& value);
    bool readIceRestart(const QByteArray& value);
    bool readCandidate(const QByteArray& value);
    bool readEndOfCandidates(const QByteArray& value);
    bool readRtcpMux(const QByteArray& value);

    static const std::array<Attribute, 13> kAttributes;

    SessionDescription m_result;
    std::optional<Error> m_error;
    int m_line = 0;
    qsizetype m_sessionLines = 0; ///< how many of the required ones came
    bool m_hasMedia = false;
    std::array<bool, 13> m_seen{}; ///< in the order of kAttributes
};

const std::array<SdpParser::Attribute, 13> SdpParser::kAttributes{{
    {"rtpmap", &SdpParser::readRtpmap},
    {"setup", &SdpParser::readSetup},
    {"fingerprint", &SdpParser::readFingerprint},
    {"ice-ufrag", &SdpParser::readUfrag},
    {"ice-pwd", &SdpParser::readPwd},
    {"x-applicationsharing-role", &SdpParser::readRole},
    {"rtcp-mux", &SdpParser::readRtcpMux},
    {"x-applicationsharing-session-id", &SdpParser::readSessionId},
    {"x-applicationsharing-media-type", &SdpParser::readMediaType},
    {"x-sightline-capabilities", &SdpParser::readCapabilities},
    {"x-sightline-ice-restart", &SdpParser::readIceRestart},
    {"end-of-candidates", &SdpParser::readEndOfCandidates},
    {"candidate", &SdpParser::readCandidate},
}};
constexpr std::size_t kRequiredAttributes = 7; ///< the first ones
constexpr std::size_t kRtpmapIndex = 0;
constexpr std::size_t kFingerprintIndex = 2;
constexpr std::size_t kCandidateIndex = 12;

Result<SessionDescription> SdpParser::parse(const QByteArray& sdp)
{
    if (sdp.size() > limits::kSdpSize)
        return Error(ErrorCode::TooLarge, QStringLiteral("the SDP has more than 16 KiB"));
    qsizetype start = 0;
    while (start < sdp.size()) {
        ++m_line;
        const qsizetype end = sdp.indexOf('\n', start);
        if (end < 0) {
            fail(QStringLiteral("does not end"));
            return *std::move(m_error);
        }
        QByteArray line = sdp.mid(start, end - start);
        if (line.endsWith('\r'))
            line.chop(1);
        if (!readLine(line))
            return *std::move(m_error);
        start = end + 1;
    }
    if (!checkComplete())
        return *std::move(m_error);
    return std::move(m_result);
}

bool SdpParser::fail(const QString& message, ErrorCode code)
{
    if (!m_error)
        m_error = Error(code, QStringLiteral("SDP line %1: %2").arg(m_line).arg(message));
    return false;
}

bool SdpParser::readLine(const QByteArray& line)
{
    if (line.size() > limits::kSdpLineLength)
        return fail(QStringLiteral("has more than 1024 octets"), ErrorCode::TooLarge);
    if (line.size() < 2 || line[0] < 'a' || line[0] > 'z' || line[1] != '=')
        return fail(QStringLiteral("is not a letter, = and a value"));
    const bool hasControl = std::any_of(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (hasControl)
        return fail(QStringLiteral("holds a control character"));
    const QByteArray value = line.mid(2);
    if (line[0] == 'm')
        return readMediaLine(value);
    if (line[0] == 'a')
        return readAttribute(value);
    return m_hasMedia || readSessionLine(line[0], value);
}

bool SdpParser::readSessionLine(char type, const QByteArray& value)
{
    constexpr std::array kRequired{'v', 'o', 's', 't'};
    const auto found = std::find(kRequired.begin(), kRequired.end(), type);
    if (found == kRequired.end())
        return m_sessionLines >= 3 || fail(QStringLiteral("comes before v=, o= and s="));
    if (found - kRequired.begin() != m_sessionLines)
        return fail(QStringLiteral("is out of order: v=, o=, s= and t= come first"));
    if (type == 'v' && value != "0")
        return fail(QStringLiteral("is not version 0"));
    ++m_sessionLines;
    return true;
}

bool SdpParser::readMediaLine(const QByteArray& value)
{
    if (m_sessionLines != 4)
        return fail(QStringLiteral("comes before t="));
    if (m_hasMedia)
        return fail(QStringLiteral("begins a second medium"));
    const QList<QByteArray> fields = value.split(' ');
    if (fields.size() < 4 || fields[0] != "applicationsharing")
        return fail(QStringLiteral("is not application sharing"));
    bool isNumber = false;
    const uint port = fields[1].toUInt(&isNumber);
    if (!isNumber || port == 0 || port > 65535)
        return fail(QStringLiteral("has no port: the medium is refused"));
    if (fields[2] != kProfile)
        return fail(QStringLiteral("is not UDP/TLS/RTP/SAVP"));
    if (!fields.sliced(3).contains(kPayloadType))
        return fail(QStringLiteral("does not offer payload type 127"));
    m_hasMedia = true;
    return true;
}

bool SdpParser::readAttribute(const QByteArray& value)
{
    if (!m_hasMedia && m_sessionLines != 4)
        return fail(QStringLiteral("comes before t="));
    const qsizetype colon = value.indexOf(':');
    const QByteArray name = colon < 0 ? value : value.first(colon);
    const QByteArray argument = colon < 0 ? QByteArray() : value.sliced(colon + 1);
    for (std::size_t i = 0; i < kAttributes.size(); ++i) {
        if (name != kAttributes[i].name)
            continue;
        // Other formats and other hash functions are no concern of ours, and a=candidate comes many times.
        const bool isOther = (i == kRtpmapIndex && !argument.startsWith("127 "))
            || (i == kFingerprintIndex && !argument.toLower().startsWith("sha-256 "));
        if (isOther)
            return true;
        if (m_seen[i] && i != kCandidateIndex)
            return fail(QStringLiteral("repeats a=%1").arg(QLatin1StringView(name)));
        m_seen[i] = true;
        if (!(this->*kAttributes[i].read)(argument))
            return fail(QStringLiteral("a=%1 is malformed").arg(QLatin1StringView(name)));
        return true;
    }
    return true;
}

bool SdpParser::checkComplete()
{
    if (!m_hasMedia)
        return fail(QStringLiteral("m=applicationsharing is missing"));
    for (std::size_t i = 0; i < kRequiredAttributes; ++i) {
        if (!m_seen[i])
            return fail(QStringLiteral("a=%1 is missing").arg(QLatin1StringView(kAttributes[i].name)));
    }
    return true;
}

bool SdpParser::readRtpmap(const QByteArray& value)
{
    return value.toLower() == "127 x-data/90000";
}

bool SdpParser::readSetup(const QByteArray& value)
{
    const auto setup = fromName<SessionDescription::Setup>(value, kSetupNames);
    m_result.setup = setup.value_or(m_result.setup);
    return setup.has_value();
}

bool SdpParser::readFingerprint(const QByteArray& value)
{
    m_result.fingerprint = value.sliced(8).toUpper();
    return isSha256Fingerprint(m_result.fingerprint);
}

bool SdpParser::readUfrag(const QByteArray& value)
{
    m_result.iceUfrag = value;
    return isIceUfrag(value);
}

bool SdpParser::readPwd(const QByteArray& value)
{
    m_result.icePwd = value;
    return isIcePwd(value);
}

bool SdpParser::readSessionId(const QByteArray& value)
{
    bool isNumber = false;
    m_result.sessionId = value.toUInt(&isNumber);
    return isNumber && QByteArray::number(m_result.sessionId) == value;
}

bool SdpParser::readRole(const QByteArray& value)
{
    const auto role = fromName<SessionDescription::Role>(value, kRoleNames);
    m_result.role = role.value_or(m_result.role);
    return role.has_value();
}

bool SdpParser::readMediaType(const QByteArray& value)
{
    return value == "rdp";
}

bool SdpParser::readCapabilities(const QByteArray& value)
{
    const auto capabilities = parseCapabilities(value);
    m_result.capabilities = capabilities.value_or(QList<QByteArray>());
    return capabilities.has_value();
}

bool SdpParser::readIceRestart(const QByteArray& value)
{
    bool isNumber = false;
    m_result.iceRestart = value.toUInt(&isNumber);
    return isNumber && m_result.iceRestart > 0 && QByteArray::number(m_result.iceRestart) == value;
}

bool SdpParser::readCandidate(const QByteArray& value)
{
    if (m_result.candidates.size() >= limits::kCandidates)
        return fail(QStringLiteral("there are more than 100 candidates"), ErrorCode::TooLarge);
    m_result.candidates.append("candidate:" + value);
    return isCandidate(m_result.candidates.back());
}

bool SdpParser::readEndOfCandidates(const QByteArray& value)
{
    m_result.endOfCandidates = true;
    return value.isEmpty();
}

bool SdpParser::readRtcpMux(const QByteArray& value)
{
    return value.isEmpty();
}

} // namespace

QByteArray SessionDescription::toSdp() const
{
    QList<QByteArray> lines{
        "v=0",
        // The version grows with each new offer and answer (RFC 3264 8).
        "o=- " + QByteArray::number(sessionId) + ' ' + QByteArray::number(quint64(iceRestart) + 1)
            + " IN IP4 0.0.0.0",
        "s=-",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=ice-options:trickle",
        // Port 9 and no address until candidates are known (RFC 8840 4.1.1).
        QByteArray("m=applicationsharing 9 ") + kProfile + ' ' + kPayloadType,
        "a=mid:1",
        QByteArray("a=rtpmap:") + kPayloadType + " x-data/90000",
        "a=rtcp-mux",
        QByteArray("a=setup:") + nameOf(setup, kSetupNames),
        "a=fingerprint:sha-256 " + fingerprint,
        "a=ice-ufrag:" + iceUfrag,
        "a=ice-pwd:" + icePwd,
        "a=x-applicationsharing-session-id:" + QByteArray::number(sessionId),
        QByteArray("a=x-applicationsharing-role:") + nameOf(role, kRoleNames),
        "a=x-applicationsharing-media-type:rdp",
    };
    if (!capabilities.isEmpty())
        lines.append("a=x-sightline-capabilities:" + capabilities.join(' '));
    if (iceRestart > 0)
        lines.append("a=x-sightline-ice-restart:" + QByteArray::number(iceRestart));
    for (const QByteArray& candidate : candidates)
        lines.append("a=" + canonicalCandidate(candidate));
    if (endOfCandidates)
        lines.append("a=end-of-candidates");
    return lines.join("\r\n") + "\r\n";
}

Result<SessionDescription> SessionDescription::parse(const QByteArray& sdp)
{
    return SdpParser().parse(sdp);
}

} // namespace sightline
