#pragma once

namespace sightline {

/// Whoever holds one may use FreeRDP: its tables are registered, its log speaks only when asked to, and its
/// codecs use the processor's vector units without measuring them first. A member of every object that wraps
/// a FreeRDP handle. Nothing of this is ever undone, since FreeRDP offers no way back; the first token of a
/// process does the work.
class FreeRdpLibrary {
public:
    FreeRdpLibrary();
};

} // namespace sightline
