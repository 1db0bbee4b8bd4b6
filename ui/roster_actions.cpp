#include "ui/roster_actions.h"

#include "ui/roster_list.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace sightline {

using SharingState = Conversation::SharingState;

RosterActions::RosterActions(Conversation& conversation, RosterList& list, QWidget* parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_list(list)
    , m_person(new QPushButton(tr("Pers&on")))
    , m_meeting(new QPushButton(tr("&Meeting")))
    , m_personMenu(new QMenu(this))
    , m_meetingMenu(new QMenu(this))
{
    m_person->setAccessibleName(tr("What you can do about the chosen person"));
    m_meeting->setAccessibleName(tr("What you can do about the meeting"));
    m_person->setMenu(m_personMenu);
    m_meeting->setMenu(m_meetingMenu);
    list.setContextMenuPolicy(Qt::CustomContextMenu);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(m_person);
    layout->addWidget(m_meeting);
    connect(m_personMenu, &QMenu::aboutToShow, this, [this] {
        m_personMenu->clear();
        if (const Participant* const person = chosen())
            fillPersonMenu(*m_personMenu, *person);
    });
    connect(m_meetingMenu, &QMenu::aboutToShow, this, &RosterActions::fillMeetingMenu);
    connect(&list, &QWidget::customContextMenuRequested, this, &RosterActions::openPersonMenu);
    connect(&list, &QListWidget::currentRowChanged, this, &RosterActions::refresh);
    connect(&conversation, &Conversation::rosterChanged, this, &RosterActions::refresh);
    connect(&conversation, &Conversation::stateChanged, this, &RosterActions::refresh);
    connect(&conversation, &Conversation::sharingStateChanged, this, &RosterActions::refresh);
    refresh();
}

const Participant* RosterActions::chosen() const
{
    return m_conversation.roster().find(m_list.chosen());
}

void RosterActions::refresh()
{
    const bool isIn = m_conversation.state() == Conversation::State::InMeeting;
    const bool isPresenter = m_conversation.moderation().isPresenter();
    const bool isSharing = m_conversation.sharingState() == SharingState::Active;
    const Participant* const person = chosen();
    setVisible(isIn && (isPresenter || isSharing));
    m_meeting->setVisible(isIn && isPresenter);
    m_person->setVisible(isIn && (isPresenter || isSharing));
    m_person->setEnabled(person && person->entity != m_conversation.ownEntity());
}

void RosterActions::openPersonMenu(const QPoint& at)
{
    const Participant* const person = chosen();
    if (!person || m_person->isHidden() || !m_person->isEnabled())
        return;
    QMenu menu(this);
    fillPersonMenu(menu, *person);
    menu.exec(m_list.viewport()->mapToGlobal(at));
}

void RosterActions::fillPersonMenu(QMenu& menu, const Participant& person)
{
    MeetingModeration& moderation = m_conversation.moderation();
    const QString entity = person.entity;
    SessionControl& control = m_conversation.control();
    if (m_conversation.sharingState() == SharingState::Active) {
        if (control.controller() == entity)
            menu.addAction(tr("&Take back control"), this, [&control] { control.revoke(); });
        else if (control.isAvailable() && person.mayControl)
            menu.addAction(tr("&Give control"), this, [&control, entity] { control.grant(entity); });
    }
    if (!moderation.isPresenter())
        return;
    const bool isPresenter = person.role == Participant::Role::Presenter;
    const auto setRole = [&moderation, entity, isPresenter] {
        moderation.setRole(entity, isPresenter ? Participant::Role::Attendee : Participant::Role::Presenter);
    };
    menu.addAction(isPresenter ? tr("Make &attendee") : tr("Make &presenter"), this, setRole);
    const bool mayControl = person.mayControl;
    menu.addAction(mayControl ? tr("&Never let control") : tr("&Let ask for control"), this,
        [&moderation, entity, mayControl] { moderation.allowControl(entity, !mayControl); });
    menu.addSeparator();
    menu.addAction(
        tr("&Remove from the meeting"), this, [&moderation, entity] { moderation.remove(entity); });
}

void RosterActions::addChoice(QMenu& menu, const QString& text, bool isOn, std::function<void(bool)> chosen)
{
    QAction* const action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(isOn);
    connect(action, &QAction::triggered, this, std::move(chosen));
}

void RosterActions::fillMeetingMenu()
{
    QMenu& menu = *m_meetingMenu;
    menu.clear();
    MeetingModeration& moderation = m_conversation.moderation();
    const MeetingState& state = m_conversation.roster().state;
    const MeetingSettings& settings = state.settings;
    addChoice(menu, tr("&Lock: nobody new comes in"), state.isLocked,
        [&moderation](bool isOn) { moderation.lock(isOn); });
    addChoice(menu, tr("Who joins waits in the lo&bby"), settings.hasLobby,
        [&moderation](bool isOn) { moderation.setLobby(isOn); });
    addChoice(menu, tr("&Everybody sees what is shared"), settings.viewers == MeetingSettings::Viewers::All,
        [&moderation](bool isOn) { moderation.setEverybodySees(isOn); });
    const Participant* const sharer = m_conversation.roster().sharer();
    menu.addSeparator();
    if (sharer && sharer->entity != m_conversation.ownEntity())
        menu.addAction(tr("&Stop the sharing of %1").arg(sharer->displayName), this,
            [&moderation] { moderation.endSharing(); });
    if (moderation.isOrganizer())
        menu.addAction(tr("End the meeting for &all…"), this, &RosterActions::endForAll);
}

void RosterActions::endForAll()
{
    auto* const question = new QMessageBox(QMessageBox::Question, tr("End the meeting"),
        tr("End the meeting for everybody? The link does not work any more then."), QMessageBox::NoButton,
        window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const end = question->addButton(tr("End the meeting"), QMessageBox::AcceptRole);
    question->addButton(QMessageBox::Cancel);
    connect(question, &QMessageBox::buttonClicked, this, [this, end](QAbstractButton* button) {
        if (button == end)
            m_conversation.moderation().endMeeting();
    });
    question->open();
}

} // namespace sightline
