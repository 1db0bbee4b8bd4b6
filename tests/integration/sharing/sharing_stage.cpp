#include "sharing_stage.h"

#include "core/media/client_capabilities.h"
#include "platform/synthetic/pattern_capture.h"

#include <QTest>
#include <QUuid>

#include <algorithm>
#include <random>
#include <utility>

namespace sightline {

namespace {

Size sizeOf(const PatternScreen& desktop)
{
    const Picture picture = desktop.picture();
    return {picture.width(), picture.height()};
}

} // namespace

bool waitUntil(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, 30000);
}

void paintScene(PatternScreen& desktop, unsigned seed)
{
    std::minstd_rand random(seed);
    const Size size = sizeOf(desktop);
    desktop.fill({0, 0, size.width, size.height}, static_cast<std::uint32_t>(random()) & kColorMask);
    for (int i = 0; i < 200; ++i) {
        const int x = static_cast<int>(random() % static_cast<unsigned>(size.width - 60));
        const int y = static_cast<int>(random() % static_cast<unsigned>(size.height - 20));
        desktop.fill({x, y, 1 + static_cast<int>(random() % 60), 1 + static_cast<int>(random() % 20)},
            static_cast<std::uint32_t>(random()) & kColorMask);
    }
}

StageClient::StageClient(SharingStage& stage, quint32 number)
    : calls([this](const Document& document) {
        CallDocument call = std::get<CallDocument>(document);
        call.from = user.entity;
        (void)m_stage.ask(SharingCall{QString::fromLatin1(SharingStage::kMeeting), std::move(call)});
    })
    , m_stage(stage)
{
    user.entity = QStringLiteral("urn:sightline:participant:%1").arg(number);
    user.number = number;
    user.displayName = QStringLiteral("Number %1").arg(number);
    user.capabilities = clientCapabilities();
    user.mayView = true;
    user.mayShare = true;
    calls.start(user.entity);
    connect(&calls, &CallExchange::offerReceived, this,
        [this](const QString&, const QString& callId, const SessionDescription& offer) {
            onOffer(callId, offer);
        });
    connect(&calls, &CallExchange::answerReceived, this,
        [this](const QString&, const QString& callId, const SessionDescription& answer) {
            if (callId == hostCall)
                onAnswer(answer);
        });
    connect(&calls, &CallExchange::candidateReceived, this,
        [this](const QString&, const QString& callId, const QByteArray& candidate) {
            if (MediaLeg* const leg = legOf(callId))
                leg->addRemoteCandidate(candidate);
        });
    connect(
        &calls, &CallExchange::endOfCandidatesReceived, this, [this](const QString&, const QString& callId) {
            if (MediaLeg* const leg = legOf(callId))
                leg->setRemoteCandidatesDone();
        });
    connect(&calls, &CallExchange::byeReceived, this,
        [this](const QString&, const QString& callId, ErrorCode code, const QString& text) {
            (callId == hostCall ? hostBye : viewerBye) = Error(code, text);
        });
}

StageClient::~StageClient() = default;

MediaLeg* StageClient::legOf(const QString& callId)
{
    if (host && callId == hostCall)
        return &host->leg();
    if (m_hostileLeg && callId == hostCall)
        return m_hostileLeg.get();
    return viewer && callId == viewerCall ? &viewer->leg() : nullptr;
}

void StageClient::connectLeg(MediaLeg& leg, const QString& callId)
{
    const QString server = QString::fromLatin1(SharingStage::kEntity);
    connect(&leg, &MediaLeg::localCandidate, this, [this, server, callId](const QByteArray& candidate) {
        calls.sendCandidates(server, callId, {{candidate}, false});
    });
    connect(&leg, &MediaLeg::localCandidatesDone, this, [this, server, callId] {
        calls.sendCandidates(server, callId, {{}, true});
    });
}

void StageClient::share(const std::shared_ptr<PatternScreen>& desktop, ControlPolicy policy)
{
    ScreenSender::Config config;
    config.openCapture = [desktop]() -> Result<std::unique_ptr<ScreenCapture>> {
        return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(desktop));
    };
    HostControl::Config control;
    control.openInjector
        = [this](InputInjector::Handlers handlers) { return injector.open(std::move(handlers)); };
    control.policy = policy;
    control.introducesViewers = false;
    for (std::uint32_t number = 1; number < 10; ++number) {
        if (number != user.number)
            control.viewers.push_back({.number = number});
    }
    host = std::move(
        HostSession::create(m_stage.loop, {}, std::move(config), sizeOf(*desktop), std::move(control)))
               .value();
    hostCall = QUuid::createUuid().toString(QUuid::WithoutBraces);
    hostBye.reset();
    connectLeg(host->leg(), hostCall);
    SessionDescription offer = host->leg().localDescription();
    offer.capabilities = clientCapabilities();
    calls.sendOffer(QString::fromLatin1(SharingStage::kEntity), hostCall, offer);
}

void StageClient::shareNonsense()
{
    m_hostileLeg = std::move(MediaLeg::create(m_stage.loop, SessionDescription::Role::Sharer)).value();
    hostCall = QUuid::createUuid().toString(QUuid::WithoutBraces);
    hostBye.reset();
    connectLeg(*m_hostileLeg, hostCall);
    connect(m_hostileLeg.get(), &MediaLeg::connected, this, &StageClient::sendNonsense);
    SessionDescription offer = m_hostileLeg->localDescription();
    offer.capabilities = clientCapabilities();
    calls.sendOffer(QString::fromLatin1(SharingStage::kEntity), hostCall, offer);
}

void StageClient::sendNonsense()
{
    auto ends = std::move(m_hostileLeg->openBridge()).value();
    m_hostileBridge = std::move(ends.bridge);
    RdpHost::Handlers handlers;
    handlers.ready = [this](const ViewerCapabilities&) {
        const auto send = [this] {
            auto message = std::make_shared<GfxMessage>();
            message->octets = {0xE0, 0x04, 0x77, 0, 0, 0, 8, 0, 0, 0};
            m_hostileHost->startShared();
            m_hostileHost->accept(std::shared_ptr<const GfxMessage>(message));
        };
        QMetaObject::invokeMethod(this, send, Qt::QueuedConnection);
    };
    m_hostileHost = std::move(RdpHost::create(ends.fd, {640, 480}, std::move(handlers))).value();
}

void StageClient::stopNonsense()
{
    m_hostileLeg->close();
    m_hostileHost.reset();
    m_hostileBridge.reset();
    m_hostileLeg.reset();
}

void StageClient::leaveSharing()
{
    calls.sendBye(
        QString::fromLatin1(SharingStage::kEntity), hostCall, ErrorCode::Gone, QStringLiteral("stopped"));
    host.reset();
}

void StageClient::onAnswer(const SessionDescription& answer)
{
    if (MediaLeg* const leg = legOf(hostCall))
        QVERIFY(leg->setRemoteDescription(answer).has_value());
}

void StageClient::onOffer(const QString& callId, const SessionDescription& offer)
{
    ++timesOffered;
    viewerBye.reset();
    viewer = std::move(ViewerSession::create(m_stage.loop, {}, offer, screen)).value();
    viewerCall = callId;
    connectLeg(viewer->leg(), callId);
    SessionDescription answer = viewer->leg().localDescription();
    answer.capabilities = clientCapabilities();
    calls.sendAnswer(QString::fromLatin1(SharingStage::kEntity), callId, answer);
}

bool StageClient::seesExactly(const PatternScreen& desktop) const
{
    const Picture expected = desktop.picture();
    bool isEqual = false;
    screen.withPicture([&](const PictureView& seen) {
        isEqual = seen.width == expected.width() && seen.height == expected.height();
        for (int y = 0; isEqual && y < seen.height; ++y)
            isEqual = std::equal(seen.row(y), seen.row(y) + seen.width, expected.row(y),
                [](std::uint32_t a, std::uint32_t b) { return ((a ^ b) & kColorMask) == 0; });
    });
    return isEqual;
}

void StageClient::vanish()
{
    viewer.reset();
    host.reset();
}

SharingStage::SharingStage(SharingLimits limits)
    : server(std::make_unique<SharingServer>(std::move(limits),
        SharingServer::Handlers{[this](const SharingNotification& one) { onNotification(one); }}))
{
    (void)ask(SharingAddConference{QString::fromLatin1(kMeeting), QString::fromLatin1(kEntity)});
}

SharingStage::~SharingStage()
{
    clients.clear();
    server.reset();
}

SharingResponse SharingStage::ask(SharingRequest::Body body)
{
    SharingResponse answer;
    server->handle(
        {.id = 7, .body = std::move(body)}, [&](const SharingResponse& response) { answer = response; });
    return answer;
}

StageClient& SharingStage::join(bool mayControl)
{
    clients.push_back(std::make_unique<StageClient>(*this, ++lastNumber));
    clients.back()->user.mayControl = mayControl;
    (void)ask(SharingPutUser{QString::fromLatin1(kMeeting), clients.back()->user});
    return *clients.back();
}

void SharingStage::leave(StageClient& client)
{
    (void)ask(SharingDeleteUser{QString::fromLatin1(kMeeting), client.user.entity});
    std::erase_if(clients, [&](const auto& one) { return one.get() == &client; });
}

void SharingStage::setSharer(const StageClient* client)
{
    (void)ask(SharingSetSharer{QString::fromLatin1(kMeeting), client ? client->user.entity : QString()});
}

bool SharingStage::allSee(const PatternScreen& desktop, const std::vector<StageClient*>& who)
{
    return waitUntil([&] {
        return std::ranges::all_of(
            who, [&](const StageClient* client) { return client->seesExactly(desktop); });
    });
}

void SharingStage::onNotification(const SharingNotification& notification)
{
    if (const auto* call = std::get_if<SharingCall>(&notification.body)) {
        for (const auto& client : clients) {
            if (client->user.entity == call->call.to)
                return client->calls.receive(call->call);
        }
    } else if (const auto* one = std::get_if<SharingMedia>(&notification.body)) {
        media.push_back(*one);
    } else if (const auto* controller = std::get_if<SharingController>(&notification.body)) {
        controllers.push_back(controller->entity);
    } else if (const auto* join = std::get_if<SharingRdpJoin>(&notification.body); join && onJoin) {
        onJoin(*join);
    } else if (const auto* gone = std::get_if<SharingRdpGone>(&notification.body); gone && onGone) {
        onGone(*gone);
    }
}

} // namespace sightline
