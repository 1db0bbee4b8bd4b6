#pragma once

#include <QList>
#include <QString>

namespace sightline {

/// Somebody who is signed in to the same server and lets others see it (PROTOCOL.md, "Presence").
struct Person {
    enum class Availability { Available, InMeeting };

    QString entity; ///< of that connection; not the one in a meeting's roster
    QString displayName;
    Availability availability = Availability::Available;
    bool operator==(const Person&) const = default;
};

/// Who is there as of `version`, oneself included, in the order in which they came.
struct People {
    quint32 version = 0;
    QList<Person> persons;

    const Person* find(const QString& entity) const;
    bool operator==(const People&) const = default;
};

} // namespace sightline
