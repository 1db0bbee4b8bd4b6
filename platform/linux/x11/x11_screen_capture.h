#pragma once

#include "core/graphics/screen_capture.h"

#include <QByteArray>

#include <memory>

namespace sightline {

/// Which extensions of the X server may be used. All of them, but for tests of the ways without.
struct X11CaptureOptions {
    bool sharedMemory = true; ///< off: pixels come through the socket
    bool damage = true; ///< off: the screen is assumed to change 30 times a second while somebody asks
    bool composite = true; ///< off: below excluded windows it is black, and no single window is captured
    bool rawMotion = true; ///< off: the pointer is looked at 20 times a second while somebody asks
};

/// Captures an X11 desktop by XCB: MIT-SHM, DAMAGE, XFIXES, RANDR 1.5 and XInput 2.
///
/// The picture always has the size given to setArea(); what lies outside the X screen is black. After a
/// change of the layout the owner picks an area again.
///
/// A pixel drawn while grab() runs may be in that picture already; its damage comes with the next one.
class X11ScreenCapture : public ScreenCapture {
public:
    /// `displayName` as in DISPLAY, ":0". NoDisplay: it cannot be reached; CaptureFailed: it can, and its
    /// screen is nothing that we can read (not 24-bit true colour, or the X server of a Wayland session).
    static Result<std::unique_ptr<ScreenCapture>> create(
        const QByteArray& displayName, const X11CaptureOptions& options = {});
    ~X11ScreenCapture() override;

    Result<std::vector<Monitor>> monitors() override;
    Result<void> setArea(const Rect& area) override;
    Result<Rect> setWindow(std::uint64_t window) override;
    void setExcludedWindows(const std::vector<std::uint64_t>& windows) override;
    bool isHidden() const override;
    Result<ScreenEvents> waitForEvents(TimePoint deadline) override;
    Result<GrabbedScreen> grab() override;
    Result<CursorShape> cursorShape() override;
    Result<Point> cursorPosition() override;
    void wake() override;

private:
    class Private;
    explicit X11ScreenCapture(std::unique_ptr<Private> d);

    std::unique_ptr<Private> m_d;
};

} // namespace sightline
