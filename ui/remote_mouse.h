#pragma once

#include "core/graphics/input_event.h"

#include <QPoint>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace sightline {

/// Turns what the mouse does here into input of the remote desktop. Positions are remote pixels. GUI thread.
///
/// Of several movements in one turn of the event loop the last one is sent; nothing overtakes it.
class RemoteMouse {
public:
    using Sink = std::function<void(const InputEvent&)>;

    explicit RemoteMouse(Sink sink);

    void move(Point position);
    void press(Qt::MouseButton button, Point position);
    void release(Qt::MouseButton button, Point position);
    /// As QWheelEvent has them: eighths of a degree, and pixels where the system tells nothing else.
    void turnWheel(QPoint angle, QPoint pixels, Point position);

    bool isButtonDown() const { return !m_down.empty(); }
    /// Sends the movement that still waits for the event loop.
    void flush();
    void releaseAll();

private:
    Sink m_sink;
    QTimer m_turn;
    std::optional<Point> m_pending;
    Point m_last; ///< where the mouse was at last
    std::vector<MouseButton> m_down;
};

} // namespace sightline
