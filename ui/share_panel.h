#pragma once

#include "core/session/conversation.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sightline {

/// Where one starts to share, sees who watches, and stops it. GUI thread.
class SharePanel : public QWidget {
    Q_OBJECT
public:
    struct Status {
        Conversation::SharingState state = Conversation::SharingState::Off;
        QString viewer = {}; ///< display names of those who see the desktop, or are about to
        qsizetype viewers = 1; ///< how many they are
        QString securityCode = {};
        QString server = {}; ///< through which it goes; empty: directly
        bool isInterrupted = false; ///< Conversation::isInterrupted()
    };

    explicit SharePanel(QWidget* parent = nullptr);

    void setStatus(const Status& status);
    /// What there is to do while sharing, below the rest; becomes ours.
    void setControls(QWidget* controls);

Q_SIGNALS:
    void shareChosen();
    void stopChosen();

private:
    QLabel* m_state;
    QLabel* m_securityCode;
    QPushButton* m_share;
    QPushButton* m_stop;
};

} // namespace sightline
