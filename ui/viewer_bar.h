#pragma once

#include "ui/view_geometry.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sightline {

class MonitorChooser;

/// The slim bar above a remote desktop: whose it is, and how to look at it. Where there is no room for all
/// words the buttons show their symbols alone. GUI thread.
class ViewerBar : public QWidget {
    Q_OBJECT
public:
    explicit ViewerBar(QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setScale(ViewScale scale);
    MonitorChooser& monitors() { return *m_monitors; }
    /// Beside the title; becomes ours.
    void setControls(QWidget* controls);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void scaleChosen(ViewScale scale);
    void fullScreenChosen();
    void stopChosen();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void chooseWords();
    int widthOfWords() const; ///< that all buttons together show, or would

    QLabel* m_title;
    MonitorChooser* m_monitors;
    QToolButton* m_fit;
    QToolButton* m_oneToOne;
    bool m_hasWords = true;
};

} // namespace sightline
