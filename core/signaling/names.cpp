#include "core/signaling/names.h"

#include "core/signaling/limits.h"

#include <algorithm>

namespace sightline {
namespace {

constexpr QLatin1StringView kMeetingPrefix("urn:sightline:meeting:");

bool isAsciiAlnum(char16_t c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

/// Letters, digits and `others`.
bool consistsOf(QStringView text, QStringView others)
{
    return std::all_of(text.begin(), text.end(),
        [others](QChar c) { return isAsciiAlnum(c.unicode()) || others.contains(c); });
}

bool isDeceptive(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    // Overrides and isolates of the direction can make a name read as another one (Unicode TR 36, 3.1).
    const bool turnsDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return turnsDirection || category == QChar::Other_Control || category == QChar::Separator_Line
        || category == QChar::Separator_Paragraph || category == QChar::Other_Surrogate
        || QChar::isNonCharacter(c);
}

std::optional<QString> normalized(const QString& text, qsizetype longest)
{
    const QString trimmed = text.trimmed();
    if (trimmed.size() > 2 * longest)
        return std::nullopt;
    const QList<uint> points = trimmed.toUcs4();
    // toUcs4 turns a lone surrogate into a replacement character, which would hide it.
    if (points.size() > longest || !trimmed.isValidUtf16()
        || std::any_of(points.begin(), points.end(), isDeceptive))
        return std::nullopt;
    return trimmed;
}

} // namespace

bool isMeetingId(QStringView text)
{
    return text.size() >= limits::kMeetingIdMin && text.size() <= limits::kMeetingIdMax
        && consistsOf(text, u"-_");
}

bool isEntity(QStringView text)
{
    return !text.isEmpty() && text.size() <= limits::kEntityLength && consistsOf(text, u"._~:@+-");
}

bool isCallId(QStringView text)
{
    return !text.isEmpty() && text.size() <= limits::kCallIdLength && consistsOf(text, u"._-");
}

bool isCapability(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= limits::kCapabilityLength
        && std::all_of(text.begin(), text.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

std::optional<QString> normalizedDisplayName(const QString& text)
{
    std::optional<QString> name = normalized(text, limits::kDisplayNameLength);
    return name && name->isEmpty() ? std::nullopt : name;
}

std::optional<QString> normalizedSubject(const QString& text)
{
    return normalized(text, limits::kSubjectLength);
}

std::optional<QString> normalizedPasscode(const QString& text)
{
    return normalized(text, limits::kPasscodeLength);
}

std::optional<QString> normalizedMessage(const QString& text)
{
    if (text.size() > limits::kMessageSize)
        return std::nullopt;
    QString plain = text;
    plain.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    QString result;
    for (qsizetype i = 0; i < plain.size(); ++i) {
        const QChar c = plain[i];
        const bool isPair = c.isHighSurrogate() && i + 1 < plain.size() && plain[i + 1].isLowSurrogate();
        if (isPair)
            result += plain.sliced(i++, 2);
        else if (c == u'\n' || c == u'\t'
            || !(c.isSurrogate() || c.isNonCharacter() || c.category() == QChar::Other_Control))
            result += c;
    }
    result = result.trimmed();
    const bool fits = result.toUtf8().size() <= limits::kMessageSize;
    return result.isEmpty() || !fits ? std::nullopt : std::optional(std::move(result));
}

std::optional<QList<QByteArray>> parseCapabilities(QByteArrayView text)
{
    const QByteArray simplified = text.toByteArray().simplified();
    if (simplified.isEmpty())
        return QList<QByteArray>();
    QList<QByteArray> tokens = simplified.split(' ');
    if (tokens.size() > limits::kCapabilities || !std::all_of(tokens.begin(), tokens.end(), isCapability))
        return std::nullopt;
    return tokens;
}

QString meetingEntity(QStringView meetingId)
{
    return kMeetingPrefix + meetingId.toString();
}

std::optional<QString> meetingIdOf(QStringView entity)
{
    if (!entity.startsWith(kMeetingPrefix))
        return std::nullopt;
    const QStringView id = entity.sliced(kMeetingPrefix.size());
    return isMeetingId(id) ? std::optional(id.toString()) : std::nullopt;
}

} // namespace sightline
