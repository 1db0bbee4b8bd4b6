#include "ui/people_panel.h"

#include "ui/error_text.h"
#include "ui/icon.h"
#include "ui/person_list.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr int kSmallestWidth = 190;

QString statusText(const Presence& presence, bool isAlone)
{
    switch (presence.state()) {
    case Presence::State::Off:
        return PeoplePanel::tr("You are not signed in.");
    case Presence::State::Connecting:
        return presence.lastError() ? PeoplePanel::tr("The server cannot be reached. Trying again…")
                                    : PeoplePanel::tr("Signing in…");
    case Presence::State::Shown:
        return isAlone ? PeoplePanel::tr("Nobody else is signed in. Send somebody a link instead.")
                       : PeoplePanel::tr("Choose somebody to start a conversation.");
    case Presence::State::Hidden:
        return PeoplePanel::tr("This server does not show who is signed in. Send somebody a link instead.");
    case Presence::State::Failed:
        return presence.lastError() ? errorText(*presence.lastError()).toString() : QString();
    }
    return {};
}

} // namespace

PeoplePanel::PeoplePanel(Presence& presence, QWidget* parent)
    : QWidget(parent)
    , m_presence(presence)
    , m_list(new PersonList)
    , m_status(new QLabel)
{
    setMinimumWidth(kSmallestWidth);
    auto* title = new QLabel(tr("&People"));
    title->setBuddy(m_list);
    m_status->setAccessibleName(tr("How you are signed in"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    auto* settings = new QPushButton(icon(Symbol::Settings), tr("S&ettings…"));
    settings->setAccessibleName(tr("Settings"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(title);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_status);
    layout->addWidget(settings);
    connect(settings, &QPushButton::clicked, this, &PeoplePanel::settingsChosen);
    connect(m_list, &PersonList::chosen, &presence, &Presence::invite);
    connect(&presence, &Presence::stateChanged, this, &PeoplePanel::refresh);
    connect(&presence, &Presence::othersChanged, this, &PeoplePanel::refresh);
    refresh();
}

void PeoplePanel::refresh()
{
    const QList<Person> others = m_presence.others();
    m_list->setPersons(others);
    m_status->setText(statusText(m_presence, others.isEmpty()));
    m_status->setToolTip(
        m_presence.lastError() ? m_presence.lastError()->toString().toHtmlEscaped() : QString());
}

} // namespace sightline
