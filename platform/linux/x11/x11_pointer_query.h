#pragma once

#include "core/base/result.h"
#include "core/graphics/geometry.h"

#include <optional>
#include <xcb/xcb.h>

namespace sightline {

class X11Connection;

/// Where the pointer is, for those who ask, and whether it moved since they did.
class X11PointerQuery {
public:
    explicit X11PointerQuery(X11Connection& connection);

    /// The answer is fetched by take(), so that it can travel together with others.
    void request();
    /// In root window coordinates.
    Result<Point> take();
    /// True when the last take() found it elsewhere than the one before.
    bool hasMoved() const { return m_hasMoved; }

private:
    X11Connection& m_connection;
    std::optional<xcb_query_pointer_cookie_t> m_request;
    std::optional<Point> m_position;
    bool m_hasMoved = false;
};

} // namespace sightline
