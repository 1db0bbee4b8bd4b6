#pragma once

#include "platform/synthetic/pattern_screen.h"

#include <memory>

namespace sightline {

/// Captures a PatternScreen, by the same rules as a capture of a real one: reports a change once until it is
/// grabbed, keeps the picture as large as the area, and leaves black what lies outside the screen.
class PatternCapture : public ScreenCapture {
public:
    explicit PatternCapture(std::shared_ptr<PatternScreen> screen);
    ~PatternCapture() override;
    PatternCapture(const PatternCapture&) = delete;
    PatternCapture& operator=(const PatternCapture&) = delete;

    Result<std::vector<Monitor>> monitors() override;
    Result<void> setArea(const Rect& area) override;
    /// A PatternScreen has no windows.
    Result<Rect> setWindow(std::uint64_t window) override;
    void setExcludedWindows(const std::vector<std::uint64_t>&) override {}
    bool isHidden() const override { return false; }
    Result<ScreenEvents> waitForEvents(TimePoint deadline) override;
    Result<GrabbedScreen> grab() override;
    Result<CursorShape> cursorShape() override;
    Result<Point> cursorPosition() override;
    void wake() override;

private:
    void copyFromScreen(const Rect& part);

    std::shared_ptr<PatternScreen> m_screen;
    PatternScreen::Watcher m_watcher;
    Rect m_area;
    Picture m_picture;
};

} // namespace sightline
