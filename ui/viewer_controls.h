#pragma once

#include "core/session/conversation.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sightline {

/// What a viewer does about control: ask for it, give it back; and how that stands. For a ViewerBar. Follows
/// `conversation`, which outlives it, and hides when the sharer offers no control. GUI thread.
class ViewerControls : public QWidget {
    Q_OBJECT
public:
    /// How the last request or the last control ended, if not by us.
    enum class Refusal { None, Denied, TakenBack };

    explicit ViewerControls(Conversation& conversation, QWidget* parent = nullptr);

private:
    void toggle();
    void onChanged();
    void refresh();

    Conversation& m_conversation;
    QLabel* m_state;
    QToolButton* m_button;
    ControlState m_lastState = ControlState::None;
    Refusal m_refusal = Refusal::None;
    bool m_isOurs = false; ///< the change that comes
};

/// How control stands, for the viewer; empty: nothing worth saying.
QString viewerStateText(const QString& sharer, ControlState state, ViewerControls::Refusal refusal);

} // namespace sightline
