#include "ui/share_panel.h"

#include "ui/icon.h"
#include "ui/status_line.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace sightline {
namespace {

using SharingState = Conversation::SharingState;

QString stateText(const SharePanel::Status& status)
{
    const QString viewer = status.viewer.isEmpty() ? SharePanel::tr("Somebody") : status.viewer;
    if (status.state == SharingState::Active && status.isInterrupted)
        return SharePanel::tr("The connection to %1 is interrupted. Trying again…")
            .arg(status.viewer.isEmpty() ? viewer.toLower() : viewer);
    switch (status.state) {
    case SharingState::Off:
        return {};
    case SharingState::Waiting:
        return SharePanel::tr("Your desktop is ready to be seen. Nobody sees it yet.");
    case SharingState::Connecting:
        return SharePanel::tr("Connecting to %1…").arg(status.viewer.isEmpty() ? viewer.toLower() : viewer);
    case SharingState::Active:
        return SharePanel::tr("%1 sees your desktop.").arg(viewer);
    }
    return {};
}

} // namespace

QString monitorText(const Monitor& monitor, int number)
{
    QString text = SharePanel::tr("Monitor %1").arg(number);
    if (!monitor.name.isEmpty())
        text = SharePanel::tr("%1 (%2)", "monitor and its name").arg(text, monitor.name);
    text = SharePanel::tr("%1, %2 × %3").arg(text).arg(monitor.rect.width).arg(monitor.rect.height);
    return monitor.isPrimary ? SharePanel::tr("%1, main").arg(text) : text;
}

SharePanel::SharePanel(QWidget* parent)
    : QWidget(parent)
    , m_target(new QComboBox)
    , m_state(new QLabel)
    , m_securityCode(new QLabel)
    , m_share(new QPushButton(icon(Symbol::Share), tr("&Share my desktop")))
    , m_stop(new QPushButton(icon(Symbol::Stop), tr("S&top sharing")))
{
    m_target->setAccessibleName(tr("What to share"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_target->setMinimumContentsLength(16);
    m_share->setAccessibleName(tr("Share my desktop"));
    m_stop->setAccessibleName(tr("Stop sharing"));
    m_state->setAccessibleName(tr("State of sharing"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_securityCode->setAccessibleName(tr("Security code"));
    m_securityCode->setToolTip(securityCodeExplanation());
    m_securityCode->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_target, 0, 0);
    layout->addWidget(m_state, 0, 0);
    layout->addWidget(m_share, 0, 1);
    layout->addWidget(m_stop, 0, 1);
    layout->addWidget(m_securityCode, 1, 0, 1, 2);

    connect(m_share, &QPushButton::clicked, this, [this] { Q_EMIT shareChosen(target()); });
    connect(m_stop, &QPushButton::clicked, this, &SharePanel::stopChosen);
    setMonitors({});
    setStatus({});
}

void SharePanel::setMonitors(const std::vector<Monitor>& monitors)
{
    const QString before = m_target->currentText();
    m_target->clear();
    m_target->addItem(tr("The whole desktop"));
    // One monitor is the whole desktop.
    if (monitors.size() > 1) {
        for (int i = 0; const Monitor& monitor : monitors)
            m_target->addItem(monitorText(monitor, ++i));
    }
    m_target->setCurrentIndex(std::max(0, m_target->findText(before)));
}

void SharePanel::setStatus(const Status& status)
{
    const bool isOn = status.state != SharingState::Off;
    m_target->setVisible(!isOn);
    m_share->setVisible(!isOn);
    m_state->setVisible(isOn);
    m_stop->setVisible(isOn);
    m_state->setText(stateText(status));
    m_securityCode->setVisible(isOn && !status.securityCode.isEmpty());
    m_securityCode->setText(tr("Security code: %1").arg(status.securityCode));
}

void SharePanel::setControls(QWidget* controls)
{
    static_cast<QGridLayout*>(layout())->addWidget(controls, 2, 0, 1, 2);
}

ShareTarget SharePanel::target() const
{
    const int index = m_target->currentIndex();
    if (index <= 0)
        return {};
    return {.kind = ShareTarget::Kind::Monitor, .monitor = index - 1, .region = {}};
}

} // namespace sightline
