#pragma once

#include "core/session/presence.h"

#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

class QMenu;
class QWidget;

namespace sightline {

/// Tells a person who looks elsewhere that somebody wants something: by a notification of the desktop where
/// there is a tray, else by asking for attention and raising the window. Says nothing while the window is in
/// use.
///
/// Its icon is in the tray whenever there is one, also one that comes later. When the tray goes, a hidden
/// window comes back: nobody could reach it any more. GUI thread.
class Notifier : public QObject {
    Q_OBJECT
public:
    /// All outlive it. `presence` may be null.
    Notifier(QWidget& window, Conversation& conversation, Presence* presence, QObject* parent = nullptr);
    ~Notifier() override;

    static bool hasTray() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void notify(const QString& title, const QString& text);

Q_SIGNALS:
    void notified(const QString& title, const QString& text); ///< it did say so
    void quitChosen(); ///< in the tray's menu

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTray(Conversation& conversation);
    void watchTray();
    void connectConversation(Conversation& conversation);
    void connectPresence(Presence& presence);
    void showWindow();

    QWidget& m_window;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon m_tray;
    QTimer m_trayWatch; ///< while the window is hidden
};

} // namespace sightline
