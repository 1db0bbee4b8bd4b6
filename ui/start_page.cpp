#include "ui/start_page.h"

#include "ui/error_text.h"
#include "ui/icon.h"
#include "ui/share_panel.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr int kMaxNameLength = 64;
constexpr int kMaxLinkLength = 1024;

QLabel* wrappedLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_welcome(buildWelcome())
    , m_name(new QLineEdit)
    , m_sharePanel(new SharePanel)
    , m_link(new QLineEdit)
    , m_linkError(wrappedLabel({}))
{
    m_name->setAccessibleName(tr("Your name"));
    m_name->setMaxLength(kMaxNameLength);
    m_name->setPlaceholderText(tr("How others see you"));
    connect(m_name, &QLineEdit::editingFinished, this, &StartPage::takeName);
    auto* form = new QFormLayout;
    form->addRow(tr("Your &name:"), m_name);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addWidget(m_welcome);
    layout->addLayout(form);
    layout->addWidget(buildShareBox());
    layout->addWidget(buildLinkBox());
    layout->addStretch();
}

QWidget* StartPage::buildWelcome()
{
    auto* box = new QGroupBox(tr("Welcome to Sightline"));
    auto* layout = new QHBoxLayout(box);
    layout->addWidget(
        wrappedLabel(tr("Others see you by the name below. Change it if you like, and continue.")), 1);
    auto* done = new QPushButton(tr("&Continue"));
    done->setAccessibleName(tr("Continue with this name"));
    layout->addWidget(done);
    connect(done, &QPushButton::clicked, this, &StartPage::takeName);
    box->hide();
    return box;
}

void StartPage::welcome()
{
    m_welcome->show();
    m_name->setFocus();
    m_name->selectAll();
}

void StartPage::takeName()
{
    if (displayName().isEmpty())
        return;
    m_welcome->hide();
    Q_EMIT displayNameChanged(displayName());
}

QWidget* StartPage::buildShareBox()
{
    auto* box = new QGroupBox(tr("Show my desktop to somebody"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(wrappedLabel(
        tr("You get a link to send to the other person. Nobody sees anything before you say so.")));
    layout->addWidget(m_sharePanel);
    auto* meeting = new QPushButton(tr("&Meeting with several people…"));
    meeting->setAccessibleName(tr("Meeting with several people"));
    layout->addWidget(meeting, 0, Qt::AlignRight);
    connect(meeting, &QPushButton::clicked, this, &StartPage::newMeetingChosen);
    return box;
}

QWidget* StartPage::buildLinkBox()
{
    m_link->setAccessibleName(tr("Meeting link"));
    m_link->setPlaceholderText(tr("sightline://…"));
    m_link->setMaxLength(kMaxLinkLength);
    m_link->setClearButtonEnabled(true);
    m_linkError->setAccessibleName(tr("What is wrong with the link"));
    m_linkError->hide();
    auto* open = new QPushButton(icon(Symbol::Link), tr("&Open"));
    open->setAccessibleName(tr("Open the link"));

    auto* box = new QGroupBox(tr("See somebody else's desktop"));
    auto* layout = new QVBoxLayout(box);
    auto* explanation = wrappedLabel(tr("Paste the &link that you were sent:"));
    explanation->setBuddy(m_link);
    layout->addWidget(explanation);
    auto* row = new QHBoxLayout;
    row->addWidget(m_link, 1);
    row->addWidget(open);
    layout->addLayout(row);
    layout->addWidget(m_linkError);

    connect(open, &QPushButton::clicked, this, &StartPage::openLink);
    connect(m_link, &QLineEdit::returnPressed, this, &StartPage::openLink);
    connect(m_link, &QLineEdit::textEdited, m_linkError, &QWidget::hide);
    return box;
}

void StartPage::setDisplayName(const QString& name)
{
    m_name->setText(name);
}

QString StartPage::displayName() const
{
    return m_name->text().simplified();
}

void StartPage::clearLink()
{
    m_link->clear();
    m_linkError->hide();
}

void StartPage::openLink()
{
    const Result<MeetingLink> link = MeetingLink::parse(m_link->text().trimmed());
    if (link) {
        m_linkError->hide();
        Q_EMIT linkChosen(*link);
        return;
    }
    m_linkError->setText(errorText(link.error()).toString());
    m_linkError->setToolTip(link.error().toString().toHtmlEscaped());
    m_linkError->show();
    m_link->setFocus();
    m_link->selectAll();
}

} // namespace sightline
