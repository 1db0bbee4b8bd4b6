#pragma once

#include "core/session/conversation.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace sightline {

/// Where one chooses what to share, starts it, sees who watches, and stops it. GUI thread.
class SharePanel : public QWidget {
    Q_OBJECT
public:
    struct Status {
        Conversation::SharingState state = Conversation::SharingState::Off;
        QString viewer; ///< display name of whoever sees the desktop, or is about to
        QString securityCode;
        bool isInterrupted = false; ///< Conversation::isInterrupted()
    };

    explicit SharePanel(QWidget* parent = nullptr);

    /// What there is to choose from besides the whole desktop. The choice is kept if it is still there.
    void setMonitors(const std::vector<Monitor>& monitors);
    void setStatus(const Status& status);
    ShareTarget target() const;
    /// What there is to do while sharing, below the rest; becomes ours.
    void setControls(QWidget* controls);

Q_SIGNALS:
    void shareChosen(const sightline::ShareTarget& target);
    void stopChosen();

private:
    QComboBox* m_target;
    QLabel* m_state;
    QLabel* m_securityCode;
    QPushButton* m_share;
    QPushButton* m_stop;
};

/// A monitor as people call it: "Monitor 1 (eDP-1), 1920 × 1080, main".
QString monitorText(const Monitor& monitor, int number);

} // namespace sightline
