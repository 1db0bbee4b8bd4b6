#include "ui/passcode_question.h"

#include "ui/passcode_dialog.h"

namespace sightline {

PasscodeQuestion::PasscodeQuestion(Conversation& conversation, QWidget& window)
    : QObject(&window)
    , m_conversation(conversation)
    , m_window(window)
{
    conversation.setAsksPasscode(true);
    connect(&conversation, &Conversation::passcodeRequired, this, &PasscodeQuestion::ask);
    connect(&conversation, &Conversation::stateChanged, this, [this] {
        if (m_conversation.state() != Conversation::State::Connecting && m_dialog)
            m_dialog->close();
    });
}

void PasscodeQuestion::ask(bool isAgain)
{
    if (m_dialog) {
        m_dialog->disconnect(this);
        m_dialog->deleteLater();
    }
    m_dialog = new PasscodeDialog(isAgain, &m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &PasscodeDialog::entered, this,
        [this](const QString& passcode) { m_conversation.enterPasscode(passcode); });
    connect(m_dialog, &QDialog::rejected, this, [this] {
        if (m_conversation.state() == Conversation::State::Connecting)
            m_conversation.leave();
    });
    m_dialog->open();
}

} // namespace sightline
