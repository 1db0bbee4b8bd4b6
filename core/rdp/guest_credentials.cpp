#include "core/rdp/guest_credentials.h"

#include <algorithm>

namespace sightline {

namespace {

// Of base64url; as the meetings' ids are.
constexpr qsizetype kMinId = 22;
constexpr qsizetype kMaxId = 86;

bool looksLikeMeeting(const QString& text)
{
    const auto isOfId = [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'-'
            || u == u'_';
    };
    return text.size() >= kMinId && text.size() <= kMaxId && std::all_of(text.begin(), text.end(), isOfId);
}

} // namespace

GuestCredentials GuestCredentials::from(const QString& user, const QString& domain, const QString& password)
{
    GuestCredentials guest{user.trimmed(), {}, {}};
    if (looksLikeMeeting(domain)) {
        guest.meetingId = domain;
        guest.passcode = password;
        return guest;
    }
    const qsizetype colon = password.indexOf(QLatin1Char(':'));
    const QString id = colon < 0 ? password : password.left(colon);
    if (looksLikeMeeting(id)) {
        guest.meetingId = id;
        guest.passcode = colon < 0 ? QString() : password.mid(colon + 1);
    }
    return guest;
}

} // namespace sightline
