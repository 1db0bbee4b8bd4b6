#include "ui/share_panel.h"

#include "ui/icon.h"
#include "ui/status_line.h"

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
        if (status.viewers == 0)
            return SharePanel::tr("Your desktop is ready to be seen. Nobody sees it yet.");
        return (status.viewers == 1 ? SharePanel::tr("%1 sees your desktop.")
                                    : SharePanel::tr("%1 see your desktop."))
            .arg(viewer);
    }
    return {};
}

} // namespace

SharePanel::SharePanel(QWidget* parent)
    : QWidget(parent)
    , m_state(new QLabel)
    , m_securityCode(new QLabel)
    , m_share(new QPushButton(icon(Symbol::Share), tr("&Share my desktop")))
    , m_stop(new QPushButton(icon(Symbol::Stop), tr("S&top sharing")))
{
    m_share->setAccessibleName(tr("Share my desktop"));
    m_stop->setAccessibleName(tr("Stop sharing"));
    m_state->setAccessibleName(tr("State of sharing"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_securityCode->setAccessibleName(tr("Security code"));
    m_securityCode->setToolTip(securityCodeExplanation());
    m_securityCode->setTextFormat(Qt::PlainText);
    m_securityCode->setWordWrap(true);
    m_securityCode->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_state, 0, 0);
    layout->addWidget(m_share, 0, 1);
    layout->addWidget(m_stop, 0, 1);
    layout->addWidget(m_securityCode, 1, 0, 1, 2);

    connect(m_share, &QPushButton::clicked, this, &SharePanel::shareChosen);
    connect(m_stop, &QPushButton::clicked, this, &SharePanel::stopChosen);
    setStatus({});
}

void SharePanel::setStatus(const Status& status)
{
    const bool isOn = status.state != SharingState::Off;
    m_share->setVisible(!isOn);
    m_state->setVisible(isOn);
    m_stop->setVisible(isOn);
    m_state->setText(stateText(status));
    const bool isThroughServer = !status.server.isEmpty();
    m_securityCode->setVisible(isOn && (isThroughServer || !status.securityCode.isEmpty()));
    m_securityCode->setText(isThroughServer ? throughServerText(status.server)
                                            : tr("Security code: %1").arg(status.securityCode));
    m_securityCode->setToolTip(isThroughServer ? throughServerExplanation() : securityCodeExplanation());
    m_securityCode->setAccessibleName(isThroughServer ? tr("Way of the picture") : tr("Security code"));
}

void SharePanel::setControls(QWidget* controls)
{
    static_cast<QGridLayout*>(layout())->addWidget(controls, 2, 0, 1, 2);
}

} // namespace sightline
