#pragma once

#include <QString>

#include <vector>

namespace sightline {

/// Whether an address of this machine may be a host candidate of ICE (RFC 8445, 5.1.1.1): an IPv4 address, or
/// an IPv6 one that is not link-local (a candidate cannot say which link), not site-local, not IPv4 in
/// disguise. Loopback is one only when asked for.
bool isHostCandidateAddress(const QString& address, bool isLoopbackAllowed);

/// The addresses of all interfaces that are up, whatever their name is; those of loopback, by
/// which two programs of one machine meet, if there is no other. At most kMaxLocalAddresses.
std::vector<QString> localAddresses();

/// Every address more is a candidate more to check for either side.
constexpr std::size_t kMaxLocalAddresses = 24;

} // namespace sightline
