#pragma once

#include <QColor>
#include <QRect>
#include <QWidget>

#include <array>
#include <memory>

namespace sightline {

/// A coloured frame around what is shared: four thin windows above all others that let the mouse through. GUI
/// thread.
class ShareFrame {
public:
    static constexpr int kWidth = 3;

    ShareFrame();

    /// The frame's outer edge, in Qt's desktop coordinates.
    void setGeometry(const QRect& outer);
    void setColor(const QColor& color);
    void setVisible(bool isVisible);

    std::array<QWidget*, 4> windows() const;

private:
    std::array<std::unique_ptr<QWidget>, 4> m_sides; ///< top, bottom, left, right
};

} // namespace sightline
