#pragma once

#include "core/graphics/cursor.h"

#include <QObject>

#include <mutex>
#include <optional>

namespace sightline {

/// The sharer's mouse pointer on its way to all viewers, also those that come later: only the newest shape
/// and position count. Set from any thread; signals come on the thread that made it.
class PointerRelay : public QObject {
    Q_OBJECT
public:
    void setShape(const CursorShape& shape);
    void setPosition(Point position);
    /// Another sharer: its pointer is not known yet.
    void clear();

    std::optional<CursorShape> shape() const;
    std::optional<Point> position() const;

Q_SIGNALS:
    void shapeChanged();
    void positionChanged();

private:
    void post();
    void announce();

    mutable std::mutex m_mutex; // guards all below
    std::optional<CursorShape> m_shape;
    std::optional<Point> m_position;
    bool m_isShapeNew = false;
    bool m_isPositionNew = false;
    bool m_isPosted = false;
};

} // namespace sightline
