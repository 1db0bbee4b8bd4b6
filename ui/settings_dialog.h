#pragma once

#include "ui/settings.h"

#include <QDialog>

#include <functional>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace sightline {

/// Where one changes the settings. Emits what was entered when it makes sense. GUI thread.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    /// Says what is wrong with the address of a server, one sentence; nothing when it is good.
    using CheckServer = std::function<QString(const QString&)>;

    /// `hasTray`: whether the desktop has one; without, what concerns it is not shown.
    SettingsDialog(
        const Settings& settings, CheckServer checkServer, bool hasTray, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const sightline::Settings& settings);

private:
    QWidget* buildServerBox();
    QWidget* buildControlBox();
    QWidget* buildClipboardBox();
    QWidget* buildButtons();
    void choose();
    void complain(const QString& sentence, QLineEdit& about);

    const Settings m_before;
    CheckServer m_checkServer;
    QLineEdit* m_name;
    QRadioButton* m_ownServer;
    QRadioButton* m_otherServer;
    QLineEdit* m_server;
    QButtonGroup* m_controlPolicy; ///< ids are of ControlPolicy
    QCheckBox* m_sendsClipboard;
    QCheckBox* m_receivesClipboard;
    QCheckBox* m_staysInTray;
    QLabel* m_complaint;
};

} // namespace sightline
