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

class HotkeyEdit;

/// Where one changes the settings. Emits what was entered when it makes sense. GUI thread.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    /// What only others can tell. Each says what is wrong and what to do; nothing when all is well.
    struct Checks {
        std::function<QString(const QString&)> server; ///< its address
        std::function<QString(const Hotkey&)> hotkey; ///< another one than that which holds
    };

    /// `hasTray`: whether the desktop has one; without, what concerns it is not shown.
    SettingsDialog(const Settings& settings, Checks checks, bool hasTray, QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const sightline::Settings& settings);

private:
    QWidget* buildServerBox();
    QWidget* buildControlBox();
    QWidget* buildClipboardBox();
    QWidget* buildButtons();
    void choose();
    bool complainOfServer(const QString& address);
    bool complainOfHotkey(const Hotkey& hotkey);
    void complain(const QString& sentence, QLineEdit& about);

    const Settings m_before;
    const Checks m_checks;
    QLineEdit* m_name;
    QRadioButton* m_ownServer;
    QRadioButton* m_otherServer;
    QLineEdit* m_server;
    QButtonGroup* m_controlPolicy; ///< ids are of ControlPolicy
    HotkeyEdit* m_hotkey;
    QCheckBox* m_sendsClipboard;
    QCheckBox* m_receivesClipboard;
    QCheckBox* m_staysInTray;
    QLabel* m_complaint;
};

} // namespace sightline
