#include "ui/desktop_coordinates.h"

#include <QGuiApplication>
#include <QScreen>

#include <cmath>

namespace sightline {
namespace {

QPoint toQtDesktop(QPoint pixel)
{
    for (const QScreen* screen : QGuiApplication::screens()) {
        const QRect geometry = screen->geometry();
        const qreal scale = screen->devicePixelRatio();
        if (!QRectF(geometry.topLeft(), QSizeF(geometry.size()) * scale).contains(pixel))
            continue;
        const QPointF inside = QPointF(pixel - geometry.topLeft()) / scale;
        return geometry.topLeft() + QPoint(static_cast<int>(inside.x()), static_cast<int>(inside.y()));
    }
    return pixel;
}

} // namespace

QRect toQtDesktop(const Rect& pixels)
{
    return {toQtDesktop(QPoint(pixels.x, pixels.y)),
        toQtDesktop(QPoint(pixels.right() - 1, pixels.bottom() - 1))};
}

} // namespace sightline
