#pragma once

#include "core/session/presence.h"

#include <QListWidget>

namespace sightline {

/// The people who are signed in, by name, each with a clear state. Clicking one, or the Return key, chooses
/// it. GUI thread.
class PersonList : public QListWidget {
    Q_OBJECT
public:
    explicit PersonList(QWidget* parent = nullptr);

    void setPersons(QList<Person> persons);

Q_SIGNALS:
    void chosen(const sightline::Person& person);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(const QListWidgetItem* item);

    QList<Person> m_persons; ///< as they are listed
};

/// "Ada – available"
QString personText(const Person& person);

} // namespace sightline
