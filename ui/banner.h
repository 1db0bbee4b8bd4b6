#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace sightline {

/// A message inside a window that wants to be seen but not to interrupt: a sentence, and buttons to answer it
/// with. GUI thread.
class Banner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Question, Progress, Warning, Failure };

    Banner(Kind kind, const QString& text, QWidget* parent = nullptr);

    QString text() const;
    /// The first one added is the default of a question. Its text is an answer: "Admit".
    void addAnswer(const QString& text, std::function<void()> chosen);
    /// A small button that only takes the message away.
    void addDismissal();

Q_SIGNALS:
    /// An answer was chosen, which has been acted on, or the message was dismissed.
    void answered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind;
    QLabel* m_text;
    QHBoxLayout* m_answers;
};

} // namespace sightline
