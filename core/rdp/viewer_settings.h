#pragma once

struct rdp_settings;

namespace sightline {

/// What our viewer tells FreeRDP to be, and to announce.
bool applyViewerSettings(rdp_settings* settings);

/// Asks for the channels of MS-RDPEMC and MS-RDPECLIP, while FreeRDP loads channels. FreeRDP's own ends of
/// them are not used: their data goes past its plugins, to EncomspReceiver and ClipboardPort.
bool addOwnChannels(rdp_settings* settings);

/// The channel that carries the dynamic ones, when they are not FreeRDP's either (DvcClient).
bool addDynamicChannels(rdp_settings* settings);

} // namespace sightline
