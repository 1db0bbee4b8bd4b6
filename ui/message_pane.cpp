#include "ui/message_pane.h"

#include "ui/error_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr qsizetype kLongest = 4096; // octets of UTF-8, PROTOCOL.md
constexpr int kMaxParagraphs = 20000; // so that a long meeting does not fill the memory
constexpr int kInputLines = 3;

/// Line ends of a text that other systems and other alphabets have, as paragraphs of ours.
QString plain(QString text)
{
    return text.replace(QChar::ParagraphSeparator, u'\n').replace(QChar::LineSeparator, u'\n');
}

} // namespace

MessagePane::MessagePane(QWidget* parent)
    : QWidget(parent)
    , m_messages(new QPlainTextEdit)
    , m_input(new QPlainTextEdit)
    , m_send(new QPushButton(tr("Se&nd")))
    , m_hint(new QLabel)
{
    m_messages->setAccessibleName(tr("Messages"));
    m_messages->setReadOnly(true);
    m_messages->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_messages->setMaximumBlockCount(kMaxParagraphs);
    m_messages->setPlaceholderText(tr("No messages yet"));
    m_messages->setMinimumHeight(m_messages->fontMetrics().height() * 5);
    // As high as there is room for, and no reason for the window to be higher.
    m_messages->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_messages->setTabChangesFocus(true);
    m_input->setAccessibleName(tr("Your message"));
    m_input->setPlaceholderText(tr("Write a message; Return sends it"));
    m_input->setTabChangesFocus(true);
    m_input->setFixedHeight(m_input->fontMetrics().lineSpacing() * kInputLines + 2 * m_input->frameWidth()
        + static_cast<int>(2 * m_input->document()->documentMargin()));
    m_input->installEventFilter(this);
    m_send->setAccessibleName(tr("Send the message"));
    m_hint->setAccessibleName(tr("What is wrong with the message"));
    m_hint->setText(tr("The message is too long: make it shorter, or send it in parts."));
    m_hint->setWordWrap(true);
    m_hint->hide();

    auto* row = new QHBoxLayout;
    row->addWidget(m_input, 1);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_messages, 1);
    layout->addLayout(row);
    layout->addWidget(m_hint);
    connect(m_send, &QPushButton::clicked, this, &MessagePane::send);
    connect(m_input, &QPlainTextEdit::textChanged, this, &MessagePane::checkLength);
    setEnabledForWriting(false);
}

void MessagePane::follow(Conversation& conversation)
{
    MeetingChat& chat = conversation.chat();
    connect(&conversation, &Conversation::stateChanged, this, [this, &conversation] {
        // What was said stays readable after the end, until another meeting begins.
        if (conversation.state() == Conversation::State::Connecting)
            clear();
        setEnabledForWriting(conversation.state() == Conversation::State::InMeeting);
    });
    connect(&chat, &MeetingChat::received, this, [this, &conversation](const ChatMessage& message) {
        addMessage(message, message.from == conversation.ownEntity());
    });
    connect(&chat, &MeetingChat::refused, this, &MessagePane::addRefused);
    connect(this, &MessagePane::written, &chat, [this, &chat](const QString& text) {
        if (const Result<void> result = chat.write(text); !result)
            addRefused(text, result.error());
    });
}

void MessagePane::addMessage(const ChatMessage& message, bool isOwn)
{
    const QDateTime time = message.time.toLocalTime();
    const QString clock = time.date() == QDate::currentDate()
        ? QLocale().toString(time.time(), QLocale::ShortFormat)
        : QLocale().toString(time, QLocale::ShortFormat);
    const QString name = isOwn ? tr("%1 (you)").arg(message.senderName) : message.senderName;
    append(tr("%1, %2", "sender and time of a message").arg(name, clock), message.text, !isOwn);
}

void MessagePane::addRefused(const QString& text, const Error& error)
{
    append(tr("Not sent: %1").arg(errorText(error).toString()), text, false);
}

void MessagePane::append(const QString& heading, const QString& text, bool isEmphasized)
{
    QScrollBar* const bar = m_messages->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    QTextCursor cursor(m_messages->document());
    cursor.movePosition(QTextCursor::End);
    QTextBlockFormat block;
    if (!m_messages->document()->isEmpty()) {
        block.setTopMargin(m_messages->fontMetrics().height() / 2.0);
        cursor.insertBlock(block);
    }
    QTextCharFormat name;
    name.setFontWeight(QFont::Bold);
    name.setForeground(palette().color(isEmphasized ? QPalette::Link : QPalette::Text));
    cursor.insertText(plain(heading).replace(u'\n', u' '), name);
    block.setTopMargin(0);
    QTextCharFormat words;
    words.setForeground(palette().color(QPalette::Text));
    for (const QString& line : plain(text).split(u'\n')) {
        cursor.insertBlock(block, words);
        cursor.insertText(line, words);
    }
    // Who reads further up is not torn away.
    if (isAtEnd)
        bar->setValue(bar->maximum());
}

void MessagePane::clear()
{
    m_messages->clear();
}

void MessagePane::setEnabledForWriting(bool isEnabled)
{
    m_canWrite = isEnabled;
    m_input->setEnabled(isEnabled);
    checkLength();
}

void MessagePane::checkLength()
{
    const QString text = m_input->toPlainText().trimmed();
    const qsizetype excess = text.toUtf8().size() - kLongest;
    m_hint->setVisible(excess > 0);
    m_send->setEnabled(m_canWrite && excess <= 0 && !text.isEmpty());
}

void MessagePane::send()
{
    if (!m_send->isEnabled())
        return;
    const QString text = m_input->toPlainText().trimmed();
    m_input->clear();
    m_input->setFocus();
    Q_EMIT written(text);
}

bool MessagePane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<const QKeyEvent*>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isReturn || key->modifiers().testFlag(Qt::ShiftModifier))
        return false;
    send();
    return true;
}

void MessagePane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    // Colours are part of the text; after a change of the theme all of it is in the ordinary one.
    QTextCursor cursor(m_messages->document());
    cursor.select(QTextCursor::Document);
    QTextCharFormat ordinary;
    ordinary.setForeground(palette().color(QPalette::Text));
    cursor.mergeCharFormat(ordinary);
}

} // namespace sightline
