#include "ui/passcode_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr int kMaxPasscode = 64;
constexpr int kSmallestWidth = 360;

} // namespace

PasscodeDialog::PasscodeDialog(bool isAgain, QWidget* parent)
    : QDialog(parent)
    , m_passcode(new QLineEdit)
{
    setWindowTitle(tr("Passcode"));
    setMinimumWidth(kSmallestWidth);
    auto* text = new QLabel(isAgain ? tr("That is not the passcode of this meeting. Try again:")
                                    : tr("This meeting has a passcode. Whoever invited you knows it."));
    text->setWordWrap(true);
    m_passcode->setAccessibleName(tr("Passcode"));
    m_passcode->setMaxLength(kMaxPasscode);
    m_passcode->setEchoMode(QLineEdit::Password);
    auto* form = new QFormLayout;
    form->addRow(tr("&Passcode:"), m_passcode);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    QPushButton* const join = buttons->button(QDialogButtonBox::Ok);
    join->setText(tr("Join"));
    join->setEnabled(false);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(14);
    layout->addWidget(text);
    layout->addLayout(form);
    layout->addWidget(buttons);
    connect(m_passcode, &QLineEdit::textChanged, join,
        [join](const QString& passcode) { join->setEnabled(!passcode.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QString passcode = m_passcode->text().trimmed();
        accept();
        Q_EMIT entered(passcode);
    });
    m_passcode->setFocus();
}

} // namespace sightline
