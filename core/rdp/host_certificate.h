#pragma once

#include "core/base/result.h"

struct rdp_settings;

namespace sightline {

// The RSA-2048 key and self-signed certificate without which FreeRDP's server end switches RDP security off
// silently, even when nothing is encrypted with them: SRTP protects the leg, so they prove nothing
// (design.md, D2). Made once per process, in about 100 ms.

void makeHostCertificate();

/// RdpFailed when OpenSSL cannot make one.
Result<void> installHostCertificate(rdp_settings* settings);

} // namespace sightline
