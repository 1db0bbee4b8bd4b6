#pragma once

struct rdp_settings;

namespace sightline {

/// What our host tells FreeRDP to be, and to announce.
bool applyHostSettings(rdp_settings* settings);
/// After it, for a guest: TLS, and nothing less.
bool applyGuestSettings(rdp_settings* settings);

} // namespace sightline
