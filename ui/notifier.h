#pragma once

#include "core/session/presence.h"

#include <QObject>
#include <QSystemTrayIcon>

#include <memory>

class QMenu;
class QWidget;

namespace sightline {

/// Tells a person who looks elsewhere that somebody wants something: by a notification of the desktop where
/// there is a tray, else by asking for attention and raising the window. Says nothing while the window is in
/// use. GUI thread.
class Notifier : public QObject {
    Q_OBJECT
public:
    /// All outlive it. `presence` may be null.
    Notifier(QWidget& window, Conversation& conversation, Presence* presence, QObject* parent = nullptr);
    ~Notifier() override;

    bool hasTray() const { return m_tray.isVisible(); }
    void notify(const QString& title, const QString& text);

Q_SIGNALS:
    void notified(const QString& title, const QString& text); ///< it did say so
    void quitChosen(); ///< in the tray's menu

private:
    void buildTray();
    void connectConversation(Conversation& conversation);
    void connectPresence(Presence& presence);
    void showWindow();

    QWidget& m_window;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon m_tray;
};

} // namespace sightline
