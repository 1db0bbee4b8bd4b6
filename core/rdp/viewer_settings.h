#pragma once

struct rdp_settings;

namespace sightline {

/// What our viewer tells FreeRDP to be, and to announce.
bool applyViewerSettings(rdp_settings* settings);

} // namespace sightline
