#pragma once

#include "core/session/conversation.h"

#include <QObject>
#include <QPointer>

namespace sightline {

class PasscodeDialog;

/// Asks the person at a window for the passcode of the meeting that is being joined. Both given outlive it.
/// GUI thread.
class PasscodeQuestion : public QObject {
    Q_OBJECT
public:
    PasscodeQuestion(Conversation& conversation, QWidget& window);

private:
    void ask(bool isAgain);

    Conversation& m_conversation;
    QWidget& m_window;
    QPointer<PasscodeDialog> m_dialog;
};

} // namespace sightline
