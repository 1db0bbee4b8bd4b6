#pragma once

#include "core/graphics/geometry.h"

#include <QByteArray>

#include <cstdint>
#include <memory>

namespace sightline {

/// A top-level window of a test, by a client of its own that no window manager touches. It shows one colour,
/// its background, unless drawn to. Every call has happened in the server when it returns; false: it refused.
class X11Window {
public:
    struct Options {
        Rect rect;
        std::uint32_t color = 0;
        bool isParentRelative = false; ///< shows the root's background instead of a colour
    };

    /// Mapped and on top. Null when the display cannot be reached.
    static std::unique_ptr<X11Window> create(const QByteArray& displayName, const Options& options);
    ~X11Window(); ///< closes it

    std::uint32_t id() const;

    /// In the window's coordinates.
    bool fill(const Rect& rect, std::uint32_t color);
    bool setGeometry(const Rect& rect);
    bool raise();
    bool lower();
    bool map();
    bool unmap();
    /// Cuts the window to these two rectangles, in its coordinates.
    bool setShape(const Rect& first, const Rect& second);

private:
    class Private;
    explicit X11Window(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
