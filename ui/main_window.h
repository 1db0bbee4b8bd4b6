#pragma once

#include "core/session/conversation.h"
#include "ui/banner.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

class QSplitter;
class QStackedWidget;

namespace sightline {

class BannerStack;
class InvitationBanners;
class MeetingPage;
class Presence;
class SharePicker;
class StartPage;
class ViewerWindow;

/// The application's window: share, or open a link; then the meeting. GUI thread.
///
/// Works on `conversation`, which outlives it, and follows it also when somebody else (the command line)
/// starts something in it. Opens a viewer window of its own as soon as a desktop is viewed. Questions and
/// failures appear inside the window. Closing it leaves the meeting.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// Says where the server is on which to make a meeting (the meetingId is not looked at), starting it if
    /// need be. Called on the GUI thread when the user starts to share outside of a meeting.
    using FindServer = std::function<Result<MeetingLink>()>;

    /// `displayName`: as it was given to the conversation, to be edited; empty: that one is kept until one is
    /// entered. else.
    MainWindow(Conversation& conversation, FindServer findServer, const QString& displayName = {},
        QWidget* parent = nullptr);
    ~MainWindow() override;

    /// See ViewerOptions; for the viewer windows to come.
    void setLockKeys(std::function<std::optional<LockKeys>()> lockKeys) { m_lockKeys = std::move(lockKeys); }
    /// Shows, from now on, who else is signed in, and invitations. `presence` outlives the window.
    void showPeople(Presence& presence);
    void setDisplayName(const QString& name);
    /// Asks for the name: it is the first time.
    void welcome();
    /// A message that stays until it is dismissed.
    void showNotice(const QString& subject, const QString& text);

    /// Joins this meeting, after leaving the one that is on.
    void openLink(const MeetingLink& link, const QString& passcode = {});

Q_SIGNALS:
    void displayNameChanged(const QString& name); ///< to be remembered
    void settingsChosen();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void build(const QString& displayName);
    void connectPages();
    void connectMeeting();
    void connectEnds();

    void chooseTarget();
    void share(const ShareTarget& target);
    bool startMeeting(const AddConference& meeting);
    void onMeetingEntered();
    void onEnded(const Error& error);
    void onViewingStateChanged();
    void onSharingEnded(const Error& error);

    void useDisplayName();
    void showMessage(const QString& subject, Banner::Kind kind, const QString& text, const Error& cause);
    void showWarning(const QString& subject, const QString& text, const Error& cause);
    void showFailure(const QString& subject, const Error& error);
    void refresh();

    Conversation& m_conversation;
    FindServer m_findServer;
    std::function<std::optional<LockKeys>()> m_lockKeys;
    BannerStack* m_banners;
    QStackedWidget* m_pages;
    QSplitter* m_halves;
    StartPage* m_startPage;
    MeetingPage* m_meetingPage;
    std::unique_ptr<ViewerWindow> m_viewer;
    QPointer<SharePicker> m_picker;
    std::optional<ShareTarget> m_wantsToShare; ///< as soon as we are in the meeting
};

} // namespace sightline
