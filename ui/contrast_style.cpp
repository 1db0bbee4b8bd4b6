#include "ui/contrast_style.h"

#include <QPainter>
#include <QStyleOption>

namespace sightline {
namespace {

constexpr int kMiddle = 128;
constexpr qreal kOpacity = 0.6;

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < kMiddle;
}

} // namespace

void ContrastStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isRound = element == PE_IndicatorRadioButton;
    const bool isBox = element == PE_IndicatorCheckBox
        || (element == PE_PanelButtonTool && option->state.testFlag(State_On));
    if ((!isRound && !isBox) || !isDark(option->palette))
        return;
    QColor color = option->palette.color(QPalette::WindowText);
    color.setAlphaF(static_cast<float>(kOpacity));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(color, 1));
    const QRectF outline = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isRound)
        painter->drawEllipse(outline);
    else
        painter->drawRoundedRect(outline, 2, 2);
    painter->restore();
}

} // namespace sightline
