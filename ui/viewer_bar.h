#pragma once

#include "ui/view_geometry.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sightline {

class MonitorChooser;

/// The slim bar above a remote desktop: whose it is, and how to look at it. GUI thread.
class ViewerBar : public QWidget {
    Q_OBJECT
public:
    explicit ViewerBar(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setScale(ViewScale scale);
    MonitorChooser& monitors() { return *m_monitors; }
    /// Beside the title; becomes ours.
    void setControls(QWidget* controls);

Q_SIGNALS:
    void scaleChosen(ViewScale scale);
    void fullScreenChosen();
    void stopChosen();

private:
    QLabel* m_title;
    MonitorChooser* m_monitors;
    QToolButton* m_fit;
    QToolButton* m_oneToOne;
};

} // namespace sightline
