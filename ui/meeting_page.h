#pragma once

#include "core/session/conversation.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sightline {

class LobbyPanel;
class MessagePane;
class RosterList;
class SharePanel;

/// What one sees in a meeting: its link, sharing, who is there, and what they write. GUI thread.
class MeetingPage : public QWidget {
    Q_OBJECT
public:
    explicit MeetingPage(QWidget* parent = nullptr);

    /// Empty: not known yet.
    void setLink(const std::optional<MeetingLink>& link);
    /// One line on how far we are; empty when there is nothing to say.
    void setProgress(const QString& text);
    SharePanel& sharePanel() { return *m_sharePanel; }
    RosterList& rosterList() { return *m_roster; }
    LobbyPanel& lobby() { return *m_lobby; }
    /// What there is to do about people and the meeting, below the roster; becomes ours.
    void setActions(QWidget* actions);
    /// `isWaiting`: we are not in yet, and leave by giving up.
    void setWaiting(bool isWaiting);
    MessagePane& messages() { return *m_messages; }

Q_SIGNALS:
    void leaveChosen();

private:
    QWidget* buildLinkBox();
    QWidget* buildShareBox();
    void copyLink();

    QLabel* m_progress;
    QLineEdit* m_link;
    QPushButton* m_copy;
    SharePanel* m_sharePanel;
    LobbyPanel* m_lobby;
    RosterList* m_roster;
    MessagePane* m_messages;
    QPushButton* m_leave;
    QVBoxLayout* m_people = nullptr;
};

} // namespace sightline
