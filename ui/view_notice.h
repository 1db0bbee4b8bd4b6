#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace sightline {

/// What a pane says when it has no live picture to show.
struct Notice {
    QString heading;
    QString detail; ///< may be empty
    QString action; ///< what a button offers; empty: no button

    bool isEmpty() const { return heading.isEmpty(); }
    bool operator==(const Notice&) const = default;
};

/// A panel in the middle of its parent that shows a Notice, and hides with an empty one. GUI thread.
class ViewNotice : public QFrame {
    Q_OBJECT
public:
    explicit ViewNotice(QWidget* parent);

    void setNotice(const Notice& notice);

Q_SIGNALS:
    void actionChosen();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    QLabel* m_heading;
    QLabel* m_detail;
    QPushButton* m_action;
};

} // namespace sightline
