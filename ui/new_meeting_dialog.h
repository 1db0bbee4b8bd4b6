#pragma once

#include "core/session/conversation.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace sightline {

/// How a meeting is to be, before it begins: its subject, its passcode, who waits in a lobby and who sees
/// what is shared. GUI thread.
class NewMeetingDialog : public QDialog {
    Q_OBJECT
public:
    explicit NewMeetingDialog(QWidget* parent = nullptr);

    AddConference meeting() const;

Q_SIGNALS:
    void chosen(const sightline::AddConference& meeting);

private:
    QLineEdit* m_subject;
    QLineEdit* m_passcode;
    QCheckBox* m_hasLobby;
    QCheckBox* m_everybodySees;
    QCheckBox* m_everybodyPresents;
};

} // namespace sightline
