#pragma once

#include <QString>

namespace sightline {

/// What a plain RDP client says at the door of a server (its Info Packet, MS-RDPBCGR 2.2.1.11.1.1), and what
/// it means: who it is, and which meeting it wants to see.
struct GuestCredentials {
    QString displayName; ///< the user name; may be empty
    QString meetingId; ///< empty: it named none
    QString passcode;
    bool operator==(const GuestCredentials&) const = default;

    /// Domain and password are meeting and passcode; or the password is "MEETING" or "MEETING:PASSCODE",
    /// whatever the domain, because clients fill in one by themselves. Pure.
    static GuestCredentials from(const QString& user, const QString& domain, const QString& password);
};

} // namespace sightline
