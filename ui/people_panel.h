#pragma once

#include "core/session/presence.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sightline {

class PersonList;

/// The side of the window where one sees who else is there, and how one is signed in. Follows `presence`,
/// which outlives it. GUI thread.
class PeoplePanel : public QWidget {
    Q_OBJECT
public:
    explicit PeoplePanel(Presence& presence, QWidget* parent = nullptr);

Q_SIGNALS:
    void settingsChosen();

private:
    void refresh();

    Presence& m_presence;
    PersonList* m_list;
    QLabel* m_status;
};

} // namespace sightline
