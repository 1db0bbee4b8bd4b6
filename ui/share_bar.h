#pragma once

#include <QColor>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QToolButton;

namespace sightline {

/// The slim bar at the top edge of what is shared: who sees it, and what the sharer can do about it. It lies
/// above all windows, never takes the keyboard from them, can be drawn along its edge, and folds into a
/// handle when the pointer stays away. GUI thread.
class ShareBar : public QWidget {
    Q_OBJECT
public:
    struct Status {
        QString text; ///< who sees or controls the desktop
        QColor color; ///< what stands for that
        bool isPaused = false;
        bool isControlled = false;
        bool canGiveControl = false;
        bool hasOtherMonitors = false; ///< to be shown instead
    };

    ShareBar();

    void setStatus(const Status& status);
    /// Along the top of this rectangle, in Qt's desktop coordinates; where it was drawn to it stays, as far
    /// as possible.
    void setEdge(const QRect& area);

    bool isFolded() const { return m_isFolded; }

Q_SIGNALS:
    void pauseToggled();
    void controlToggled();
    void nextMonitorChosen();
    void stopChosen();

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QToolButton* addButton(const QString& name);
    void setFolded(bool isFolded);
    void place();

    QWidget* m_content;
    QLabel* m_text;
    QToolButton* m_pause;
    QToolButton* m_control;
    QToolButton* m_nextMonitor;
    QToolButton* m_stop;
    QTimer m_foldTimer;
    QRect m_edge;
    QColor m_color;
    double m_position = 0.5; ///< of its middle, from the left end of the edge to the right one
    std::optional<int> m_dragFrom; ///< from the pointer to the bar's middle
    bool m_isFolded = false;
};

} // namespace sightline
