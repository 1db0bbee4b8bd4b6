#include "app/client/desktop_app.h"

#include "app/client/account_name.h"
#include "platform/hotkey_probe.h"
#include "platform/lock_key_state.h"
#include "ui/error_text.h"
#include "ui/hotkey_text.h"
#include "ui/settings_dialog.h"

#include <QApplication>
#include <QCloseEvent>

namespace sightline {
namespace {

const QString kSettingsSubject = QStringLiteral("settings");
const QString kServerSubject = QStringLiteral("own server");

} // namespace

DesktopApp::DesktopApp(const ClientCommand& command, Conversation& conversation)
    : m_command(command)
    , m_conversation(conversation)
    , m_presence(conversation)
    , m_window(
          conversation, [this] { return m_servers->address(); }, command.displayName)
    , m_notifier(m_window, conversation, &m_presence)
{
    m_window.setLockKeys(lockKeyState);
    m_window.showPeople(m_presence);
    m_window.installEventFilter(this);
    loadSettings();
    connect(&m_window, &MainWindow::settingsChosen, this, &DesktopApp::openSettings);
    connect(&m_notifier, &Notifier::quitChosen, qApp, &QCoreApplication::quit);
    connect(&m_window, &MainWindow::displayNameChanged, this, [this](const QString& name) {
        Settings settings = m_store.settings();
        settings.name = name;
        save(settings);
        if (m_presence.state() == Presence::State::Off)
            signIn();
        else
            m_presence.setDisplayName(name);
    });
}

void DesktopApp::loadSettings()
{
    if (const Result<void> loaded = m_store.load(); !loaded) {
        m_window.showNotice(kSettingsSubject,
            m_store.keptCopy().isEmpty()
                ? tr("The settings cannot be read from %1. The usual ones hold.").arg(m_store.path())
                : tr("Some settings could not be read. The old file was kept as %1.")
                      .arg(m_store.keptCopy()));
    }
    std::optional<MeetingLink> server = m_command.server;
    if (!server && !m_store.settings().server.isEmpty()) {
        const Result<MeetingLink> stored = MeetingLink::parseServer(m_store.settings().server);
        if (stored)
            server = *stored;
        else
            m_window.showNotice(kSettingsSubject,
                tr("The server in the settings is not an address. Choose another one there."));
    }
    m_servers = std::make_unique<ServerProvider>(server, m_command.port);
    m_isFirstRun = m_store.settings().name.isEmpty() && !m_command.isNameGiven;
    m_conversation.setDisplayName(displayName());
    m_window.setDisplayName(displayName());
    QGuiApplication::setQuitOnLastWindowClosed(!m_store.settings().staysInTray);
    applyToSessions();
}

void DesktopApp::applyToSessions()
{
    const Settings& settings = m_store.settings();
    m_conversation.control().setPolicy(
        m_command.grantControl ? ControlPolicy::Always : settings.controlPolicy);
    m_conversation.control().setTakeBackHotkey(settings.takeBackHotkey);
    m_conversation.clipboard().setDirections(
        {.send = settings.sendsClipboard, .receive = settings.receivesClipboard});
}

QString DesktopApp::displayName() const
{
    if (m_command.isNameGiven)
        return m_command.displayName;
    return m_store.settings().name.isEmpty() ? accountName() : m_store.settings().name;
}

void DesktopApp::start()
{
    if (!m_store.settings().staysInTray || !Notifier::hasTray() || m_isFirstRun || m_command.link)
        m_window.show();
    if (m_isFirstRun)
        m_window.welcome(); // and nobody sees a name before its owner did
    else
        signIn();
    if (m_command.link)
        m_window.openLink(*m_command.link, m_command.passcode);
}

void DesktopApp::signIn()
{
    const Result<MeetingLink> server = m_servers->address();
    if (server)
        return m_presence.signIn(*server, displayName());
    m_window.showNotice(kServerSubject, errorText(server.error()).toString());
}

void DesktopApp::openSettings()
{
    Settings shown = m_store.settings();
    shown.name = displayName();
    const auto checkServer = [](const QString& text) {
        return MeetingLink::parseServer(text)
            ? QString()
            : tr("That is not the address of a server. Write for example https://share.example.org:7443.");
    };
    const auto checkHotkey = [](const Hotkey& hotkey) { return hotkeyProblem(hotkey, probeHotkey(hotkey)); };
    auto* dialog = new SettingsDialog(
        shown, {.server = checkServer, .hotkey = checkHotkey}, Notifier::hasTray(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::chosen, this, &DesktopApp::apply);
    dialog->open();
}

void DesktopApp::apply(const Settings& settings)
{
    const bool isOtherServer = settings.server != m_store.settings().server && !m_command.server;
    save(settings);
    m_conversation.setDisplayName(displayName());
    m_window.setDisplayName(displayName());
    QGuiApplication::setQuitOnLastWindowClosed(!settings.staysInTray);
    applyToSessions();
    if (!isOtherServer) {
        if (m_presence.state() != Presence::State::Off)
            return m_presence.setDisplayName(displayName());
        return signIn();
    }
    std::optional<MeetingLink> server;
    if (!settings.server.isEmpty())
        server = *MeetingLink::parseServer(settings.server);
    m_presence.signOut();
    m_servers->configure(server);
    signIn();
}

void DesktopApp::save(const Settings& settings)
{
    if (settings == m_store.settings())
        return;
    if (const Result<void> saved = m_store.save(settings); !saved)
        m_window.showNotice(kSettingsSubject,
            tr("The settings cannot be saved in %1. They hold until you quit. Check the free space and your "
               "rights in that folder.")
                .arg(m_store.path()));
}

bool DesktopApp::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != &m_window || event->type() != QEvent::Close || !m_store.settings().staysInTray
        || qApp->isSavingSession())
        return QObject::eventFilter(watched, event);
    if (!Notifier::hasTray()) {
        // Closed as everywhere; later, so that the window leaves its meeting before.
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }
    // In the tray one is still there: what is shared goes on only where its end can be seen.
    m_window.hide();
    event->ignore();
    return true;
}

} // namespace sightline
