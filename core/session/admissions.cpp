#include "core/session/admissions.h"

namespace sightline {

void Admissions::start(bool admitsAll)
{
    clear();
    m_admitsAll = admitsAll;
}

void Admissions::clear()
{
    forget(Answer::Asked);
    m_answers.clear();
}

void Admissions::prune(const Roster& roster)
{
    const QStringList known = m_answers.keys();
    for (const QString& entity : known) {
        if (!roster.find(entity))
            set(entity, Answer::None);
    }
}

bool Admissions::trust(const QString& entity)
{
    m_trusted.insert(entity);
    if (of(entity) != Answer::Asked)
        return false;
    Q_EMIT withdrawn(entity);
    return true;
}

void Admissions::set(const QString& entity, Answer answer)
{
    const Answer before = of(entity);
    if (answer == Answer::None)
        m_answers.remove(entity);
    else
        m_answers.insert(entity, answer);
    if (before == Answer::Asked && answer == Answer::None)
        Q_EMIT withdrawn(entity);
}

void Admissions::ask(const Participant& participant)
{
    m_answers.insert(participant.entity, Answer::Asked);
    Q_EMIT requested(participant);
}

void Admissions::forget(Answer answer)
{
    const QStringList all = m_answers.keys(answer);
    for (const QString& entity : all)
        set(entity, Answer::None);
}

} // namespace sightline
