#include "ui/notifier.h"

#include "ui/icon.h"

#include <QApplication>
#include <QEvent>
#include <QMenu>

#include <chrono>

namespace sightline {
namespace {

constexpr qsizetype kLongestExcerpt = 120;

QString excerpt(const QString& text)
{
    const QString line = text.simplified();
    return line.size() <= kLongestExcerpt ? line : line.left(kLongestExcerpt - 1) + QChar(0x2026);
}

} // namespace

Notifier::Notifier(QWidget& window, Conversation& conversation, Presence* presence, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_menu(std::make_unique<QMenu>())
{
    buildTray(conversation);
    watchTray();
    connectConversation(conversation);
    if (presence)
        connectPresence(*presence);
}

Notifier::~Notifier() = default;

void Notifier::buildTray(Conversation& conversation)
{
    m_tray.setIcon(applicationIcon());
    m_tray.setToolTip(tr("Sightline"));
    connect(m_menu->addAction(tr("&Open Sightline")), &QAction::triggered, this, &Notifier::showWindow);
    QAction* const stop = m_menu->addAction(tr("&Stop sharing"));
    stop->setVisible(conversation.sharingState() != Conversation::SharingState::Off);
    connect(stop, &QAction::triggered, &conversation, &Conversation::stopSharing);
    connect(&conversation, &Conversation::sharingStateChanged, stop, [&conversation, stop] {
        stop->setVisible(conversation.sharingState() != Conversation::SharingState::Off);
    });
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &Notifier::quitChosen);
    m_tray.setContextMenu(m_menu.get());
    connect(&m_tray, &QSystemTrayIcon::messageClicked, this, &Notifier::showWindow);
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context)
            showWindow();
    });
    m_tray.show(); // as soon as there is a tray
}

void Notifier::watchTray()
{
    constexpr std::chrono::seconds kPanelRestart(5);
    m_trayWatch.setInterval(kPanelRestart);
    connect(&m_trayWatch, &QTimer::timeout, this, [this] {
        if (!hasTray())
            showWindow();
    });
    m_window.installEventFilter(this);
    m_trayWatch.start(); // it may never be shown
}

bool Notifier::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Hide && !event->spontaneous())
        m_trayWatch.start();
    else if (watched == &m_window && event->type() == QEvent::Show)
        m_trayWatch.stop();
    return QObject::eventFilter(watched, event);
}

void Notifier::connectConversation(Conversation& conversation)
{
    connect(&conversation, &Conversation::admissionRequested, this, [this](const Participant& participant) {
        notify(tr("Sightline"), tr("%1 wants to see your desktop.").arg(participant.displayName));
    });
    connect(&conversation, &Conversation::invitationReceived, this, [this](const Participant& sharer) {
        notify(tr("Sightline"), tr("%1 shares the desktop with you.").arg(sharer.displayName));
    });
    connect(&conversation.chat(), &MeetingChat::received, this,
        [this, &conversation](const ChatMessage& message) {
            if (message.from != conversation.ownEntity())
                notify(message.senderName, excerpt(message.text));
        });
}

void Notifier::connectPresence(Presence& presence)
{
    connect(&presence, &Presence::invitationReceived, this, [this](const Presence::Invitation& invitation) {
        notify(tr("Sightline"), tr("%1 invites you to a conversation.").arg(invitation.inviterName));
    });
    connect(&presence, &Presence::invitationEnded, this,
        [this](const QString&, const QString& name, const std::optional<Error>& error) {
            if (!error)
                notify(tr("Sightline"), tr("%1 has come into the conversation.").arg(name));
        });
}

void Notifier::notify(const QString& title, const QString& text)
{
    if (m_window.isVisible() && m_window.isActiveWindow() && !m_window.isMinimized())
        return;
    if (hasTray() && QSystemTrayIcon::supportsMessages()) {
        m_tray.showMessage(title, text, applicationIcon());
    } else {
        if (!m_window.isVisible())
            m_window.show();
        m_window.raise();
        QApplication::alert(&m_window);
    }
    Q_EMIT notified(title, text);
}

void Notifier::showWindow()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

} // namespace sightline
