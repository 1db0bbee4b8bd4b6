#pragma once

#include "core/session/conversation.h"

#include <QWidget>

#include <functional>

class QMenu;
class QPushButton;

namespace sightline {

class RosterList;

/// What a presenter does about who is chosen in the list, and about the meeting; and a sharer about control.
/// Follows `conversation`, which outlives it, and hides what there is no right to. GUI thread.
class RosterActions : public QWidget {
    Q_OBJECT
public:
    RosterActions(Conversation& conversation, RosterList& list, QWidget* parent = nullptr);

private:
    void refresh();
    void openPersonMenu(const QPoint& at);
    void fillPersonMenu(QMenu& menu, const Participant& person);
    void fillMeetingMenu();
    void addChoice(QMenu& menu, const QString& text, bool isOn, std::function<void(bool)> chosen);
    void endForAll();
    const Participant* chosen() const;

    Conversation& m_conversation;
    RosterList& m_list;
    QPushButton* m_person;
    QPushButton* m_meeting;
    QMenu* m_personMenu;
    QMenu* m_meetingMenu;
};

} // namespace sightline
