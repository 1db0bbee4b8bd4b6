#pragma once

struct rdp_settings;

namespace sightline {

/// What our viewer tells FreeRDP to be, and to announce.
bool applyViewerSettings(rdp_settings* settings);

/// Asks for the channel of MS-RDPEMC, while FreeRDP loads channels. FreeRDP's own end of it runs a thread and
/// a parser that nobody here needs: its data goes past FreeRDP's plugins, to EncomspReceiver.
bool addMultipartyChannel(rdp_settings* settings);

} // namespace sightline
