#include "conversation_pair.h"

#include "platform/synthetic/pattern_capture.h"

#include <QTest>

#include <utility>

namespace sightline {

bool waitUntil(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, 20000);
}

namespace {

Conversation::CaptureFactory captureOf(const std::shared_ptr<PatternScreen>& screen)
{
    return [screen]() -> Result<std::unique_ptr<ScreenCapture>> {
        return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(screen));
    };
}

} // namespace

ConversationPair::ConversationPair(Size desktop, bool canBeControlled)
    : screen(std::make_shared<PatternScreen>(desktop))
{
    start(captureOf(screen), canBeControlled);
}

ConversationPair::ConversationPair(Conversation::CaptureFactory openCapture, bool canBeControlled)
{
    start(std::move(openCapture), canBeControlled);
}

void ConversationPair::start(Conversation::CaptureFactory openCapture, bool canBeControlled)
{
    ServerOptions options;
    options.port = 0;
    options.dataDirectory = serverData.path();
    if (auto started = ConferenceServer::start(options))
        server = std::move(started).value();
    Conversation::Options sharerOptions;
    sharerOptions.displayName = QStringLiteral("Anna");
    sharerOptions.openCapture = std::move(openCapture);
    if (canBeControlled)
        sharerOptions.openInjector
            = [this](InputInjector::Handlers handlers) { return injector.open(std::move(handlers)); };
    sharerOptions.admitAll = true;
    anna = std::make_unique<Conversation>(std::move(sharerOptions));
    vera = std::make_unique<Conversation>(
        Conversation::Options{.displayName = QStringLiteral("Vera"), .openCapture = {}, .acceptAll = true});
}

ConversationPair::~ConversationPair()
{
    vera.reset();
    anna.reset();
}

bool ConversationPair::connect()
{
    if (!server)
        return false;
    const QUrl local = server->localSignalingUrl();
    MeetingLink address;
    address.host = local.host();
    address.port = static_cast<quint16>(local.port(443));
    address.certificateFingerprint = server->fingerprint();
    QObject::connect(
        anna.get(), &Conversation::meetingEntered, anna.get(), [this] { anna->startSharing({}); });
    QObject::connect(
        anna.get(), &Conversation::linkReady, vera.get(), [this, address](const MeetingLink& link) {
            MeetingLink there = address;
            there.meetingId = link.meetingId;
            vera->joinMeeting(there);
        });
    anna->startMeeting(address);
    return waitUntil([this] {
        return anna->sharingState() == Conversation::SharingState::Active
            && vera->viewingState() == Conversation::ViewingState::Active;
    });
}

bool ConversationPair::becomes(ControlState state)
{
    return waitUntil([&] { return anna->control().state() == state && vera->control().state() == state; });
}

} // namespace sightline
