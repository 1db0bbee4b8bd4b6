#pragma once

#include <QLatin1StringView>

/// The namespaces of PROTOCOL.md.
namespace sightline::xmlns {

inline constexpr QLatin1StringView kCccp("urn:ietf:params:xml:ns:cccp");
inline constexpr QLatin1StringView kConferenceInfo("urn:ietf:params:xml:ns:conference-info");
inline constexpr QLatin1StringView kConferenceInfoExtensions(
    "http://schemas.microsoft.com/rtc/2005/08/confinfoextensions");
inline constexpr QLatin1StringView kSightline("urn:sightline:params:xml:ns:signaling");

} // namespace sightline::xmlns
