#include "ui/meeting_page.h"

#include "ui/icon.h"
#include "ui/lobby_panel.h"
#include "ui/message_pane.h"
#include "ui/roster_list.h"
#include "ui/share_panel.h"

#include <QClipboard>
#include <QGroupBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {

MeetingPage::MeetingPage(QWidget* parent)
    : QWidget(parent)
    , m_progress(new QLabel)
    , m_link(new QLineEdit)
    , m_copy(new QPushButton(icon(Symbol::Copy), tr("&Copy link")))
    , m_sharePanel(new SharePanel)
    , m_lobby(new LobbyPanel)
    , m_roster(new RosterList)
    , m_messages(new MessagePane)
    , m_leave(new QPushButton)
{
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setWordWrap(true);
    auto* people = new QGroupBox(tr("In the meeting"));
    m_people = new QVBoxLayout(people);
    m_people->addWidget(m_roster);
    auto* talk = new QGroupBox(tr("Messages"));
    auto* talkLayout = new QVBoxLayout(talk);
    talkLayout->addWidget(m_messages);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addWidget(m_progress);
    layout->addWidget(buildLinkBox());
    layout->addWidget(buildShareBox());
    layout->addWidget(m_lobby);
    layout->addWidget(people);
    layout->addWidget(talk, 1);
    layout->addWidget(m_leave, 0, Qt::AlignRight);
    connect(m_leave, &QPushButton::clicked, this, &MeetingPage::leaveChosen);
    setLink({});
    setProgress({});
    setWaiting(false);
}

void MeetingPage::setActions(QWidget* actions)
{
    m_people->addWidget(actions);
}

void MeetingPage::setWaiting(bool isWaiting)
{
    m_leave->setText(isWaiting ? tr("&Cancel") : tr("&Leave the meeting"));
    m_leave->setAccessibleName(isWaiting ? tr("Cancel") : tr("Leave the meeting"));
}

QWidget* MeetingPage::buildLinkBox()
{
    m_link->setReadOnly(true);
    m_link->setAccessibleName(tr("Link of this meeting"));
    m_link->setPlaceholderText(tr("The link will be here in a moment"));
    m_copy->setAccessibleName(tr("Copy the link of this meeting"));
    auto* box = new QGroupBox(tr("Invite somebody"));
    auto* layout = new QVBoxLayout(box);
    auto* explanation = new QLabel(tr("Whoever opens this link in Sightline comes into the meeting:"));
    explanation->setWordWrap(true);
    layout->addWidget(explanation);
    auto* row = new QHBoxLayout;
    row->addWidget(m_link, 1);
    row->addWidget(m_copy);
    layout->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, &MeetingPage::copyLink);
    return box;
}

QWidget* MeetingPage::buildShareBox()
{
    auto* box = new QGroupBox(tr("My desktop"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(m_sharePanel);
    return box;
}

void MeetingPage::setLink(const std::optional<MeetingLink>& link)
{
    const QString text = link ? link->toAppLink() : QString();
    if (text == m_link->text() && m_copy->isEnabled() == link.has_value())
        return;
    m_link->setText(text);
    m_link->setCursorPosition(0);
    m_copy->setEnabled(link.has_value());
    m_copy->setText(tr("&Copy link"));
}

void MeetingPage::setProgress(const QString& text)
{
    m_progress->setText(text);
    m_progress->setVisible(!text.isEmpty());
}

void MeetingPage::copyLink()
{
    QGuiApplication::clipboard()->setText(m_link->text());
    m_copy->setText(tr("&Copied"));
}

} // namespace sightline
