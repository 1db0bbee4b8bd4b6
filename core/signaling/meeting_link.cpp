#include "core/signaling/meeting_link.h"

#include "core/signaling/documents.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"

#include <QHostAddress>

#include <algorithm>
#include <optional>

namespace sightline {
namespace {

constexpr quint16 kDefaultPort = 443;
constexpr qsizetype kLongest = 1024;
constexpr qsizetype kFingerprintHexLength = 64;

Error invalid(const QString& why)
{
    return {ErrorCode::InvalidLink, why};
}

bool isDigits(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isIpv4(QStringView text)
{
    const QList<QStringView> octets = text.split(u'.');
    return octets.size() == 4 && std::all_of(octets.begin(), octets.end(), [](QStringView octet) {
        const bool hasLeadingZero = octet.size() > 1 && octet.front() == u'0';
        return isDigits(octet) && octet.size() <= 3 && !hasLeadingZero && octet.toInt() <= 255;
    });
}

bool isIpv6(QStringView text)
{
    // A scope means something on one machine only, so it has no place in a link.
    return !text.contains(u'%') && text.contains(u':')
        && QHostAddress(text.toString()).protocol() == QAbstractSocket::IPv6Protocol;
}

bool isLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= 63 && label.front() != u'-' && label.back() != u'-'
        && std::all_of(label.begin(), label.end(),
            [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; });
}

bool isHostName(QStringView text)
{
    const QList<QStringView> labels = text.split(u'.');
    // A name whose last label is a number would be read as an IPv4 address elsewhere (WHATWG URL 3.5).
    return text.size() <= 253 && !isDigits(labels.back())
        && std::all_of(labels.begin(), labels.end(), isLabel);
}

struct Authority {
    QStringView host;
    std::optional<QStringView> port;
};

/// Nothing when an IPv6 address is not closed, or something else than a port follows it.
std::optional<Authority> splitAuthority(QStringView text)
{
    qsizetype hostEnd = text.indexOf(u':');
    if (text.startsWith(u'[')) {
        hostEnd = text.indexOf(u']') + 1;
        if (hostEnd == 0 || (hostEnd < text.size() && text[hostEnd] != u':'))
            return std::nullopt;
    }
    if (hostEnd < 0 || hostEnd == text.size())
        return Authority{text, std::nullopt};
    return Authority{text.first(hostEnd), text.sliced(hostEnd + 1)};
}

Result<void> parseAuthority(QStringView text, MeetingLink& link)
{
    if (text.contains(u'@'))
        return invalid(QStringLiteral("a meeting link has no user name in it"));
    const std::optional<Authority> authority = splitAuthority(text);
    if (!authority || authority->host.isEmpty())
        return invalid(QStringLiteral("the link has no valid server name"));

    const QString host = authority->host.toString().toLower();
    const bool isBracketed = host.startsWith(u'[');
    link.host = isBracketed ? host.sliced(1, host.size() - 2) : host;
    if (isBracketed ? !isIpv6(link.host) : !(isIpv4(link.host) || isHostName(link.host)))
        return invalid(QStringLiteral("the link has no valid server name"));

    if (authority->port) {
        const uint port = authority->port->toUInt();
        if (!isDigits(*authority->port) || authority->port->size() > 5 || port < 1 || port > 65535)
            return invalid(QStringLiteral("the port in the link is not a number from 1 to 65535"));
        link.port = static_cast<quint16>(port);
    }
    return {};
}

Result<void> parseQuery(QStringView query, MeetingLink& link)
{
    for (const QStringView item : query.split(u'&')) {
        if (!item.startsWith(u"fp="))
            continue; // what mailers and messengers append does no harm
        const QByteArray hex = item.sliced(3).toLatin1();
        const QByteArray octets = QByteArray::fromHex(hex);
        if (hex.size() != kFingerprintHexLength || octets.toHex() != hex.toLower())
            return invalid(
                QStringLiteral("the certificate fingerprint in the link is not 64 hexadecimal digits"));
        if (!link.certificateFingerprint.isEmpty() && link.certificateFingerprint != octets)
            return invalid(QStringLiteral("the link has two certificate fingerprints"));
        link.certificateFingerprint = octets;
    }
    return {};
}

/// What follows "https://" or "sightline://".
std::optional<QStringView> withoutScheme(QStringView text)
{
    for (const QStringView scheme : {QStringView(u"https://"), QStringView(u"sightline://")}) {
        if (text.startsWith(scheme, Qt::CaseInsensitive))
            return text.sliced(scheme.size());
    }
    return std::nullopt;
}

QString authorityOf(const MeetingLink& link)
{
    QString text = link.host.contains(u':') ? u'[' + link.host + u']' : link.host;
    if (link.port != kDefaultPort)
        text += u':' + QString::number(link.port);
    return text;
}

} // namespace

Result<MeetingLink> MeetingLink::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return invalid(QStringLiteral("the link is empty"));
    if (trimmed.size() > kLongest)
        return invalid(QStringLiteral("the link is too long"));
    if (!std::all_of(trimmed.begin(), trimmed.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; }))
        return invalid(
            QStringLiteral("a meeting link holds no spaces, control characters or foreign letters"));

    const std::optional<QStringView> rest = withoutScheme(trimmed);
    if (!rest)
        return invalid(QStringLiteral("a meeting link begins with https:// or sightline://"));
    if (rest->contains(u'#'))
        return invalid(QStringLiteral("a meeting link has no # in it"));

    const qsizetype queryStart = rest->indexOf(u'?');
    const QStringView address = queryStart < 0 ? *rest : rest->first(queryStart);
    const qsizetype pathStart = address.indexOf(u'/');
    MeetingLink link;
    if (auto done = parseAuthority(pathStart < 0 ? address : address.first(pathStart), link); !done)
        return std::move(done).error();
    const QStringView path = pathStart < 0 ? QStringView() : address.sliced(pathStart);
    if (!path.startsWith(u"/m/"))
        return invalid(QStringLiteral("a meeting link has /m/ and the meeting's number after the server"));
    if (!isMeetingId(path.sliced(3)))
        return invalid(QStringLiteral("the meeting's number in the link is incomplete or damaged"));
    link.meetingId = path.sliced(3).toString();
    if (queryStart >= 0) {
        if (auto done = parseQuery(rest->sliced(queryStart + 1), link); !done)
            return std::move(done).error();
    }
    return link;
}

Result<MeetingLink> MeetingLink::parseServer(const QString& text)
{
    const QString trimmed = text.trimmed();
    Result<MeetingLink> link = parse(trimmed);
    if (!link) {
        const qsizetype query = trimmed.indexOf(u'?');
        QString base = query < 0 ? trimmed : trimmed.left(query);
        if (base.endsWith(u'/'))
            base.chop(1);
        // Only links for the app carry a pin.
        if (base.startsWith(QLatin1StringView("https://")) && query >= 0)
            base.replace(0, 5, QStringLiteral("sightline"));
        const QString placeholder = QStringLiteral("/m/") + QString(limits::kMeetingIdMin, u'A');
        link = parse(base + placeholder + (query < 0 ? QString() : trimmed.mid(query)));
    }
    if (link)
        link->meetingId.clear();
    return link;
}

QString MeetingLink::toWebLink() const
{
    return QStringLiteral("https://") + authorityOf(*this) + QStringLiteral("/m/") + meetingId;
}

QString MeetingLink::toAppLink() const
{
    QString text = QStringLiteral("sightline://") + authorityOf(*this) + QStringLiteral("/m/") + meetingId;
    if (!certificateFingerprint.isEmpty())
        text += QStringLiteral("?fp=") + QString::fromLatin1(certificateFingerprint.toHex());
    return text;
}

QUrl MeetingLink::signalingUrl() const
{
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(host);
    if (port != kDefaultPort)
        url.setPort(port);
    url.setPath(QLatin1StringView(kSignalingPath));
    return url;
}

} // namespace sightline
