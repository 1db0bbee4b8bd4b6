#pragma once

#include "core/session/conversation.h"

#include <QGroupBox>

class QListWidget;
class QPushButton;

namespace sightline {

/// Who waits in the lobby, for a presenter to let in or not. There only while somebody waits. GUI thread.
class LobbyPanel : public QGroupBox {
    Q_OBJECT
public:
    explicit LobbyPanel(QWidget* parent = nullptr);

    /// `mayDecide`: we are a presenter; others see nothing of it.
    void setGuests(const QList<LobbyGuest>& guests, bool mayDecide);

Q_SIGNALS:
    void letInChosen(const QString& guest);
    void declineChosen(const QString& guest);

private:
    QString chosen() const;

    QListWidget* m_guests;
    QPushButton* m_letIn;
    QPushButton* m_letAllIn;
    QPushButton* m_decline;
};

} // namespace sightline
