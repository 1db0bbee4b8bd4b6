#include "core/sharing/pointer_relay.h"

#include <QMetaObject>

#include <utility>

namespace sightline {

void PointerRelay::setShape(const CursorShape& shape)
{
    {
        const std::lock_guard lock(m_mutex);
        m_shape = shape;
        m_isShapeNew = true;
    }
    post();
}

void PointerRelay::setPosition(Point position)
{
    {
        const std::lock_guard lock(m_mutex);
        m_position = position;
        m_isPositionNew = true;
    }
    post();
}

void PointerRelay::clear()
{
    const std::lock_guard lock(m_mutex);
    m_shape.reset();
    m_position.reset();
}

void PointerRelay::post()
{
    {
        const std::lock_guard lock(m_mutex);
        if (std::exchange(m_isPosted, true))
            return;
    }
    QMetaObject::invokeMethod(this, &PointerRelay::announce, Qt::QueuedConnection);
}

void PointerRelay::announce()
{
    bool isShapeNew = false;
    bool isPositionNew = false;
    {
        const std::lock_guard lock(m_mutex);
        m_isPosted = false;
        isShapeNew = std::exchange(m_isShapeNew, false);
        isPositionNew = std::exchange(m_isPositionNew, false);
    }
    if (isShapeNew)
        Q_EMIT shapeChanged();
    if (isPositionNew)
        Q_EMIT positionChanged();
}

std::optional<CursorShape> PointerRelay::shape() const
{
    const std::lock_guard lock(m_mutex);
    return m_shape;
}

std::optional<Point> PointerRelay::position() const
{
    const std::lock_guard lock(m_mutex);
    return m_position;
}

} // namespace sightline
