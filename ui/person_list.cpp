#include "ui/person_list.h"

#include "ui/icon.h"

#include <QKeyEvent>

#include <algorithm>

namespace sightline {

QString personText(const Person& person)
{
    return person.availability == Person::Availability::InMeeting
        ? PersonList::tr("%1 – in a conversation").arg(person.displayName)
        : PersonList::tr("%1 – available").arg(person.displayName);
}

PersonList::PersonList(QWidget* parent)
    : QListWidget(parent)
{
    setAccessibleName(PersonList::tr("People who are signed in"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    setMouseTracking(true);
    connect(this, &QListWidget::itemClicked, this, &PersonList::choose);
}

void PersonList::setPersons(QList<Person> persons)
{
    std::sort(persons.begin(), persons.end(), [](const Person& a, const Person& b) {
        const int order = a.displayName.localeAwareCompare(b.displayName);
        return order != 0 ? order < 0 : a.entity < b.entity;
    });
    if (persons == m_persons)
        return;
    // Who walks through the list with the keyboard stays where he is.
    const int row = currentRow();
    const QString current = row >= 0 && row < m_persons.size() ? m_persons[row].entity : QString();
    m_persons = std::move(persons);
    clear();
    for (const Person& person : std::as_const(m_persons)) {
        const bool isAvailable = person.availability == Person::Availability::Available;
        auto* item = new QListWidgetItem(
            icon(isAvailable ? Symbol::Available : Symbol::Engaged), personText(person), this);
        item->setToolTip(tr("Start a conversation with %1").arg(person.displayName).toHtmlEscaped());
        if (person.entity == current)
            setCurrentItem(item);
    }
}

void PersonList::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && currentItem())
        choose(currentItem());
    else
        QListWidget::keyPressEvent(event);
}

void PersonList::choose(const QListWidgetItem* item)
{
    const int index = row(item);
    if (index >= 0 && index < m_persons.size())
        Q_EMIT chosen(Person(m_persons[index]));
}

} // namespace sightline
