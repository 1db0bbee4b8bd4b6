#pragma once

#include "platform/linux/x11/x11_screen_capture.h"
#include "tests/support/x11_painter.h"
#include "tests/support/xvfb.h"

#include <functional>

namespace sightline {

/// An X server, somebody who draws on it, and a capture of it.
struct X11Fixture {
    std::unique_ptr<Xvfb> server;
    std::unique_ptr<X11Painter> painter;
    std::unique_ptr<ScreenCapture> capture;
    QString problem; ///< empty: all three are there

    explicit X11Fixture(const QStringList& serverArguments = {}, const X11CaptureOptions& options = {});
};

/// Events until `isEnough` says yes to all of them together, or for ten seconds; an error ends it too.
Result<ScreenEvents> waitUntil(
    ScreenCapture& capture, const std::function<bool(const ScreenEvents&)>& isEnough);

/// Grabs until nothing more is to come, and returns the last picture with all damage since the call.
Result<GrabbedScreen> grabAll(ScreenCapture& capture);

/// A copy of what was grabbed, with the undefined octet of each pixel cleared.
Picture copyOf(const PictureView& view);

/// Where the two differ; empty when they are equal.
Rect difference(const Picture& a, const Picture& b);

/// Pixels of all sorts of colours, the same for the same seed.
Picture noise(Size size, unsigned seed);

} // namespace sightline
