#pragma once

#include "core/session/remote_screen.h"

#include <mutex>

namespace sightline {

/// What one session paints, on its way to the screen that people look at. A session that is to take over from
/// another one paints aside until its picture is whole, so that nobody sees it come together. Thread-safe.
class ScreenFeed {
public:
    enum class State { Aside, Shown, Over };

    /// `screen` outlives the feed.
    ScreenFeed(RemoteScreen& screen, State state);

    // RDP thread.
    void resize(Size size, const Rects& monitors);
    void paint(const PictureView& screen, const Rects& dirty);
    void setCursorShape(const CursorShape& shape);
    void setCursorPosition(Point position);
    /// Everything was painted since the last resize().
    bool isWhole() const;

    // GUI thread.
    /// What was painted aside is the screen's from now on, at once and all of it.
    void show();
    /// Nothing gets to the screen any more.
    void finish();

private:
    RemoteScreen& m_screen;
    mutable std::mutex m_mutex; // guards all below
    State m_state;
    Picture m_picture; ///< Aside only, as the next two
    Rects m_monitors;
    RemoteScreen::Cursor m_cursor;
    Rects m_unpainted; ///< what is still to come of the first picture
};

} // namespace sightline
