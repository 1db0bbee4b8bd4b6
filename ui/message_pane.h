#pragma once

#include "core/session/conversation.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sightline {

/// The messages of a meeting and where one writes the next. What others wrote is shown as plain text,
/// whatever it looks like. GUI thread.
class MessagePane : public QWidget {
    Q_OBJECT
public:
    explicit MessagePane(QWidget* parent = nullptr);

    /// Follows this conversation, which outlives it: its messages, and where ours go.
    void follow(Conversation& conversation);

    void addMessage(const ChatMessage& message, bool isOwn);
    /// One of ours that did not go out, and why.
    void addRefused(const QString& text, const Error& error);
    void clear();
    void setEnabledForWriting(bool isEnabled);

Q_SIGNALS:
    void written(const QString& text); ///< not empty, and not too long

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void append(const QString& heading, const QString& text, bool isEmphasized);
    void send();
    void checkLength();

    QPlainTextEdit* m_messages;
    QPlainTextEdit* m_input;
    QPushButton* m_send;
    QLabel* m_hint;
    bool m_canWrite = false;
};

} // namespace sightline
