#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace sightline {

/// One monitor of the desktop, in desktop coordinates.
struct Monitor {
    QString name; ///< the system's name for it, "eDP-1"
    Rect rect;
    bool isPrimary = false;
};

/// What happened since the last look. Several can hold at once.
struct ScreenEvents {
    bool pixels = false; ///< something may have been drawn in the captured area
    bool cursorShape = false;
    bool cursorMoved = false;
    bool layout = false; ///< monitors changed; the captured area may have another size, or be gone
    bool woken = false; ///< wake() was called
};

/// A screen grabbed just now. `picture` is valid until the next grab() or setArea(); `damage` is a hint in
/// picture coordinates: nothing outside it changed since the grab before, but much inside it may be as it
/// was.
struct GrabbedScreen {
    PictureView picture;
    Rects damage;
};

/// Reads the pixels of a desktop. Pulled, never pushed: the owner waits for a change, waits until the viewer
/// can take a frame, and only then grabs, so that what it grabs is the newest there is ("capture late").
///
/// All calls come from the one capturing thread, except wake(). Errors: NoDisplay, CaptureFailed, NoWindow;
/// after one the object is only good for destruction.
class ScreenCapture {
public:
    virtual ~ScreenCapture() = default;

    virtual Result<std::vector<Monitor>> monitors() = 0;

    /// Captures this part of the desktop from now on; the next grab reports all of it as damage.
    virtual Result<void> setArea(const Rect& area) = 0;

    /// Captures the content of this one window from now on, without its frame, also where others cover it;
    /// the number is the system's (X11: the window's id). Returns where it is on the desktop, also when it is
    /// partly outside; a `layout` event tells that this may be another place or size, or isHidden(), and it
    /// is to be called again. When the window is closed, waitForEvents() or grab() fails with NoWindow.
    virtual Result<Rect> setWindow(std::uint64_t window) = 0;
    /// True while the window of setWindow() has nothing to show because it is minimised: the picture is the
    /// last one.
    virtual bool isHidden() const = 0;

    /// Leaves these windows of our own out of what setArea() captures: the picture shows what is below them,
    /// and changes there are events. Top-level windows, by the system's numbers, as in setWindow(); those
    /// that are gone are no error. Replaces those of the last call.
    virtual void setExcludedWindows(const std::vector<std::uint64_t>& windows) = 0;

    /// Returns as soon as something happened, at `deadline` at the latest, and at once when something
    /// happened since the last call. Pixel changes are reported once, and then not again before grab() took
    /// them: an owner that knows of a change and waits for the right time to grab it sleeps here until
    /// `deadline`, wake() or another event.
    virtual Result<ScreenEvents> waitForEvents(TimePoint deadline) = 0;

    virtual Result<GrabbedScreen> grab() = 0;

    virtual Result<CursorShape> cursorShape() = 0;
    /// Of the hot spot, relative to the captured area; may lie outside it.
    virtual Result<Point> cursorPosition() = 0;

    /// Ends a waitForEvents() now or the next one at once. From any thread.
    virtual void wake() = 0;
};

} // namespace sightline
