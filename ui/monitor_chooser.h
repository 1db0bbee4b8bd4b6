#pragma once

#include "core/graphics/geometry.h"

#include <QToolButton>

#include <cstddef>
#include <optional>

class QMenu;

namespace sightline {

/// A button with a menu: which of the remote monitors to see. Hidden when there is nothing to choose. GUI
/// thread.
class MonitorChooser : public QToolButton {
    Q_OBJECT
public:
    explicit MonitorChooser(QWidget* parent = nullptr);

    /// `index`: the one that is seen; none: all.
    void setMonitors(const Rects& monitors, std::optional<std::size_t> index);

Q_SIGNALS:
    void chosen(std::optional<std::size_t> index); ///< none: all

private:
    void addChoice(const QString& text, std::optional<std::size_t> index, bool isPresent);

    QMenu* m_menu;
};

} // namespace sightline
