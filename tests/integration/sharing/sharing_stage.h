#pragma once

#include "core/session/host_session.h"
#include "core/session/viewer_session.h"
#include "core/sharing/sharing_server.h"
#include "core/signaling/call_exchange.h"
#include "platform/synthetic/pattern_screen.h"
#include "tests/support/recording_injector.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sightline {

/// Runs events until it holds. False: not within 30 s, for what takes milliseconds.
bool waitUntil(const std::function<bool()>& condition);

class SharingStage;

/// A participant with real sessions, whose call documents go to the sharing server as a focus would send
/// them.
class StageClient : public QObject {
    Q_OBJECT
public:
    StageClient(SharingStage& stage, quint32 number);
    ~StageClient() override;

    /// Offers the sharing server a desktop, as a client that shares does.
    void share(const std::shared_ptr<PatternScreen>& desktop, ControlPolicy policy = ControlPolicy::Never);
    void leaveSharing(); ///< as somebody who presses "stop"
    void shareNonsense(); ///< offers it too, and then sends what is no graphics
    void stopNonsense();
    bool seesExactly(const PatternScreen& desktop) const;
    void vanish(); ///< without a word

    SharingUser user;
    CallExchange calls;
    std::unique_ptr<HostSession> host;
    QString hostCall;
    RemoteScreen screen;
    std::unique_ptr<ViewerSession> viewer;
    QString viewerCall;
    int timesOffered = 0;
    std::optional<Error> hostBye; ///< by the server
    std::optional<Error> viewerBye;
    InjectorLog injector;

private:
    void onOffer(const QString& callId, const SessionDescription& offer);
    void onAnswer(const SessionDescription& answer);
    void connectLeg(MediaLeg& leg, const QString& callId);
    MediaLeg* legOf(const QString& callId);

    void sendNonsense();

    SharingStage& m_stage;
    std::unique_ptr<MediaLeg> m_hostileLeg;
    std::unique_ptr<SocketBridge> m_hostileBridge;
    std::unique_ptr<RdpHost> m_hostileHost;
};

/// A sharing server with one conference, driven by documents; the focus is the test.
class SharingStage {
public:
    static constexpr char kMeeting[] = "meeting-of-the-test-0123456789";
    static constexpr char kEntity[] = "urn:sightline:sharing:test-0123456789abcdef";

    explicit SharingStage(SharingLimits limits = {});
    ~SharingStage();

    SharingResponse ask(SharingRequest::Body body);
    StageClient& join(bool mayControl = true);
    void leave(StageClient& client);
    void setSharer(const StageClient* client);
    /// All of them show what this desktop shows.
    bool allSee(const PatternScreen& desktop, const std::vector<StageClient*>& clients);

    EventLoop loop; ///< of the clients
    std::unique_ptr<SharingServer> server;
    std::vector<std::unique_ptr<StageClient>> clients;
    std::vector<SharingMedia> media;
    std::vector<QString> controllers; ///< as the focus was told
    quint32 lastNumber = 0;
    std::function<void(const SharingRdpJoin&)> onJoin;
    std::function<void(const SharingRdpGone&)> onGone;

private:
    void onNotification(const SharingNotification& notification);
};

/// Something to look at, other for each seed.
void paintScene(PatternScreen& desktop, unsigned seed);

} // namespace sightline
