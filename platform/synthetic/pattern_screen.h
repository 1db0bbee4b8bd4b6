#pragma once

#include "core/graphics/screen_capture.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace sightline {

/// A desktop that exists in memory only, for tests: they draw on it, and each PatternCapture of it reports
/// just that. Starts black, with one monitor called "pattern" and no visible cursor. All calls from any
/// thread.
class PatternScreen {
public:
    explicit PatternScreen(Size size);

    void fill(const Rect& rect, std::uint32_t color);
    void blit(const PictureView& picture, Point where);
    /// Moves what is in `rect` up by this many rows (down when negative); the rows that come free keep their
    /// pixels.
    void scroll(const Rect& rect, int rows);

    void setCursorShape(CursorShape shape);
    void moveCursor(Point position);

    /// Another size for the screen, and one monitor that fills it. What is in both stays.
    void resize(Size size);
    void setMonitors(std::vector<Monitor> monitors);

    /// From now on every call to a capture of this screen fails like this.
    void fail(Error error);

    /// What is on the screen now.
    Picture picture() const;

private:
    friend class PatternCapture;

    /// What one capture has not been told yet. INVARIANT: used with m_mutex held.
    struct Watcher {
        ScreenEvents news;
        Rects damage;
        bool isChangeReported = false;
        std::condition_variable hasNews;
    };

    void damage(const Rect& rect);
    template <typename Change> void notify(Change change);

    mutable std::mutex m_mutex; ///< guards all below
    Picture m_picture;
    std::vector<Monitor> m_monitors;
    CursorShape m_cursorShape;
    Point m_cursorPosition;
    std::optional<Error> m_failure;
    std::vector<Watcher*> m_watchers;
};

} // namespace sightline
