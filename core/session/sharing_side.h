#pragma once

#include "core/session/admissions.h"
#include "core/session/host_call.h"
#include "core/session/share_target.h"
#include "core/signaling/roster.h"
#include "core/signaling/signaling_client.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace sightline {

class ServerCall;

/// Our desktop shared in a meeting: who is asked for and admitted, and the call in which it is seen: by one
/// viewer directly, or through the sharing server as soon as the conference has one. The direct call goes on
/// until its viewer has the picture from the server. GUI thread.
class SharingSide : public QObject {
    Q_OBJECT
public:
    enum class State { Off, Waiting, Connecting, Active };

    SharingSide(SignalingClient& signaling, EventLoop& loop, QObject* parent = nullptr);
    ~SharingSide() override;

    /// Shares what `config` says from now on with whoever is admitted; `desktop` is its present size.
    void start(ScreenSender::Config config, Size desktop, bool admitAll);
    void stop();
    /// What is shared is not there any more: the same, if nobody sees it; a session finds out itself.
    void giveUp(const Error& why);
    /// The server carries no media: what waits for it is over.
    void onServerRefused();
    /// Somebody else shares, or a presenter has ended it: nobody is told.
    void onTakenAway(const Error& why);
    /// For the sessions to come.
    void setInjectorFactory(InjectorFactory openInjector) { m_openInjector = std::move(openInjector); }
    void setControlPolicy(ControlPolicy policy);
    void setTakeBackHotkey(const Hotkey& hotkey);
    const Hotkey& takeBackHotkey() const { return m_takeBackHotkey; }
    void setPaused(bool isPaused);
    /// What is shared, with the viewers that there are and with those to come; no new invitation. `desktop`
    /// may be empty: unknown.
    void setTarget(const ShareTarget& target, Size desktop);
    const ShareTarget& target() const { return m_config.target; }
    /// Windows of our own that are not in the picture, now and later.
    void setExcludedWindows(const std::vector<std::uint64_t>& windows);
    void admit(const QString& entity);
    void refuse(const QString& entity);
    /// Admits it without a question, now or when it comes: we have invited it.
    void trust(const QString& entity);

    void onRosterChanged(const Roster& roster);
    void onAnswer(const QString& from, const QString& callId, const SessionDescription& answer);
    void onCandidate(const QString& from, const QString& callId, const QByteArray& candidate);
    void onEndOfCandidates(const QString& from, const QString& callId);
    void onBye(const QString& from, const QString& callId, const Error& reason);

    State state() const { return m_state; }
    /// Null: none at the moment.
    HostSession* session() const;
    bool isOurs(const QString& from, const QString& callId) const { return callOf(from, callId) != nullptr; }
    QString partner() const; ///< the direct viewer's entity; empty: nobody, or many through the server
    /// Who sees the desktop.
    QStringList viewers() const;
    bool isThroughServer() const { return m_server != nullptr; }
    /// Nothing gets through at the moment; it goes on by itself, or ends.
    bool isInterrupted() const;
    bool isPaused() const { return m_isPaused; }
    /// Whether the viewer knows what to do with control.
    bool canGiveControl() const;
    HostControl* controlOf(const QString& entity) const; ///< null: of nobody's
    /// Gives control to this viewer; empty: to the first that asks, or to the only one.
    void grantControl(const QString& entity);
    void denyControl(const QString& entity); ///< empty: to the first that asks
    void revokeControl();
    ControlState controlState() const; ///< Granted: somebody controls; else Asked: somebody asks
    QString controller() const; ///< empty: nobody
    QStringList asking() const; ///< in the order in which they asked
    HotkeyState hotkeyState() const;

Q_SIGNALS:
    void stateChanged();
    void interruptionChanged();
    void admissionRequested(const Participant& participant);
    void admissionWithdrawn(const QString& entity);
    void areaChanged(const sightline::Rect& area); ///< of the desktop, while there is a session
    void controlChanged(); ///< also pause, what the viewers can do, and session()
    void controlRequested(const QString& entity);
    void controlFailed(const Error& error);
    /// No path to the viewer was found: the server has been asked to carry the picture.
    void serverAskedFor();
    void ended(const Error& error);

private:
    QString entityOf(std::uint32_t number) const;
    std::uint32_t numberOf(const QString& entity) const;
    HostCall* callOf(const QString& from, const QString& callId) const;
    HostCall* serverHostCall() const;
    void forEachSession(const std::function<void(HostSession&)>& act);
    HostControl::Config controlConfig(std::vector<ControlViewer> viewers, bool introducesViewers) const;
    std::vector<ControlViewer> controlViewers(const Roster& roster) const;

    void evaluate(const Participant& participant);
    void evaluateForServer(const Roster& roster);
    void waitForServer();
    void call(const QString& entity);
    void callServer(const Roster& roster);
    void makeServerCall();
    void connectSession(HostSession& session);
    void close(bool tellRoster, const Error& reason);
    void onDirectEnded(const Error& reason);
    void carryControlOver(const QString& entity, const HostControl::Standing& standing);
    void onServerActive();
    void onServerEnded(const Error& error);
    void dropDirect();
    void updateState();
    void setState(State state);

    SignalingClient& m_signaling;
    EventLoop& m_loop;
    ScreenSender::Config m_config;
    Size m_desktop;
    InjectorFactory m_openInjector;
    ControlPolicy m_controlPolicy = ControlPolicy::Ask;
    Hotkey m_takeBackHotkey;
    std::vector<std::uint64_t> m_excludedWindows;
    bool m_isPaused = false;
    State m_state = State::Off;
    Admissions m_admissions;
    std::unique_ptr<HostCall> m_direct;
    std::unique_ptr<ServerCall> m_server; ///< as soon as the conference has one, while we share
    HostControl::Standing m_directStanding; ///< of the direct call, as it was last
    QTimer m_serverComes; ///< three or more are here: the server is to tell of a sharing server
    QTimer m_directEnds; ///< its viewer must have seen the server's picture by then
    bool m_noServer = false; ///< it did not
    QStringList m_allowed; ///< whom the server has been told to let see
    std::optional<Error> m_withoutPath; ///< why there is no direct session; the server is asked to carry it
};

} // namespace sightline
