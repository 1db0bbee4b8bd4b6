#include "ui/roster_list.h"

#include "ui/icon.h"

namespace sightline {

QString participantText(const Participant& participant, bool isOwn)
{
    const QString name
        = isOwn ? RosterList::tr("%1 (you)").arg(participant.displayName) : participant.displayName;
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
    return {QListWidget::sizeHint().width(), fontMetrics().height() * 4};
}

void RosterList::setRoster(const Roster& roster, const QString& ownEntity)
{
    const int row = currentRow();
    clear();
    for (const Participant& participant : roster.participants)
        addItem(new QListWidgetItem(
            icon(Symbol::Person), participantText(participant, participant.entity == ownEntity)));
    setCurrentRow(std::min(row, count() - 1));
}

} // namespace sightline
