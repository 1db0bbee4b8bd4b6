#pragma once

#include "app/client/client_command.h"
#include "app/client/server_provider.h"
#include "core/session/presence.h"
#include "ui/main_window.h"
#include "ui/notifier.h"
#include "ui/settings_store.h"

#include <QObject>

#include <memory>

namespace sightline {

/// The app with its window: settings, presence on the server, notifications. What the command line says
/// goes before the settings, and is not stored.
class DesktopApp : public QObject {
    Q_OBJECT
public:
    /// The conversation outlives it.
    DesktopApp(const ClientCommand& command, Conversation& conversation);

    void start();
    MainWindow& window() { return m_window; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void loadSettings();
    void signIn();
    void openSettings();
    void applyToSessions();
    void apply(const Settings& settings);
    void save(const Settings& settings);
    QString displayName() const;

    const ClientCommand m_command;
    Conversation& m_conversation;
    SettingsStore m_store;
    std::unique_ptr<ServerProvider> m_servers;
    Presence m_presence;
    MainWindow m_window;
    Notifier m_notifier;
    bool m_isFirstRun = false;
};

} // namespace sightline
