#pragma once

#include "core/session/conversation.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace sightline {

/// What a sharer does while somebody sees the desktop: give control, take it back, pause. Follows
/// `conversation`, which outlives it, and hides when there is nothing to do. GUI thread.
class SharerControls : public QWidget {
    Q_OBJECT
public:
    /// Why nothing new is shown.
    enum class Pause { None, BySharer, WindowMinimised, MonitorUnplugged };

    explicit SharerControls(Conversation& conversation, QWidget* parent = nullptr);

private:
    void toggleControl();
    void togglePause();
    void refresh();

    Conversation& m_conversation;
    QLabel* m_state;
    QPushButton* m_control;
    QPushButton* m_pause;
};

/// Who controls our desktop, and whether it is seen as it is; empty: nothing worth saying. `hotkey` as of
/// takeBackText().
QString sharerStateText(
    const QString& viewer, ControlState control, SharerControls::Pause pause, const QString& hotkey);

/// Who controls our desktop, or else who asks for it first; empty: neither.
QString controllingName(const Conversation& conversation);
/// Whether one button can give control: it is clear to whom.
bool canGiveControl(const Conversation& conversation);

/// The keys that take control back, for people; empty: none do.
QString takeBackText(const SessionControl& control);

} // namespace sightline
