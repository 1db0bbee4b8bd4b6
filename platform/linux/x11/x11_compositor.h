#pragma once

namespace sightline {

class X11Connection;

/// True when a compositing manager draws this screen: it owns the selection that EWMH gives to it
/// ("Compositing Managers", _NET_WM_CM_Sn), and every window has had pixels of its own since it was mapped.
bool isCompositorRunning(X11Connection& connection);

} // namespace sightline
