#include "ui/roster_list.h"

#include "ui/icon.h"

#include <QSignalBlocker>

#include <algorithm>

namespace sightline {

namespace {

constexpr int kEntityRole = Qt::UserRole;
constexpr int kFewestRows = 3;
constexpr int kMostRows = 6;

} // namespace

QString participantText(const Participant& participant, bool isOwn, bool isController)
{
    QString name = isOwn ? RosterList::tr("%1 (you)").arg(participant.displayName) : participant.displayName;
    if (participant.role == Participant::Role::Presenter)
        name = RosterList::tr("%1, presenter").arg(name);
    if (isController)
        return RosterList::tr("%1 – controls the desktop").arg(name);
    switch (participant.sharing) {
    case Participant::Sharing::Sharer:
        return RosterList::tr("%1 – shares the desktop").arg(name);
    case Participant::Sharing::Viewer:
        return RosterList::tr("%1 – sees the desktop").arg(name);
    case Participant::Sharing::None:
        break;
    }
    return name;
}

RosterList::RosterList(QWidget* parent)
    : QListWidget(parent)
{
    setAccessibleName(tr("People in the meeting"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
}

QSize RosterList::sizeHint() const
{
    const int row = count() > 0 ? sizeHintForRow(0) : fontMetrics().height();
    return {QListWidget::sizeHint().width(),
        row * std::clamp(count(), kFewestRows, kMostRows) + 2 * frameWidth() + 2};
}

QString RosterList::chosen() const
{
    const QListWidgetItem* const item = currentItem();
    return item ? item->data(kEntityRole).toString() : QString();
}

void RosterList::setRoster(const Roster& roster, const QString& ownEntity)
{
    const QString before = chosen();
    const int row = currentRow();
    const QSignalBlocker blocker(this); // the row that comes back is no news
    clear();
    for (const Participant& participant : roster.participants) {
        const bool isController = participant.entity == roster.state.controller;
        auto* const item = new QListWidgetItem(icon(Symbol::Person),
            participantText(participant, participant.entity == ownEntity, isController));
        item->setData(kEntityRole, participant.entity);
        if (!participant.mayControl)
            item->setToolTip(tr("May not control the desktop"));
        addItem(item);
        if (participant.entity == before)
            setCurrentItem(item);
    }
    updateGeometry();
    if (!currentItem())
        setCurrentRow(std::min(row, count() - 1));
}

} // namespace sightline
