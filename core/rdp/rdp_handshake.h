#pragma once

#include <chrono>

namespace sightline {

/// From the first octet to an open graphics channel; over 80 ms of round trip it takes about a second.
inline constexpr std::chrono::milliseconds kRdpHandshakeTimeout = std::chrono::seconds(15);

} // namespace sightline
