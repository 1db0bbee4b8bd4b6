#pragma once

#include "core/signaling/roster.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace sightline {

/// Who may see what we share: what was asked and answered about each participant, as long as it is there.
/// Decides nothing but who needs no question. GUI thread.
class Admissions : public QObject {
    Q_OBJECT
public:
    enum class Answer { None, Asked, Admitted, Refused, ToldBusy, Left };

    using QObject::QObject;

    /// From now on, with nobody answered yet.
    void start(bool admitsAll);
    /// Questions that are open are void.
    void clear();
    /// Who is not in the roster any more is forgotten.
    void prune(const Roster& roster);

    /// We have invited it. True: it was being asked for.
    bool trust(const QString& entity);
    bool isWelcome(const QString& entity) const { return m_admitsAll || m_trusted.contains(entity); }

    Answer of(const QString& entity) const { return m_answers.value(entity, Answer::None); }
    void set(const QString& entity, Answer answer);
    void ask(const Participant& participant);
    /// Asks again later, or now, about all who were given this answer.
    void forget(Answer answer);

Q_SIGNALS:
    void requested(const Participant& participant);
    void withdrawn(const QString& entity);

private:
    bool m_admitsAll = false;
    QHash<QString, Answer> m_answers;
    QSet<QString> m_trusted;
};

} // namespace sightline
