#include "ui/new_meeting_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr int kMaxSubject = 128;
constexpr int kMaxPasscode = 64;
constexpr int kSmallestWidth = 420;

} // namespace

NewMeetingDialog::NewMeetingDialog(QWidget* parent)
    : QDialog(parent)
    , m_subject(new QLineEdit)
    , m_passcode(new QLineEdit)
    , m_hasLobby(new QCheckBox(tr("Who joins waits in a &lobby until I let them in")))
    , m_everybodySees(new QCheckBox(tr("&Everybody in the meeting sees what is shared, without a question")))
    , m_everybodyPresents(new QCheckBox(tr("E&verybody is a presenter, and may share at any time")))
{
    setWindowTitle(tr("New meeting"));
    setMinimumWidth(kSmallestWidth);
    m_subject->setAccessibleName(tr("Subject"));
    m_subject->setMaxLength(kMaxSubject);
    m_subject->setPlaceholderText(tr("What it is about"));
    m_passcode->setAccessibleName(tr("Passcode"));
    m_passcode->setMaxLength(kMaxPasscode);
    m_passcode->setPlaceholderText(tr("None: the link is enough"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Subject:"), m_subject);
    form->addRow(tr("&Passcode:"), m_passcode);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Start the meeting"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addLayout(form);
    auto* choices = new QVBoxLayout;
    for (QCheckBox* const choice : {m_hasLobby, m_everybodySees, m_everybodyPresents})
        choices->addWidget(choice);
    layout->addLayout(choices);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const AddConference wanted = meeting();
        accept();
        Q_EMIT chosen(wanted);
    });
}

AddConference NewMeetingDialog::meeting() const
{
    AddConference meeting;
    meeting.subject = m_subject->text().simplified();
    meeting.passcode = m_passcode->text().trimmed();
    meeting.settings.hasLobby = m_hasLobby->isChecked();
    meeting.settings.viewers
        = m_everybodySees->isChecked() ? MeetingSettings::Viewers::All : MeetingSettings::Viewers::Ask;
    meeting.settings.presenters = m_everybodyPresents->isChecked() ? MeetingSettings::Presenters::Everyone
                                                                   : MeetingSettings::Presenters::Organizer;
    return meeting;
}

} // namespace sightline
