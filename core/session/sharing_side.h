#pragma once

#include "core/session/host_session.h"
#include "core/session/share_target.h"
#include "core/signaling/roster.h"
#include "core/signaling/signaling_client.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>
#include <optional>

namespace sightline {

/// Our desktop shared in a meeting: who is asked for, who is admitted, and the one direct session that is on.
/// GUI thread.
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
    /// For the sessions to come.
    void setInjectorFactory(InjectorFactory openInjector) { m_openInjector = std::move(openInjector); }
    void setControlPolicy(ControlPolicy policy);
    void setTakeBackHotkey(const Hotkey& hotkey);
    const Hotkey& takeBackHotkey() const { return m_takeBackHotkey; }
    void setPaused(bool isPaused);
    /// What is shared, with the viewer that there is and with those to come; no new invitation. `desktop` may
    /// be empty: unknown.
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
    HostSession* session() const { return m_session.get(); }
    QString partner() const { return m_partner; } ///< the viewer's entity; empty: nobody
    bool isPaused() const { return m_isPaused; }
    /// Whether the viewer knows what to do with control.
    bool canGiveControl() const { return m_viewerTakesControl; }

Q_SIGNALS:
    void stateChanged();
    void interruptionChanged(); ///< of the session's path
    void admissionRequested(const Participant& participant);
    void admissionWithdrawn(const QString& entity);
    void areaChanged(const sightline::Rect& area); ///< of the desktop, while there is a session
    void controlChanged(); ///< also pause, and what the partner can do
    void controlRequested(const QString& entity);
    void controlFailed(const Error& error);
    void ended(const Error& error);

private:
    enum class Admission { Asked, Admitted, Refused, ToldBusy, Left };

    void connectLeg(MediaLeg& leg);
    void evaluate(const Participant& participant);
    void call(const QString& entity);
    void connectSession();
    QList<QByteArray> offeredCapabilities() const;
    void close();
    void endCall(const Error& reason, bool tellPartner);
    void setState(State state);
    bool isOurs(const QString& from, const QString& callId) const;

    SignalingClient& m_signaling;
    EventLoop& m_loop;
    ScreenSender::Config m_config;
    Size m_desktop;
    bool m_admitAll = false;
    InjectorFactory m_openInjector;
    ControlPolicy m_controlPolicy = ControlPolicy::Ask;
    Hotkey m_takeBackHotkey;
    std::vector<std::uint64_t> m_excludedWindows;
    bool m_isPaused = false;
    bool m_viewerTakesControl = false;
    State m_state = State::Off;
    QHash<QString, Admission> m_admissions;
    QSet<QString> m_trusted;
    std::unique_ptr<HostSession> m_session;
    QString m_partner;
    QString m_callId;
};

} // namespace sightline
