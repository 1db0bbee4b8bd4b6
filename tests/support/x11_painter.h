#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/picture.h"

#include <QByteArray>

#include <memory>

namespace sightline {

/// An X client of a test: draws on the root window and changes the screen. Every call has happened in the
/// server when it returns, and false (or an assertion in a debug build) tells that the server refused.
class X11Painter {
public:
    /// Null when the display cannot be reached.
    static std::unique_ptr<X11Painter> create(const QByteArray& displayName);
    ~X11Painter();

    bool fill(const Rect& rect, std::uint32_t color);
    bool put(const PictureView& picture, Point where);
    bool copy(const Rect& source, Point where);

    /// A cursor of one colour, `size` square and fully opaque, for the whole screen.
    bool setCursor(int size, Point hotSpot, std::uint32_t color);
    bool hideCursor();
    bool warpPointer(Point where);

    /// Makes the screen smaller or larger, up to the size that the server started with. Its monitors are off then.
    bool resizeScreen(Size size);
    Size screenSize() const;

private:
    class Private;
    explicit X11Painter(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
