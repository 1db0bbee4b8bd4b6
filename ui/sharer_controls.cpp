#include "ui/sharer_controls.h"

#include "ui/hotkey_text.h"
#include "ui/icon.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace sightline {

QString sharerStateText(
    const QString& viewer, ControlState control, SharerControls::Pause pause, const QString& hotkey)
{
    using Pause = SharerControls::Pause;
    const QString name = viewer.isEmpty() ? SharerControls::tr("Somebody") : viewer;
    switch (pause) {
    case Pause::BySharer:
        return SharerControls::tr("Paused: nothing new of your desktop is shown.");
    case Pause::WindowMinimised:
        return SharerControls::tr("Paused: the window is minimised. It is shown again when you restore it.");
    case Pause::MonitorUnplugged:
        return SharerControls::tr("Paused: the monitor is unplugged. It is shown again when it is back.");
    case Pause::None:
        break;
    }
    switch (control) {
    case ControlState::Asked:
        return SharerControls::tr("%1 asks for control.").arg(name);
    case ControlState::Granted:
        if (hotkey.isEmpty())
            return SharerControls::tr("%1 controls your desktop.").arg(name);
        return SharerControls::tr("%1 controls your desktop. %2 takes control back.").arg(name, hotkey);
    case ControlState::None:
        break;
    }
    return {};
}

QString takeBackText(const SessionControl& control)
{
    return control.hotkeyState() == HotkeyState::Works ? hotkeyText(control.takeBackHotkey()) : QString();
}

namespace {

SharerControls::Pause pauseOf(Conversation& conversation)
{
    using Pause = SharerControls::Pause;
    if (conversation.control().isPaused())
        return Pause::BySharer;
    if (!conversation.sharedDesktop().isHidden())
        return Pause::None;
    return conversation.sharedDesktop().target().kind == ShareTarget::Kind::Window ? Pause::WindowMinimised
                                                                                   : Pause::MonitorUnplugged;
}

} // namespace

QString controllingName(const Conversation& conversation)
{
    const SessionControl& control = conversation.control();
    if (control.state() == ControlState::Granted)
        return conversation.nameOf(control.controller());
    const QStringList asking = control.asking();
    return asking.isEmpty() ? QString() : conversation.nameOf(asking.front());
}

bool canGiveControl(const Conversation& conversation)
{
    const SessionControl& control = conversation.control();
    // Among many it is clear to whom only when somebody asks; else one is chosen in the roster.
    return control.isAvailable() && (conversation.viewerNames().size() == 1 || !control.asking().isEmpty());
}

SharerControls::SharerControls(Conversation& conversation, QWidget* parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_state(new QLabel)
    , m_control(new QPushButton(icon(Symbol::Control), {}))
    , m_pause(new QPushButton(icon(Symbol::Pause), {}))
{
    m_state->setAccessibleName(tr("State of control"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_state, 0, 0, 1, 3);
    layout->addWidget(m_control, 1, 1);
    layout->addWidget(m_pause, 1, 2);
    connect(m_control, &QPushButton::clicked, this, &SharerControls::toggleControl);
    connect(m_pause, &QPushButton::clicked, this, &SharerControls::togglePause);
    connect(&conversation.control(), &SessionControl::changed, this, &SharerControls::refresh);
    connect(&conversation, &Conversation::sharingStateChanged, this, &SharerControls::refresh);
    connect(&conversation.sharedDesktop(), &SharedDesktop::areaChanged, this, &SharerControls::refresh);
    refresh();
}

void SharerControls::toggleControl()
{
    if (m_conversation.control().state() == ControlState::Granted)
        m_conversation.control().revoke();
    else
        m_conversation.control().grant();
}

void SharerControls::togglePause()
{
    if (m_conversation.control().isPaused())
        m_conversation.control().resume();
    else
        m_conversation.control().pause();
}

void SharerControls::refresh()
{
    const SessionControl& control = m_conversation.control();
    const auto sharing = m_conversation.sharingState();
    const bool isSeen = sharing == Conversation::SharingState::Active;
    const bool isControlled = control.state() == ControlState::Granted;
    const QString state = sharing == Conversation::SharingState::Off
        ? QString()
        : sharerStateText(isSeen ? controllingName(m_conversation) : QString(), control.state(),
            pauseOf(m_conversation), takeBackText(control));
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    m_control->setText(isControlled ? tr("Ta&ke back control") : tr("&Give control"));
    m_control->setAccessibleName(isControlled ? tr("Take back control") : tr("Give control"));
    m_control->setVisible(isSeen && (canGiveControl(m_conversation) || isControlled));
    m_pause->setIcon(icon(control.isPaused() ? Symbol::Resume : Symbol::Pause));
    m_pause->setText(control.isPaused() ? tr("&Resume") : tr("&Pause"));
    m_pause->setAccessibleName(control.isPaused() ? tr("Resume sharing") : tr("Pause sharing"));
    setVisible(sharing != Conversation::SharingState::Off);
}

} // namespace sightline
