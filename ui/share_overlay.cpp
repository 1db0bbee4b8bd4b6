#include "ui/share_overlay.h"

#include "ui/desktop_coordinates.h"
#include "ui/names_text.h"
#include "ui/share_bar.h"
#include "ui/share_frame.h"
#include "ui/sharer_controls.h"

#include <QGuiApplication>
#include <QScreen>

namespace sightline {
namespace {

using SharingState = Conversation::SharingState;

// Told apart also by those who see few colours: they differ in brightness, and the bar has the words.
constexpr QColor kReadyColor(0x5B, 0x7D, 0xB1);
constexpr QColor kSeenColor(0x1F, 0x8A, 0x4C);
constexpr QColor kPausedColor(0xE0, 0xA0, 0x10);
constexpr QColor kControlledColor(0xC6, 0x28, 0x28);

bool isOfMonitors(const ShareTarget& target)
{
    return target.kind == ShareTarget::Kind::WholeDesktop || target.kind == ShareTarget::Kind::Monitor;
}

/// One monitor after the other, then all of them.
ShareTarget nextTarget(const ShareTarget& target, const std::vector<Monitor>& monitors)
{
    const std::optional<std::size_t> present = target.monitorOn(monitors);
    const std::size_t next = present ? *present + 1 : 0;
    if (next >= monitors.size() || monitors.size() == 1)
        return {};
    return {.kind = ShareTarget::Kind::Monitor, .monitor = static_cast<int>(next), .region = {}};
}

QString hiddenText(ShareTarget::Kind kind)
{
    return kind == ShareTarget::Kind::Window ? ShareOverlay::tr("Paused: the window is minimised")
                                             : ShareOverlay::tr("Paused: the monitor is unplugged");
}

ShareBar::Status statusOf(Conversation& conversation)
{
    const SessionControl& control = conversation.control();
    const SharingState sharing = conversation.sharingState();
    const bool isActive = sharing == SharingState::Active;
    const QStringList viewers = conversation.viewerNames();
    const QString partner = viewers.isEmpty() && sharing == SharingState::Connecting
        ? conversation.partnerName()
        : namesText(viewers);
    const QString name = partner.isEmpty() ? ShareOverlay::tr("Somebody") : partner;
    const bool isSeen = isActive && !viewers.isEmpty();
    ShareBar::Status status;
    status.isPaused = control.isPaused();
    const SharedDesktop& desktop = conversation.sharedDesktop();
    status.hasOtherMonitors
        = isOfMonitors(desktop.target()) && (QGuiApplication::screens().size() > 1 || desktop.isHidden());
    status.isControlled = isSeen && control.state() == ControlState::Granted;
    status.canGiveControl = isSeen && canGiveControl(conversation);
    if (status.isPaused) {
        status.text = isSeen ? (viewers.size() == 1 ? ShareOverlay::tr("Paused: %1 sees nothing new")
                                                    : ShareOverlay::tr("Paused: %1 see nothing new"))
                                   .arg(name)
                             : ShareOverlay::tr("Paused, nobody sees your desktop");
        status.color = kPausedColor;
    } else if (desktop.isHidden()) {
        status.text = hiddenText(desktop.target().kind);
        status.color = kPausedColor;
    } else if (status.isControlled) {
        const QString hotkey = takeBackText(control);
        const QString known = controllingName(conversation);
        const QString controllerName = known.isEmpty() ? ShareOverlay::tr("Somebody") : known;
        status.text = hotkey.isEmpty()
            ? ShareOverlay::tr("%1 controls your desktop").arg(controllerName)
            : ShareOverlay::tr("%1 controls your desktop, %2 takes it back").arg(controllerName, hotkey);
        status.color = kControlledColor;
    } else if (isSeen) {
        status.text = (viewers.size() == 1 ? ShareOverlay::tr("%1 sees your desktop")
                                           : ShareOverlay::tr("%1 see your desktop"))
                          .arg(name);
        status.color = kSeenColor;
    } else {
        status.text = sharing == SharingState::Connecting ? ShareOverlay::tr("Connecting to %1…").arg(name)
                                                          : ShareOverlay::tr("Nobody sees your desktop yet");
        status.color = kReadyColor;
    }
    return status;
}

} // namespace

ShareOverlay::ShareOverlay(Conversation& conversation)
    : m_conversation(conversation)
{
    connect(&conversation, &Conversation::sharingStateChanged, this, &ShareOverlay::refresh);
    connect(&conversation, &Conversation::rosterChanged, this, &ShareOverlay::refresh);
    connect(&conversation.control(), &SessionControl::changed, this, &ShareOverlay::refresh);
    connect(&conversation.sharedDesktop(), &SharedDesktop::areaChanged, this, &ShareOverlay::refresh);
    connectScreens();
    refresh();
}

ShareOverlay::~ShareOverlay() = default;

void ShareOverlay::connectBar()
{
    SessionControl& control = m_conversation.control();
    connect(m_bar.get(), &ShareBar::stopChosen, this, [this] { m_conversation.stopSharing(); });
    connect(m_bar.get(), &ShareBar::nextMonitorChosen, this, &ShareOverlay::shareNextMonitor);
    connect(m_bar.get(), &ShareBar::pauseToggled, this,
        [&control] { control.isPaused() ? control.resume() : control.pause(); });
    connect(m_bar.get(), &ShareBar::controlToggled, this,
        [&control] { control.state() == ControlState::Granted ? control.revoke() : control.grant(); });
}

void ShareOverlay::shareNextMonitor()
{
    SharedDesktop& desktop = m_conversation.sharedDesktop();
    const Result<std::vector<Monitor>> monitors = desktop.monitors();
    // A monitor that went meanwhile leaves everything as it is; the next click finds the others.
    if (monitors && !desktop.changeTarget(nextTarget(desktop.target(), *monitors)))
        static_cast<void>(desktop.changeTarget({}));
}

void ShareOverlay::connectScreens()
{
    const auto watch = [this](QScreen* screen) {
        connect(screen, &QScreen::geometryChanged, this, &ShareOverlay::refresh);
        refresh();
    };
    for (QScreen* screen : QGuiApplication::screens())
        watch(screen);
    connect(qApp, &QGuiApplication::screenAdded, this, watch);
    connect(qApp, &QGuiApplication::screenRemoved, this, &ShareOverlay::refresh);
}

void ShareOverlay::refresh()
{
    if (m_conversation.sharingState() == SharingState::Off) {
        // It may have been the bar's own button.
        if (m_bar) {
            m_bar->hide();
            m_bar.release()->deleteLater();
        }
        m_frame.reset();
        m_conversation.sharedDesktop().excludeWindows({});
        return;
    }
    if (!m_bar) {
        m_bar = std::make_unique<ShareBar>();
        m_frame = std::make_unique<ShareFrame>();
        connectBar();
        std::vector<std::uint64_t> windows{m_bar->winId()};
        for (QWidget* side : m_frame->windows())
            windows.push_back(side->winId());
        // Before they are there to be seen.
        m_conversation.sharedDesktop().excludeWindows(windows);
        m_frame->setVisible(false);
    }
    const ShareBar::Status status = statusOf(m_conversation);
    m_bar->setStatus(status);
    m_frame->setColor(status.color);
    followArea();
}

void ShareOverlay::followArea()
{
    const Rect area = m_conversation.sharedDesktop().area();
    if (!m_bar)
        return;
    if (area.isEmpty()) {
        m_frame->setVisible(false);
        // Its monitor may be gone; and it is what tells why there is nothing to see.
        if (!m_bar->isVisible() || !QGuiApplication::screenAt(m_bar->geometry().center()))
            m_bar->setEdge(QGuiApplication::primaryScreen()->geometry());
        m_bar->show();
        m_bar->raise();
        return;
    }
    const QRect shared = toQtDesktop(area);
    const QRect desktop = QGuiApplication::primaryScreen()->virtualGeometry();
    // A window keeps its edges for itself; a monitor has nothing around it.
    const bool isInside = isOfMonitors(m_conversation.sharedDesktop().target());
    const int grow = isInside ? 0 : ShareFrame::kWidth;
    m_frame->setGeometry(shared.adjusted(-grow, -grow, grow, grow).intersected(desktop));
    const QScreen* const screen = QGuiApplication::screenAt(shared.center());
    m_bar->setEdge(isInside || !screen ? shared : screen->geometry());
    m_frame->setVisible(true);
    m_bar->show();
    m_bar->raise();
}

} // namespace sightline
