#include "ui/viewer_window.h"

#include "ui/debug_overlay.h"
#include "ui/icon.h"
#include "ui/monitor_chooser.h"
#include "ui/remote_view.h"
#include "ui/status_line.h"
#include "ui/view_notice.h"
#include "ui/viewer_bar.h"
#include "ui/viewer_controls.h"
#include "ui/viewer_notice.h"
#include "ui/window_placement.h"

#include <QCloseEvent>
#include <QScreen>
#include <QShortcut>
#include <QVBoxLayout>
#include <QWindow>

#include <utility>

namespace sightline {
namespace {

constexpr QSize kSizeWithoutPicture{960, 620};
constexpr QSize kSmallestView{240, 135};
constexpr QKeyCombination kPreviousMonitor = Qt::CTRL | Qt::ALT | Qt::Key_PageUp;
constexpr QKeyCombination kNextMonitor = Qt::CTRL | Qt::ALT | Qt::Key_PageDown;
constexpr QKeyCombination kDebugOverlay = Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_D;

} // namespace

ViewerWindow::ViewerWindow(Conversation& conversation, ViewerOptions options, QWidget* parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_bar(new ViewerBar)
    , m_view(new RemoteView(conversation.remoteScreen()))
    , m_status(new StatusLine)
    , m_notice(new ViewNotice(m_view))
    , m_overlay(new DebugOverlay(conversation.remoteScreen(), *m_view))
{
    setWindowIcon(applicationIcon());
    build();
    addShortcuts();
    followMonitors();
    connectConversation();
    setScale(options.scale);
    resize(kSizeWithoutPicture.boundedTo(screen()->availableSize()));
    m_adoptedSize = size();
    onViewingStateChanged();
    m_view->setLockKeySource(options.lockKeys);
    setFullScreen(options.fullScreen);
    m_overlay->setShown(options.debugOverlay);
}

void ViewerWindow::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_status);
    m_view->setMinimumSize(kSmallestView);
    m_view->setFocus();
    m_bar->setControls(new ViewerControls(m_conversation));
    connect(m_bar, &ViewerBar::scaleChosen, this, &ViewerWindow::setScale);
    connect(m_bar, &ViewerBar::fullScreenChosen, this, [this] { setFullScreen(true); });
    connect(m_bar, &ViewerBar::stopChosen, this, &QWidget::close);
    connect(m_notice, &ViewNotice::actionChosen, this, &ViewerWindow::onNoticeAction);
    connect(&m_bar->monitors(), &MonitorChooser::chosen, this, &ViewerWindow::showMonitor);
    connect(m_view, &RemoteView::remoteResized, this, [this] {
        followMonitors();
        adoptPictureSize();
        refresh();
    });
}

void ViewerWindow::addShortcuts()
{
    auto* toggle = new QShortcut(QKeySequence(Qt::Key_F11), this);
    connect(toggle, &QShortcut::activated, this, [this] { setFullScreen(!m_isFullScreen); });
    // These stay the window's while all other keys go to the remote desktop.
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* always = new QShortcut(QKeySequence(Qt::CTRL | Qt::ALT | key), this);
        connect(always, &QShortcut::activated, this, [this] { setFullScreen(!m_isFullScreen); });
    }
    for (const QKeyCombination& keys : {kPreviousMonitor, kNextMonitor}) {
        auto* other = new QShortcut(QKeySequence(keys), this);
        const bool isBackwards = keys == kPreviousMonitor;
        connect(other, &QShortcut::activated, this,
            [this, isBackwards] { showMonitor(m_choice.next(isBackwards)); });
        m_monitorKeys.push_back(other);
    }
    auto* overlay = new QShortcut(QKeySequence(kDebugOverlay), this);
    connect(overlay, &QShortcut::activated, this, [this] { m_overlay->setShown(!m_overlay->isShown()); });
    auto* leave = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    connect(leave, &QShortcut::activated, this, [this] { setFullScreen(false); });
}

void ViewerWindow::connectConversation()
{
    connect(&m_conversation, &Conversation::stateChanged, this, &ViewerWindow::refresh);
    connect(&m_conversation, &Conversation::rosterChanged, this, &ViewerWindow::refresh);
    connect(&m_conversation, &Conversation::viewingStateChanged, this, &ViewerWindow::onViewingStateChanged);
    connect(&m_conversation, &Conversation::interruptionChanged, this, &ViewerWindow::refresh);
    connect(&m_conversation, &Conversation::viewingEnded, this, &ViewerWindow::onEnded);
    connect(&m_conversation, &Conversation::ended, this, &ViewerWindow::onEnded);
    connect(&m_conversation.control(), &SessionControl::changed, this, &ViewerWindow::onControlChanged);
    connect(
        &m_conversation, &Conversation::statisticsChanged, this, [this](const SessionStatistics& statistics) {
            if (m_conversation.viewingState() == Conversation::ViewingState::Active)
                m_status->setStatistics(statistics, m_conversation.isThroughServer());
            m_overlay->setStatistics(statistics);
        });
}

void ViewerWindow::setScale(ViewScale scale)
{
    m_view->setScale(scale);
    m_bar->setScale(scale);
}

void ViewerWindow::showMonitor(std::optional<std::size_t> index)
{
    m_choice.choose(index);
    followMonitors();
    adoptPictureSize();
}

void ViewerWindow::followMonitors()
{
    m_choice.follow(m_view->monitors());
    m_view->setPart(m_choice.part());
    m_bar->monitors().setMonitors(m_choice.monitors(), m_choice.index());
    const bool hasSeveral = m_choice.monitors().size() > 1;
    for (QShortcut* const keys : m_monitorKeys)
        keys->setEnabled(hasSeveral);
    m_view->setKeptKeys(
        hasSeveral ? std::vector{kDebugOverlay, kPreviousMonitor, kNextMonitor} : std::vector{kDebugOverlay});
}

void ViewerWindow::setFullScreen(bool fullScreen)
{
    if (m_isFullScreen == fullScreen)
        return;
    m_isFullScreen = fullScreen;
    m_bar->setVisible(!fullScreen);
    m_status->setVisible(!fullScreen);
    // Without a window manager nobody gives a full screen window the screen's size, nor the old one back.
    if (fullScreen) {
        m_normalGeometry = geometry();
        m_normalFrame = windowHandle() ? windowHandle()->frameMargins() : QMargins();
        setGeometry(screen()->geometry());
        setWindowState(windowState() | Qt::WindowFullScreen);
    } else {
        setWindowState(windowState() & ~Qt::WindowFullScreen);
        setGeometry(m_normalGeometry);
        adoptPictureSize();
    }
}

void ViewerWindow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    // The window manager has its own ways out of full screen.
    if (event->type() == QEvent::WindowStateChange && m_isFullScreen && !isFullScreen() && !isMinimized())
        setFullScreen(false);
}

void ViewerWindow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    adoptPictureSize();
}

void ViewerWindow::closeEvent(QCloseEvent* event)
{
    const auto state = m_conversation.viewingState();
    if (state == Conversation::ViewingState::Invited)
        m_conversation.declineInvitation();
    else if (state != Conversation::ViewingState::Off)
        m_conversation.stopViewing();
    event->accept();
    Q_EMIT closed();
}

void ViewerWindow::onViewingStateChanged()
{
    const auto state = m_conversation.viewingState();
    if (state != Conversation::ViewingState::Off) {
        m_endedBy.reset();
        m_sharer = m_conversation.partnerName();
    }
    refresh();
}

void ViewerWindow::onControlChanged()
{
    SessionControl& control = m_conversation.control();
    const bool isOurs = control.state() == ControlState::Granted && !control.isPaused();
    if (isOurs && !m_view->isTakingInput()) {
        m_view->setInputSink([&control](const InputEvent& event) { control.sendInput(event); });
        m_view->setFocus();
    } else if (!isOurs && m_view->isTakingInput()) {
        m_view->setInputSink({});
    }
    refresh();
}

void ViewerWindow::onEnded(const Error& error)
{
    // The first reason is the one: what follows are its consequences.
    if (!m_endedBy && m_conversation.viewingState() == Conversation::ViewingState::Off)
        m_endedBy = error.code();
    refresh();
}

void ViewerWindow::onNoticeAction()
{
    if (m_conversation.viewingState() == Conversation::ViewingState::Invited)
        m_conversation.acceptInvitation();
    else
        close();
}

QString ViewerWindow::sharerName() const
{
    if (m_conversation.viewingState() != Conversation::ViewingState::Off || m_endedBy)
        return m_sharer;
    for (const Participant& participant : m_conversation.roster().participants) {
        if (participant.sharing == Participant::Sharing::Sharer
            && participant.entity != m_conversation.ownEntity())
            return participant.displayName;
    }
    return {};
}

void ViewerWindow::refresh()
{
    const auto viewing = m_conversation.viewingState();
    // Through the server the picture goes on when somebody else shares.
    if (viewing != Conversation::ViewingState::Off && !m_conversation.partnerName().isEmpty())
        m_sharer = m_conversation.partnerName();
    const QString sharer = sharerName();
    const bool hasPicture = !m_conversation.remoteScreen().size().isEmpty();
    m_notice->setNotice(viewerNotice({.meeting = m_conversation.state(),
        .viewing = viewing,
        .endedBy = m_endedBy,
        .isPaused = m_conversation.control().isPaused(),
        .hasPicture = hasPicture,
        .isInterrupted = m_conversation.isInterrupted(),
        .sharer = sharer}));
    const bool isLive = viewing == Conversation::ViewingState::Active && !m_conversation.isInterrupted();
    m_view->setDimmed(hasPicture && (!isLive || m_conversation.control().isPaused()));
    const QString title = sharer.isEmpty() ? tr("Shared desktop") : tr("Desktop of %1").arg(sharer);
    m_bar->setTitle(title);
    setWindowTitle(tr("%1 – Sightline").arg(title));
    if (isLive) {
        m_status->setStatistics(m_conversation.statistics(), m_conversation.isThroughServer());
        if (m_conversation.isThroughServer())
            m_status->setServer(m_conversation.serverName());
        else
            m_status->setSecurityCode(m_conversation.securityCode());
    } else {
        m_status->clear();
    }
}

void ViewerWindow::adoptPictureSize()
{
    const QSize picture = m_view->exactSize();
    const bool isOurs = size() == m_adoptedSize;
    if (picture.isEmpty() || !isOurs || m_isFullScreen || isMaximized() || !isVisible())
        return;
    // Right after full screen the window manager has not given the frame back yet.
    const QMargins present = windowHandle() ? windowHandle()->frameMargins() : QMargins();
    const QMargins frame = present.isNull() ? m_normalFrame : present;
    const int chrome = m_bar->sizeHint().height() + m_status->sizeHint().height();
    setGeometry(placedWindow({.screen = screen()->availableGeometry(), .frame = frame, .chrome = {0, chrome}},
        picture.expandedTo(kSmallestView), m_view->scale(), pos()));
    m_adoptedSize = size();
}

} // namespace sightline
