#include "core/signaling/element_values.h"

#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_reader.h"

#include <array>

namespace sightline {
namespace {

bool isXmlCharacter(QChar c)
{
    const char16_t code = c.unicode();
    return code >= 0x20 ? code < 0xFFFE : code == '\t' || code == '\n';
}

} // namespace

Participant::Sharing sharingFromStatus(XmlReader& xml, QStringView status)
{
    if (status == QLatin1StringView("sendonly"))
        return Participant::Sharing::Sharer;
    if (status == QLatin1StringView("recvonly"))
        return Participant::Sharing::Viewer;
    if (status != QLatin1StringView("inactive"))
        xml.fail(QStringLiteral("media has a status that is none of sendonly, recvonly and inactive"));
    return Participant::Sharing::None;
}

QString statusOf(Participant::Sharing sharing)
{
    constexpr std::array kNames{"inactive", "sendonly", "recvonly"};
    return QLatin1StringView(kNames[static_cast<std::size_t>(sharing)]);
}

Participant::Role roleFromName(QStringView name)
{
    return name == QLatin1StringView("presenter") ? Participant::Role::Presenter
                                                  : Participant::Role::Attendee;
}

QString nameOf(Participant::Role role)
{
    return role == Participant::Role::Presenter ? QStringLiteral("presenter") : QStringLiteral("attendee");
}

QString readDisplayName(XmlReader& xml)
{
    const QString element = xml.name();
    const auto name = normalizedDisplayName(xml.text(limits::kTextLength));
    if (!name)
        xml.fail(QStringLiteral("%1 is not a display name of 1 to 64 characters").arg(element));
    return name.value_or(QString());
}

QString readSubject(XmlReader& xml)
{
    const auto subject = normalizedSubject(xml.text(limits::kTextLength));
    if (!subject)
        xml.fail(QStringLiteral("subject is longer than 128 characters or has control characters"));
    return subject.value_or(QString());
}

QString readPasscode(XmlReader& xml)
{
    const auto passcode = normalizedPasscode(xml.text(limits::kTextLength));
    if (!passcode)
        xml.fail(QStringLiteral("passcode is longer than 64 characters or has control characters"));
    return passcode.value_or(QString());
}

QList<QByteArray> readCapabilities(XmlReader& xml)
{
    constexpr qsizetype kLongest = limits::kCapabilities * (limits::kCapabilityLength + 1) * 2;
    const auto capabilities = parseCapabilities(xml.text(kLongest).toUtf8());
    if (!capabilities)
        xml.fail(QStringLiteral("capabilities has a malformed token or more than 24"));
    return capabilities.value_or(QList<QByteArray>());
}

QString readEntityAttribute(XmlReader& xml, QLatin1StringView name)
{
    const QString entity = xml.requiredAttribute(name);
    if (!entity.isEmpty() && !isEntity(entity))
        xml.fail(QStringLiteral("%1 has a malformed %2").arg(xml.name(), name));
    return entity;
}

QString readMeetingAttribute(XmlReader& xml, QLatin1StringView name)
{
    const QString entity = xml.requiredAttribute(name);
    const auto id = meetingIdOf(entity);
    if (!id)
        xml.fail(QStringLiteral("%1 has a malformed %2").arg(xml.name(), name));
    return id.value_or(QString());
}

std::optional<bool> optionalFlag(XmlReader& xml, QLatin1StringView name)
{
    const auto value = xml.attribute(name);
    if (!value)
        return std::nullopt;
    if (*value != QLatin1StringView("true") && *value != QLatin1StringView("false"))
        xml.fail(QStringLiteral("%1 is neither true nor false").arg(name));
    return *value == QLatin1StringView("true");
}

QString nameOf(bool flag)
{
    return flag ? QStringLiteral("true") : QStringLiteral("false");
}

std::optional<MeetingSettings::Viewers> readViewers(XmlReader& xml)
{
    const auto value = xml.attribute(QLatin1StringView("viewers"));
    if (!value)
        return std::nullopt;
    const bool isAll = *value == QLatin1StringView("all");
    if (!isAll && *value != QLatin1StringView("ask"))
        xml.fail(QStringLiteral("viewers is neither ask nor all"));
    return isAll ? MeetingSettings::Viewers::All : MeetingSettings::Viewers::Ask;
}

std::optional<MeetingSettings::Presenters> readPresenters(XmlReader& xml)
{
    const auto value = xml.attribute(QLatin1StringView("presenters"));
    if (!value)
        return std::nullopt;
    const bool isEveryone = *value == QLatin1StringView("everyone");
    if (!isEveryone && *value != QLatin1StringView("organizer"))
        xml.fail(QStringLiteral("presenters is neither organizer nor everyone"));
    return isEveryone ? MeetingSettings::Presenters::Everyone : MeetingSettings::Presenters::Organizer;
}

QString nameOf(MeetingSettings::Viewers viewers)
{
    return viewers == MeetingSettings::Viewers::All ? QStringLiteral("all") : QStringLiteral("ask");
}

QString nameOf(MeetingSettings::Presenters presenters)
{
    return presenters == MeetingSettings::Presenters::Everyone ? QStringLiteral("everyone")
                                                               : QStringLiteral("organizer");
}

QString xmlText(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isPair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            result += text.sliced(i++, 2);
        else if (!c.isSurrogate() && isXmlCharacter(c))
            result += c;
    }
    return result;
}

} // namespace sightline
