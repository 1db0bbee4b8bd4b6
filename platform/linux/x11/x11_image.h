#pragma once

#include "core/base/result.h"
#include "core/graphics/picture.h"
#include "platform/linux/x11/shared_segment.h"

#include <memory>
#include <vector>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// A picture of a part of a window, brought up to date band by band; between two reads it stays as it is.
/// In memory shared with the X server where that is possible, else read through the socket.
class X11Image {
public:
    /// Black at first; to be read from `window`. The connection must outlive this.
    X11Image(X11Connection& connection, xcb_window_t window, Size size);

    PictureView view() const { return {m_pixels, m_size.width, m_size.height, m_size.width}; }
    void clear();
    void blacken(const Rect& rect);
    /// Draws a picture into this one, where it fits.
    void put(const PictureView& picture, Point where);

    enum class Outcome {
        Done,
        OutsideWindow, ///< a part is not, or no longer, inside the window; nothing or some of it was read
    };

    /// Reads these parts of the window; the one at `origin` is the picture's first pixel. Parts as wide
    /// as the picture are read without a copy.
    Result<Outcome> read(const Rects& parts, Point origin);

private:
    Result<Outcome> readShared(const Rects& parts, Point origin);
    Result<Outcome> readThroughSocket(const Rect& part, Point origin);

    X11Connection& m_connection;
    xcb_window_t m_window;
    Size m_size;
    std::unique_ptr<SharedSegment> m_segment; ///< null: m_memory holds the pixels
    std::vector<std::uint32_t> m_memory;
    std::uint32_t* m_pixels = nullptr;
};

} // namespace sightline
