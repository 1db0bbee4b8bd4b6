#include "ui/share_frame.h"

#include <QCoreApplication>
#include <QPalette>

#include <algorithm>

namespace sightline {

ShareFrame::ShareFrame()
{
    for (std::unique_ptr<QWidget>& side : m_sides) {
        side = std::make_unique<QWidget>(nullptr,
            Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint | Qt::BypassWindowManagerHint
                | Qt::WindowTransparentForInput | Qt::WindowDoesNotAcceptFocus);
        side->setAttribute(Qt::WA_ShowWithoutActivating);
        side->setAutoFillBackground(true);
        side->setAccessibleName(QCoreApplication::translate("ShareFrame", "Frame around what is shared"));
    }
}

void ShareFrame::setGeometry(const QRect& outer)
{
    const int width = kWidth;
    const QRect inner = outer.adjusted(width, width, -width, -width);
    m_sides[0]->setGeometry(outer.x(), outer.y(), outer.width(), width);
    m_sides[1]->setGeometry(outer.x(), inner.y() + inner.height(), outer.width(), width);
    m_sides[2]->setGeometry(outer.x(), inner.y(), width, std::max(1, inner.height()));
    m_sides[3]->setGeometry(inner.x() + inner.width(), inner.y(), width, std::max(1, inner.height()));
}

void ShareFrame::setColor(const QColor& color)
{
    for (const std::unique_ptr<QWidget>& side : m_sides) {
        QPalette palette = side->palette();
        palette.setColor(QPalette::Window, color);
        side->setPalette(palette);
    }
}

void ShareFrame::setVisible(bool isVisible)
{
    for (const std::unique_ptr<QWidget>& side : m_sides)
        side->setVisible(isVisible);
}

std::array<QWidget*, 4> ShareFrame::windows() const
{
    std::array<QWidget*, 4> windows{};
    std::transform(m_sides.begin(), m_sides.end(), windows.begin(),
        [](const std::unique_ptr<QWidget>& side) { return side.get(); });
    return windows;
}

} // namespace sightline
