#pragma once

// For the .cpp files of this folder only.

#include <freerdp/client.h>
#include <freerdp/freerdp.h>

namespace sightline {

class ViewerClient;
class SourceChannel;
class ViewerScreen;

/// What FreeRDP's callbacks get to see, and how they find the way back to us.
struct ViewerContext {
    rdpClientContext base;
    ViewerClient* client;
    ViewerScreen* screen;
    SourceChannel* source;

    static ViewerContext& of(rdpContext* context) { return *reinterpret_cast<ViewerContext*>(context); }
};

} // namespace sightline
