#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/picture.h"

#include <QObject>

#include <mutex>
#include <optional>

namespace sightline {

/// The remote desktop as it was decoded last, shared between the RDP thread that paints into it and the GUI
/// thread that shows it. Written frames that the GUI has not looked at yet run together: it always sees the
/// newest.
class RemoteScreen : public QObject {
    Q_OBJECT
public:
    struct Cursor {
        CursorShape shape;
        Point position; ///< of the hot spot
    };

    // RDP thread.
    /// Black, and with these monitors in it; see RdpViewer::Handlers.
    void resize(Size size, Rects monitors = {});
    void paint(const PictureView& screen, const Rects& dirty);
    void setCursorShape(const CursorShape& shape);
    void setCursorPosition(Point position);

    /// Another session goes on from here: its picture whole, its monitors, its cursor. No frame in between
    /// is black. Any thread.
    void replace(Picture picture, Rects monitors, const Cursor& cursor);

    // GUI thread.

    /// What was painted since the last call, and forgets it.
    Rects takeDirty();
    /// Runs `look(picture)` while nobody paints; keep it short.
    template <typename Function> void withPicture(Function look) const
    {
        const std::lock_guard lock(m_mutex);
        look(m_picture.view());
    }
    Size size() const;
    /// Where in the picture they are; none: not known.
    Rects monitors() const;
    Cursor cursor() const;
    /// Since the start; each painted() counts once.
    quint64 framesPainted() const;

Q_SIGNALS:
    // Emitted on the RDP thread, connect queued; not again before takeDirty() or cursor() took the last.
    void painted();
    void resized(); ///< or has other monitors
    void cursorChanged();

private:
    mutable std::mutex m_mutex;
    Picture m_picture;
    Rects m_monitors;
    Rects m_dirty;
    Cursor m_cursor;
    quint64 m_frames = 0;
    mutable bool m_isCursorAnnounced = false;
};

} // namespace sightline
