#include "ui/icon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <functional>

namespace sightline {
namespace {

// All drawings are on a grid of 16 by 16.
constexpr qreal kGrid = 16;

void drawCorners(QPainter& painter)
{
    const auto corner = [&painter](qreal x, qreal y, qreal dx, qreal dy) {
        painter.drawPolyline(QPolygonF{{x + dx, y}, {x, y}, {x, y + dy}});
    };
    corner(2.5, 3.5, 3, 3);
    corner(13.5, 3.5, -3, 3);
    corner(2.5, 12.5, 3, -3);
    corner(13.5, 12.5, -3, -3);
}

void drawFit(QPainter& painter)
{
    painter.drawRoundedRect(QRectF(1.5, 2.5, 13, 11), 1, 1);
    painter.drawRect(QRectF(4.5, 5.5, 7, 5));
}

void drawOneToOne(QPainter& painter)
{
    painter.drawPolyline(QPolygonF{{2.5, 5.2}, {4.5, 3.5}, {4.5, 12.5}});
    painter.drawPolyline(QPolygonF{{10.5, 5.2}, {12.5, 3.5}, {12.5, 12.5}});
    painter.setBrush(painter.pen().color());
    painter.drawEllipse(QRectF(7.2, 5.4, 0.9, 0.9));
    painter.drawEllipse(QRectF(7.2, 9.8, 0.9, 0.9));
}

void drawStop(QPainter& painter)
{
    painter.drawLine(QPointF(4, 4), QPointF(12, 12));
    painter.drawLine(QPointF(12, 4), QPointF(4, 12));
}

void drawShare(QPainter& painter)
{
    painter.drawRoundedRect(QRectF(1.5, 2.5, 13, 9), 1, 1);
    painter.drawLine(QPointF(5, 14), QPointF(11, 14));
    painter.drawLine(QPointF(8, 9.5), QPointF(8, 5));
    painter.drawPolyline(QPolygonF{{6, 6.8}, {8, 4.8}, {10, 6.8}});
}

void drawLink(QPainter& painter)
{
    painter.translate(8, 8);
    painter.rotate(-45);
    painter.drawRoundedRect(QRectF(-7, -2.5, 7.5, 5), 2.5, 2.5);
    painter.drawRoundedRect(QRectF(-0.5, -2.5, 7.5, 5), 2.5, 2.5);
}

void drawCopy(QPainter& painter)
{
    painter.drawRoundedRect(QRectF(5.5, 5.5, 8, 8), 1, 1);
    painter.drawPolyline(QPolygonF{{3.5, 10.5}, {2.5, 10.5}, {2.5, 2.5}, {10.5, 2.5}, {10.5, 3.5}});
}

void drawPerson(QPainter& painter)
{
    painter.drawEllipse(QPointF(8, 5), 2.8, 2.8);
    QPainterPath shoulders(QPointF(2.5, 14));
    shoulders.cubicTo(QPointF(2.5, 8), QPointF(13.5, 8), QPointF(13.5, 14));
    painter.drawPath(shoulders);
}

/// State by shape and colour: a dot with a tick, or with a bar.
void drawState(QPainter& painter, bool isAvailable)
{
    drawPerson(painter);
    const QColor colour = isAvailable ? QColor(0x2E, 0x8B, 0x57) : QColor(0xC0, 0x6A, 0x10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(12, 12), 3.8, 3.8);
    painter.setPen(QPen(Qt::white, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (isAvailable)
        painter.drawPolyline(QPolygonF{{10.3, 12.1}, {11.5, 13.3}, {13.8, 10.8}});
    else
        painter.drawLine(QPointF(10.4, 12), QPointF(13.6, 12));
}

void drawSettings(QPainter& painter)
{
    for (const auto& [y, x] : {std::pair(4.0, 10.5), {8.0, 5.5}, {12.0, 9.0}}) {
        painter.drawLine(QPointF(2, y), QPointF(x - 1.6, y));
        painter.drawEllipse(QPointF(x, y), 1.6, 1.6);
        painter.drawLine(QPointF(x + 1.6, y), QPointF(14, y));
    }
}

void drawMonitors(QPainter& painter)
{
    painter.drawRect(QRectF(1.5, 3.5, 6, 6));
    painter.drawRect(QRectF(8.5, 3.5, 6, 6));
    painter.drawLine(QPointF(3, 12.5), QPointF(6, 12.5));
    painter.drawLine(QPointF(10, 12.5), QPointF(13, 12.5));
}

void drawControl(QPainter& painter)
{
    painter.drawPolygon(
        QPolygonF{{4, 2}, {4, 12}, {6.6, 9.8}, {8.4, 14}, {10.2, 13.2}, {8.4, 9.2}, {12, 9.2}});
}

void drawPause(QPainter& painter)
{
    painter.drawRect(QRectF(4.5, 3.5, 2, 9));
    painter.drawRect(QRectF(9.5, 3.5, 2, 9));
}

void drawResume(QPainter& painter)
{
    painter.drawPolygon(QPolygonF{{5, 3}, {12.5, 8}, {5, 13}});
}

void drawSymbol(QPainter& painter, Symbol symbol)
{
    switch (symbol) {
    case Symbol::Fit:
        return drawFit(painter);
    case Symbol::OneToOne:
        return drawOneToOne(painter);
    case Symbol::Monitors:
        return drawMonitors(painter);
    case Symbol::FullScreen:
        return drawCorners(painter);
    case Symbol::Stop:
        return drawStop(painter);
    case Symbol::Share:
        return drawShare(painter);
    case Symbol::Link:
        return drawLink(painter);
    case Symbol::Copy:
        return drawCopy(painter);
    case Symbol::Person:
        return drawPerson(painter);
    case Symbol::Available:
        return drawState(painter, true);
    case Symbol::Engaged:
        return drawState(painter, false);
    case Symbol::Settings:
        return drawSettings(painter);
    case Symbol::Control:
        return drawControl(painter);
    case Symbol::Pause:
        return drawPause(painter);
    case Symbol::Resume:
        return drawResume(painter);
    }
}

// A screen in a calm blue, with a line of sight that leaves it for an eye.
void drawApplication(QPainter& painter)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x1F, 0x5F, 0xA8));
    painter.drawRoundedRect(QRectF(0.5, 0.5, 15, 15), 3.5, 3.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath eye(QPointF(2.6, 8));
    eye.quadTo(QPointF(8, 1.6), QPointF(13.4, 8));
    eye.quadTo(QPointF(8, 14.4), QPointF(2.6, 8));
    painter.drawPath(eye);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(QRectF(5.7, 6.2, 4.6, 3.6), 0.6, 0.6);
}

/// Draws anew each time, hence follows the palette and the pixel density.
class DrawnIconEngine : public QIconEngine {
public:
    using Draw = std::function<void(QPainter&)>;

    explicit DrawnIconEngine(Draw draw)
        : m_draw(std::move(draw))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / kGrid, rect.height() / kGrid);
        painter->setPen(QPen(palette.color(group, role), 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        m_draw(*painter);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new DrawnIconEngine(m_draw); }

private:
    Draw m_draw;
};

} // namespace

QIcon icon(Symbol symbol)
{
    return QIcon(new DrawnIconEngine([symbol](QPainter& painter) { drawSymbol(painter, symbol); }));
}

QIcon applicationIcon()
{
    // Window systems want pictures.
    const QIcon drawn(new DrawnIconEngine(drawApplication));
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(drawn.pixmap(QSize(side, side), 1.0));
    return icon;
}

} // namespace sightline
