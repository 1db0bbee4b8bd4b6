#include "ui/settings_dialog.h"

#include "ui/hotkey_edit.h"
#include "ui/hotkey_text.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <utility>

namespace sightline {
namespace {

constexpr int kMaxNameLength = 64;
constexpr int kMaxServerLength = 1024;
constexpr int kSmallestWidth = 420;

QString keysNeeded()
{
    return SettingsDialog::tr(
        "Those keys would be missing elsewhere: hold Ctrl, Alt or Super and press another key.");
}

} // namespace

SettingsDialog::SettingsDialog(const Settings& settings, Checks checks, bool hasTray, QWidget* parent)
    : QDialog(parent)
    , m_before(settings)
    , m_checks(std::move(checks))
    , m_name(new QLineEdit(settings.name))
    , m_ownServer(new QRadioButton(tr("A server of my &own, on this computer")))
    , m_otherServer(new QRadioButton(tr("This &server:")))
    , m_server(new QLineEdit(settings.server))
    , m_controlPolicy(new QButtonGroup(this))
    , m_hotkey(new HotkeyEdit(settings.takeBackHotkey))
    , m_sendsClipboard(new QCheckBox(tr("What I copy goes to the other &desktop")))
    , m_receivesClipboard(new QCheckBox(tr("What is copied there comes &here")))
    , m_staysInTray(new QCheckBox(tr("Start in the &tray, and stay there when the window is closed")))
    , m_complaint(new QLabel)
{
    setWindowTitle(tr("Settings"));
    setMinimumWidth(kSmallestWidth);
    m_name->setAccessibleName(tr("Your name"));
    m_name->setMaxLength(kMaxNameLength);
    m_staysInTray->setAccessibleName(tr("Start in the tray"));
    m_staysInTray->setChecked(settings.staysInTray);
    m_staysInTray->setVisible(hasTray);
    m_complaint->setAccessibleName(tr("What is wrong with the settings"));
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->setWordWrap(true);
    m_complaint->hide();

    auto* form = new QFormLayout;
    form->addRow(tr("Your &name:"), m_name);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addLayout(form);
    layout->addWidget(buildServerBox());
    layout->addWidget(buildControlBox());
    layout->addWidget(buildClipboardBox());
    layout->addWidget(m_staysInTray);
    layout->addWidget(m_complaint);
    layout->addStretch();
    layout->addWidget(buildButtons());
}

QWidget* SettingsDialog::buildServerBox()
{
    m_ownServer->setAccessibleName(tr("A server of my own"));
    m_otherServer->setAccessibleName(tr("Another server"));
    m_server->setAccessibleName(tr("Address of the server"));
    m_server->setPlaceholderText(QStringLiteral("https://share.example.org:7443"));
    m_server->setMaxLength(kMaxServerLength);
    (m_before.server.isEmpty() ? m_ownServer : m_otherServer)->setChecked(true);
    m_server->setEnabled(!m_before.server.isEmpty());
    connect(m_otherServer, &QRadioButton::toggled, m_server, &QWidget::setEnabled);

    auto* box = new QGroupBox(tr("Where others find you"));
    auto* layout = new QVBoxLayout(box);
    auto* explanation = new QLabel(tr("People who use the same server see each other there."));
    explanation->setWordWrap(true);
    layout->addWidget(explanation);
    layout->addWidget(m_ownServer);
    layout->addWidget(m_otherServer);
    layout->addWidget(m_server);
    return box;
}

QWidget* SettingsDialog::buildControlBox()
{
    auto* box = new QGroupBox(tr("When somebody asks to control your desktop"));
    auto* layout = new QVBoxLayout(box);
    const auto add = [&](ControlPolicy policy, const QString& text, const QString& name) {
        auto* button = new QRadioButton(text);
        button->setAccessibleName(name);
        button->setChecked(policy == m_before.controlPolicy);
        m_controlPolicy->addButton(button, static_cast<int>(policy));
        layout->addWidget(button);
    };
    add(ControlPolicy::Ask, tr("As&k me each time"), tr("Ask before giving control"));
    add(ControlPolicy::Always, tr("&Give control at once"), tr("Give control at once"));
    add(ControlPolicy::Never, tr("&Refuse"), tr("Refuse control"));
    m_hotkey->setAccessibleName(tr("Keys that take control back"));
    m_hotkey->setAccessibleDescription(
        tr("Press the keys that you want to use: one of them Ctrl, Alt or Super."));
    m_hotkey->setToolTip(m_hotkey->accessibleDescription());
    connect(m_hotkey, &HotkeyEdit::refused, this, [this] { complain(keysNeeded(), *m_hotkey); });
    connect(m_hotkey, &HotkeyEdit::hotkeyChanged, m_complaint, &QWidget::hide);
    auto* usual = new QPushButton(tr("&Usual keys"));
    usual->setAccessibleName(tr("Use the usual keys to take control back"));
    usual->setAutoDefault(false);
    connect(usual, &QPushButton::clicked, this, [this] { m_hotkey->setHotkey({}); });
    auto* label = new QLabel(tr("Keys that take control &back at any time:"));
    label->setBuddy(m_hotkey);
    label->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_hotkey, 1);
    row->addWidget(usual);
    layout->addWidget(label);
    layout->addLayout(row);
    return box;
}

QWidget* SettingsDialog::buildClipboardBox()
{
    m_sendsClipboard->setAccessibleName(tr("Send the clipboard"));
    m_sendsClipboard->setChecked(m_before.sendsClipboard);
    m_receivesClipboard->setAccessibleName(tr("Receive the clipboard"));
    m_receivesClipboard->setChecked(m_before.receivesClipboard);
    auto* box = new QGroupBox(tr("Clipboard, while one of you controls the other's desktop"));
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(m_sendsClipboard);
    layout->addWidget(m_receivesClipboard);
    return box;
}

QWidget* SettingsDialog::buildButtons()
{
    auto* buttons = new QDialogButtonBox;
    QPushButton* const save = buttons->addButton(tr("Sa&ve"), QDialogButtonBox::AcceptRole);
    save->setAccessibleName(tr("Save the settings"));
    save->setDefault(true);
    QPushButton* const cancel = buttons->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    cancel->setAccessibleName(tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void SettingsDialog::choose()
{
    Settings settings = m_before;
    settings.name = m_name->text().simplified();
    settings.server = m_otherServer->isChecked() ? m_server->text().trimmed() : QString();
    settings.staysInTray = m_staysInTray->isChecked();
    settings.controlPolicy = static_cast<ControlPolicy>(m_controlPolicy->checkedId());
    settings.takeBackHotkey = m_hotkey->hotkey();
    settings.sendsClipboard = m_sendsClipboard->isChecked();
    settings.receivesClipboard = m_receivesClipboard->isChecked();
    if (settings.name.isEmpty())
        return complain(tr("Others need a name to see you by: enter one."), *m_name);
    if (complainOfServer(settings.server) || complainOfHotkey(settings.takeBackHotkey))
        return;
    accept();
    Q_EMIT chosen(settings);
}

bool SettingsDialog::complainOfServer(const QString& address)
{
    const QString wrong = m_otherServer->isChecked() ? m_checks.server(address) : QString();
    if (!wrong.isEmpty())
        complain(wrong, *m_server);
    return !wrong.isEmpty();
}

bool SettingsDialog::complainOfHotkey(const Hotkey& hotkey)
{
    // The one that holds may be in use at this moment, by ourselves.
    const QString wrong = hotkey == m_before.takeBackHotkey ? QString() : m_checks.hotkey(hotkey);
    if (!wrong.isEmpty())
        complain(wrong, *m_hotkey);
    return !wrong.isEmpty();
}

void SettingsDialog::complain(const QString& sentence, QLineEdit& about)
{
    m_complaint->setText(sentence);
    m_complaint->show();
    about.setFocus();
    about.selectAll();
}

} // namespace sightline
