#include "ui/lobby_panel.h"

#include "ui/icon.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sightline {
namespace {

constexpr int kVisibleGuests = 4;
constexpr int kEntityRole = Qt::UserRole;

} // namespace

LobbyPanel::LobbyPanel(QWidget* parent)
    : QGroupBox(tr("Waiting in the lobby"), parent)
    , m_guests(new QListWidget)
    , m_letIn(new QPushButton(tr("Let &in")))
    , m_letAllIn(new QPushButton(tr("Let &all in")))
    , m_decline(new QPushButton(tr("&Decline")))
{
    m_guests->setAccessibleName(tr("People waiting in the lobby"));
    m_letIn->setAccessibleName(tr("Let in"));
    m_letAllIn->setAccessibleName(tr("Let all in"));
    m_decline->setAccessibleName(tr("Decline"));
    m_guests->setUniformItemSizes(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_guests);
    auto* row = new QHBoxLayout;
    row->addStretch();
    for (QPushButton* const button : {m_letIn, m_letAllIn, m_decline})
        row->addWidget(button);
    layout->addLayout(row);
    connect(m_letIn, &QPushButton::clicked, this, [this] { Q_EMIT letInChosen(chosen()); });
    connect(m_decline, &QPushButton::clicked, this, [this] { Q_EMIT declineChosen(chosen()); });
    connect(m_letAllIn, &QPushButton::clicked, this, [this] {
        // What is let in leaves the list meanwhile.
        QStringList all;
        for (int i = 0; i < m_guests->count(); ++i)
            all.append(m_guests->item(i)->data(kEntityRole).toString());
        for (const QString& guest : std::as_const(all))
            Q_EMIT letInChosen(guest);
    });
    setGuests({}, false);
}

QString LobbyPanel::chosen() const
{
    const QListWidgetItem* const item = m_guests->currentItem();
    return item ? item->data(kEntityRole).toString() : QString();
}

void LobbyPanel::setGuests(const QList<LobbyGuest>& guests, bool mayDecide)
{
    const QString before = chosen();
    m_guests->clear();
    for (const LobbyGuest& guest : guests) {
        auto* const item = new QListWidgetItem(icon(Symbol::Person), guest.displayName);
        item->setData(kEntityRole, guest.entity);
        m_guests->addItem(item);
        if (guest.entity == before)
            m_guests->setCurrentItem(item);
    }
    if (!m_guests->currentItem() && !guests.isEmpty())
        m_guests->setCurrentRow(0);
    const int lines = static_cast<int>(std::clamp<qsizetype>(guests.size(), 1, kVisibleGuests));
    m_guests->setFixedHeight(lines * std::max(m_guests->sizeHintForRow(0), fontMetrics().height())
        + 2 * m_guests->frameWidth() + 2);
    m_letAllIn->setVisible(guests.size() > 1);
    setVisible(mayDecide && !guests.isEmpty());
}

} // namespace sightline
