#include "ui/main_window.h"

#include "ui/banner_stack.h"
#include "ui/control_banners.h"
#include "ui/error_text.h"
#include "ui/icon.h"
#include "ui/invitation_banners.h"
#include "ui/lobby_panel.h"
#include "ui/meeting_page.h"
#include "ui/meeting_questions.h"
#include "ui/message_pane.h"
#include "ui/names_text.h"
#include "ui/new_meeting_dialog.h"
#include "ui/people_panel.h"
#include "ui/roster_actions.h"
#include "ui/roster_list.h"
#include "ui/share_panel.h"
#include "ui/share_picker.h"
#include "ui/sharer_controls.h"
#include "ui/start_page.h"
#include "ui/viewer_window.h"
#include "ui/viewing_banners.h"

#include <QApplication>
#include <QCloseEvent>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

constexpr QSize kPreferredSize{480, 700};
constexpr int kPreferredPeopleWidth = 230;
constexpr int kSmallestWidth = 400;

// Subjects of the messages, see BannerStack.
const QString kMeetingSubject = QStringLiteral("meeting");
const QString kRequestSubject = QStringLiteral("request");
const QString kServerSubject = QStringLiteral("server");
const QString kSharingSubject = QStringLiteral("sharing");

QScrollArea* scrollable(QWidget* page)
{
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

} // namespace

MainWindow::MainWindow(
    Conversation& conversation, FindServer findServer, const QString& displayName, QWidget* parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_findServer(std::move(findServer))
    , m_banners(new BannerStack)
    , m_pages(new QStackedWidget)
    , m_halves(new QSplitter)
    , m_startPage(new StartPage)
    , m_meetingPage(new MeetingPage)
{
    build(displayName);
    m_meetingPage->sharePanel().setControls(new SharerControls(conversation));
    m_meetingPage->setActions(new RosterActions(conversation, m_meetingPage->rosterList()));
    new MeetingQuestions(conversation, *m_banners, *this);
    new ControlBanners(conversation, *m_banners, *this);
    new ViewingBanners(
        conversation, *m_banners, [this] { return m_viewer && m_viewer->isVisible(); }, this);
    connectPages();
    connectMeeting();
    connectEnds();
    refresh();
}

MainWindow::~MainWindow()
{
    // What the viewer window does when it goes may be heard by nobody half destroyed.
    m_conversation.disconnect(this);
    // Losing the focus ends an edit; its news must find the whole window too.
    hide();
}

void MainWindow::build(const QString& displayName)
{
    setWindowTitle(tr("Sightline"));
    setWindowIcon(applicationIcon());
    m_startPage->setDisplayName(displayName);
    m_pages->addWidget(scrollable(m_startPage));
    m_pages->addWidget(scrollable(m_meetingPage));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_banners);
    m_halves->setChildrenCollapsible(false);
    m_halves->addWidget(m_pages);
    layout->addWidget(m_halves, 1);
    setMinimumWidth(std::min(kSmallestWidth, screen()->availableSize().width()));
    resize(kPreferredSize.boundedTo(screen()->availableSize()));
}

void MainWindow::connectPages()
{
    connect(m_startPage, &StartPage::displayNameChanged, this, [this](const QString& name) {
        m_conversation.setDisplayName(name);
        Q_EMIT displayNameChanged(name);
    });
    connect(m_startPage, &StartPage::linkChosen, this, [this](const MeetingLink& link) { openLink(link); });
    connect(m_meetingPage, &MeetingPage::leaveChosen, this, [this] { m_conversation.leave(); });
    for (SharePanel* panel : {&m_startPage->sharePanel(), &m_meetingPage->sharePanel()}) {
        connect(panel, &SharePanel::shareChosen, this, &MainWindow::chooseTarget);
        connect(panel, &SharePanel::stopChosen, this, [this] {
            m_wantsToShare.reset();
            m_conversation.stopSharing();
        });
    }
    m_meetingPage->messages().follow(m_conversation);
    MeetingModeration& moderation = m_conversation.moderation();
    connect(&m_meetingPage->lobby(), &LobbyPanel::letInChosen, &moderation, &MeetingModeration::letIn);
    connect(&m_meetingPage->lobby(), &LobbyPanel::declineChosen, &moderation, &MeetingModeration::turnAway);
    connect(m_startPage, &StartPage::newMeetingChosen, this, [this] {
        auto* const dialog = new NewMeetingDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &NewMeetingDialog::chosen, this, &MainWindow::startMeeting);
        dialog->open();
    });
}

void MainWindow::connectMeeting()
{
    connect(&m_conversation, &Conversation::stateChanged, this, &MainWindow::refresh);
    connect(&m_conversation, &Conversation::linkReady, this, &MainWindow::refresh);
    connect(&m_conversation, &Conversation::rosterChanged, this, &MainWindow::refresh);
    connect(&m_conversation, &Conversation::sharingStateChanged, this, &MainWindow::refresh);
    connect(&m_conversation, &Conversation::interruptionChanged, this, &MainWindow::refresh);
    connect(&m_conversation, &Conversation::meetingEntered, this, &MainWindow::onMeetingEntered);
    connect(&m_conversation, &Conversation::viewingStateChanged, this, &MainWindow::onViewingStateChanged);
}

void MainWindow::connectEnds()
{
    connect(&m_conversation, &Conversation::ended, this, &MainWindow::onEnded);
    connect(&m_conversation, &Conversation::sharingEnded, this, &MainWindow::onSharingEnded);
    connect(&m_conversation, &Conversation::requestFailed, this,
        [this](const Error& error) { showFailure(kRequestSubject, error); });
    connect(&m_conversation, &Conversation::serverLost, this, [this](const Error& error) {
        showWarning(kServerSubject,
            m_conversation.state() == Conversation::State::InMeeting
                ? tr("The server cannot be reached, trying again. What you share or see goes on.")
                : tr("The server is gone. What you share or see goes on, but nobody can join any more."),
            error);
        refresh();
    });
    connect(&m_conversation, &Conversation::serverAskedFor, this, [this] {
        m_banners
            ->add(kSharingSubject, Banner::Kind::Warning,
                tr("The two computers cannot reach each other: the picture goes through the server %1.")
                    .arg(m_conversation.serverName()))
            .addDismissal();
    });
    connect(
        &m_conversation, &Conversation::serverRegained, this, [this] { m_banners->remove(kServerSubject); });
}

void MainWindow::openLink(const MeetingLink& link, const QString& passcode)
{
    useDisplayName();
    m_banners->clear();
    m_wantsToShare.reset();
    m_startPage->clearLink();
    m_conversation.joinMeeting(link, {}, passcode);
}

void MainWindow::showPeople(Presence& presence)
{
    auto* people = new PeoplePanel(presence);
    m_halves->insertWidget(0, people);
    m_halves->setStretchFactor(0, 0);
    m_halves->setStretchFactor(1, 1);
    connect(people, &PeoplePanel::settingsChosen, this, &MainWindow::settingsChosen);
    new InvitationBanners(presence, m_conversation, *m_banners, this);
    const QSize wanted = kPreferredSize + QSize(kPreferredPeopleWidth, 0);
    resize(wanted.boundedTo(screen()->availableSize()));
    m_halves->setSizes({kPreferredPeopleWidth, kPreferredSize.width()});
}

void MainWindow::setDisplayName(const QString& name)
{
    m_startPage->setDisplayName(name);
}

void MainWindow::welcome()
{
    m_startPage->welcome();
}

void MainWindow::showNotice(const QString& subject, const QString& text)
{
    m_banners->add(subject, Banner::Kind::Warning, text).addDismissal();
}

void MainWindow::chooseTarget()
{
    const Result<std::vector<Monitor>> monitors = m_conversation.monitors();
    // One monitor is the whole desktop; and without any the attempt to share says why.
    if (!monitors || monitors->size() < 2)
        return share({});
    if (!m_picker) {
        m_picker = new SharePicker(*monitors, m_conversation.captureFactory(), this);
        m_picker->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_picker, &SharePicker::chosen, this, &MainWindow::share);
    }
    m_picker->open();
}

void MainWindow::share(const ShareTarget& target)
{
    if (m_conversation.state() == Conversation::State::InMeeting) {
        m_banners->remove(kSharingSubject);
        m_conversation.startSharing(target);
        return;
    }
    if (m_conversation.state() == Conversation::State::Idle && !startMeeting({}))
        return;
    // Starting left the meeting before, which forgets the wish.
    m_wantsToShare = target;
}

bool MainWindow::startMeeting(const AddConference& meeting)
{
    useDisplayName();
    m_banners->clear();
    const Result<MeetingLink> server = m_findServer();
    if (!server) {
        showFailure(kServerSubject, server.error());
        return false;
    }
    m_conversation.startMeeting(*server, meeting);
    return true;
}

void MainWindow::onMeetingEntered()
{
    if (const std::optional<ShareTarget> target = std::exchange(m_wantsToShare, std::nullopt))
        m_conversation.startSharing(*target);
    refresh();
}

void MainWindow::onEnded(const Error& error)
{
    m_wantsToShare.reset();
    m_banners->clear();
    showFailure(kMeetingSubject, error);
    refresh();
}

void MainWindow::onSharingEnded(const Error& error)
{
    if (error.code() == ErrorCode::Gone)
        showWarning(kSharingSubject, tr("The other person does not see your desktop any more."), error);
    else if (const Participant* const sharer = m_conversation.roster().sharer();
             sharer && error.code() == ErrorCode::Replaced)
        showWarning(
            kSharingSubject, tr("%1 shares now, so your sharing has ended.").arg(sharer->displayName), error);
    else if (sharer && error.code() == ErrorCode::Busy)
        showWarning(kSharingSubject,
            tr("%1 shares already. A presenter can take over; ask to become one, or wait.")
                .arg(sharer->displayName),
            error);
    else
        showFailure(kSharingSubject, error);
    refresh();
}

void MainWindow::onViewingStateChanged()
{
    using Viewing = Conversation::ViewingState;
    const Viewing state = m_conversation.viewingState();
    if (state == Viewing::Connecting || state == Viewing::Active) {
        if (!m_viewer)
            m_viewer = std::make_unique<ViewerWindow>(m_conversation, ViewerOptions{.lockKeys = m_lockKeys});
        if (!m_viewer->isVisible())
            m_viewer->show();
    }
    refresh();
}

void MainWindow::useDisplayName()
{
    // A key can start things while the name is still being edited.
    if (const QString name = m_startPage->displayName(); !name.isEmpty())
        m_conversation.setDisplayName(name);
}

void MainWindow::showMessage(
    const QString& subject, Banner::Kind kind, const QString& text, const Error& cause)
{
    Banner& banner = m_banners->add(subject, kind, text);
    banner.setToolTip(cause.toString().toHtmlEscaped());
    banner.addDismissal();
}

void MainWindow::showFailure(const QString& subject, const Error& error)
{
    // What we ended ourselves is no news to us.
    if (error.code() != ErrorCode::Cancelled)
        showMessage(subject, Banner::Kind::Failure, errorText(error).toString(), error);
}

void MainWindow::showWarning(const QString& subject, const QString& text, const Error& cause)
{
    showMessage(subject, Banner::Kind::Warning, text, cause);
}

void MainWindow::refresh()
{
    using State = Conversation::State;
    const State state = m_conversation.state();
    const auto sharing = m_conversation.sharingState();
    const auto viewing = m_conversation.viewingState();
    // A session goes on when the server is gone.
    const bool isOn = state != State::Idle || sharing != Conversation::SharingState::Off
        || viewing != Conversation::ViewingState::Off;
    m_pages->setCurrentIndex(isOn ? 1 : 0);
    if (!isOn)
        return;
    m_meetingPage->setProgress(state == State::Connecting ? tr("Connecting to the server…")
            : state == State::InLobby
            ? tr("You are in the lobby. Somebody in the meeting lets you in, or not.")
            : QString());
    m_meetingPage->setWaiting(state == State::Connecting || state == State::InLobby);
    m_meetingPage->lobby().setGuests(
        m_conversation.roster().state.lobby, m_conversation.moderation().isPresenter());
    m_meetingPage->setLink(m_conversation.link());
    m_meetingPage->rosterList().setRoster(m_conversation.roster(), m_conversation.ownEntity());
    const bool isWatched
        = sharing == Conversation::SharingState::Connecting || sharing == Conversation::SharingState::Active;
    const QStringList viewers = m_conversation.viewerNames();
    const bool isThroughServer = isWatched && m_conversation.isThroughServer();
    m_meetingPage->sharePanel().setStatus({.state = sharing,
        .viewer = !isWatched    ? QString()
            : viewers.isEmpty() ? m_conversation.partnerName()
                                : namesText(viewers),
        .viewers = viewers.size(),
        .securityCode = isWatched ? m_conversation.securityCode() : QString(),
        .server = isThroughServer ? m_conversation.serverName() : QString(),
        .isInterrupted = isWatched && m_conversation.isInterrupted()});
    m_meetingPage->sharePanel().setEnabled(
        state == State::InMeeting || sharing != Conversation::SharingState::Off);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_viewer)
        m_viewer->close();
    m_conversation.leave();
    event->accept();
}

} // namespace sightline
