#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;

namespace sightline {

/// Asks for the passcode of the meeting that is to be joined. Rejected: it is not joined. GUI thread.
class PasscodeDialog : public QDialog {
    Q_OBJECT
public:
    /// `isAgain`: what was entered before was not it.
    explicit PasscodeDialog(bool isAgain, QWidget* parent = nullptr);

Q_SIGNALS:
    void entered(const QString& passcode);

private:
    QLineEdit* m_passcode;
};

} // namespace sightline
