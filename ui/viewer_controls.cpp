#include "ui/viewer_controls.h"

#include "ui/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <utility>

namespace sightline {

QString viewerStateText(const QString& sharer, ControlState state, ViewerControls::Refusal refusal)
{
    const QString name = sharer.isEmpty() ? ViewerControls::tr("The other side") : sharer;
    switch (state) {
    case ControlState::Asked:
        return ViewerControls::tr("%1 was asked for control…").arg(name);
    case ControlState::Granted:
        return ViewerControls::tr("You control this desktop.");
    case ControlState::None:
        break;
    }
    if (refusal == ViewerControls::Refusal::Denied)
        return ViewerControls::tr("%1 did not give control.").arg(name);
    if (refusal == ViewerControls::Refusal::TakenBack)
        return ViewerControls::tr("%1 took control back.").arg(name);
    return {};
}

ViewerControls::ViewerControls(Conversation& conversation, QWidget* parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_state(new QLabel)
    , m_button(new QToolButton)
{
    m_state->setAccessibleName(tr("State of control"));
    m_state->setTextFormat(Qt::PlainText);
    m_button->setIcon(icon(Symbol::Control));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setAutoRaise(true);
    m_button->setFocusPolicy(Qt::TabFocus);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    layout->addWidget(m_button);
    connect(m_button, &QToolButton::clicked, this, &ViewerControls::toggle);
    connect(&conversation.control(), &SessionControl::changed, this, &ViewerControls::onChanged);
    connect(&conversation, &Conversation::viewingStateChanged, this, &ViewerControls::onChanged);
    refresh();
}

void ViewerControls::toggle()
{
    m_isOurs = true;
    if (m_conversation.control().state() == ControlState::None)
        m_conversation.control().request();
    else
        m_conversation.control().release();
    m_isOurs = false;
}

void ViewerControls::onChanged()
{
    const ControlState state = m_conversation.control().state();
    const ControlState before = std::exchange(m_lastState, state);
    if (m_conversation.viewingState() != Conversation::ViewingState::Active || m_isOurs
        || state != ControlState::None)
        m_refusal = Refusal::None;
    else if (before == ControlState::Asked)
        m_refusal = Refusal::Denied;
    else if (before == ControlState::Granted)
        m_refusal = Refusal::TakenBack;
    refresh();
}

void ViewerControls::refresh()
{
    const SessionControl& control = m_conversation.control();
    const bool isViewing = m_conversation.viewingState() == Conversation::ViewingState::Active;
    setVisible(isViewing && (control.isAvailable() || control.state() != ControlState::None));
    m_state->setText(viewerStateText(m_conversation.partnerName(), control.state(), m_refusal));
    switch (control.state()) {
    case ControlState::None:
        m_button->setText(tr("Ask for control"));
        m_button->setToolTip(tr("Ask whether you may use mouse and keyboard there"));
        break;
    case ControlState::Asked:
        m_button->setText(tr("Do not ask any more"));
        m_button->setToolTip(tr("Take the request back"));
        break;
    case ControlState::Granted:
        m_button->setText(tr("Release control"));
        m_button->setToolTip(tr("Only look on from now on"));
        break;
    }
    m_button->setAccessibleName(m_button->text());
}

} // namespace sightline
