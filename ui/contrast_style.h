#pragma once

#include <QProxyStyle>

namespace sightline {

/// The system's style, with one thing added: on dark windows the outlines of boxes, of round buttons and of
/// buttons that are down are light. Older Qt draws them darker than the window, where nobody sees them.
class ContrastStyle : public QProxyStyle {
    Q_OBJECT
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;
};

} // namespace sightline
