#include "core/sharing/sharing_meeting.h"

#include "core/base/log.h"
#include "core/media/client_capabilities.h"
#include "core/signaling/limits.h"

#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 250ms; // before a leg that broke is offered again
constexpr int kMaxDoublings = 5;
constexpr int kDoublingsWhenFull = 2; // until somebody else has left

/// Whether the other side would rather have its leg back.
bool isBreakage(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ConnectionLost:
    case ErrorCode::IceFailed:
    case ErrorCode::DtlsFailed:
    case ErrorCode::RdpFailed:
    case ErrorCode::Timeout:
    case ErrorCode::Internal:
        return true;
    default:
        return false;
    }
}

} // namespace

SharingMeeting::SharingMeeting(
    EventLoop& loop, const SharingAddConference& conference, SharingLimits& limits, Notify notify)
    : m_loop(loop)
    , m_meetingId(conference.meetingId)
    , m_entity(conference.sharingEntity)
    , m_limits(limits)
    , m_notify(std::move(notify))
    , m_calls([this](const Document& document) {
        CallDocument call = std::get<CallDocument>(document);
        call.from = m_entity;
        m_notify(SharingCall{m_meetingId, std::move(call)});
    })
    , m_hub({.toSharer = [this](const EncomspPdu& pdu) { m_hub.source.sendControl(pdu); },
          .inputToSharer = [this](const InputEvent& event) { m_hub.source.sendInput(event); },
          .controllerChanged =
              [this](std::uint32_t number) {
                  QMetaObject::invokeMethod(
                      this, [this, number] { onControllerChanged(number); }, Qt::QueuedConnection);
              }})
{
    m_calls.start(m_entity);
    connectCalls();
    blacken();
}

SharingMeeting::~SharingMeeting()
{
    // Nothing that a leg says while it goes is of interest any more.
    m_calls.stop();
    m_limits.legs -= legs();
    m_seats.clear();
    m_sharerLeg.reset();
    m_blackness.reset();
    m_leaving.clear();
    m_buried.clear();
}

Result<void> SharingMeeting::putUser(const SharingUser& user)
{
    const bool isNew = !m_seats.contains(user.entity);
    if (isNew && static_cast<qsizetype>(m_seats.size()) >= limits::kParticipants)
        return Error(ErrorCode::TooLarge, QStringLiteral("the meeting is full"));
    Seat& seat = m_seats[user.entity];
    const bool mayAgain = isNew || (user.mayView && !seat.user.mayView);
    seat.user = user;
    if (mayAgain)
        seat.hasLeft = false;
    m_hub.control.setMayControl(user.number, user.mayControl);
    if (!user.mayView && seat.leg)
        endViewer(seat, Error(ErrorCode::NotAllowed, QStringLiteral("the sharer does not let you see it")));
    if (mayOffer(seat))
        offer(seat);
    return {};
}

void SharingMeeting::deleteUser(const QString& entity)
{
    Seat* const seat = seatOf(entity);
    if (!seat)
        return;
    if (entity == m_sharer)
        setSharer({});
    endViewer(*seat, std::nullopt);
    endGuest(*seat);
    m_hub.control.setMayControl(seat->user.number, true); // and nothing to remember
    m_calls.forget(entity);
    m_offers.remove(entity);
    m_seats.erase(entity);
}

void SharingMeeting::setSharer(const QString& entity)
{
    if (std::exchange(m_sharer, entity) == entity)
        return;
    if (entity.isEmpty()) {
        endSharer(Error(ErrorCode::EndedByPresenter, QStringLiteral("a presenter has ended the sharing")));
        m_hasPicture = false;
        for (auto& [name, seat] : m_seats)
            endViewer(seat, Error(ErrorCode::Gone, QStringLiteral("the sharer stopped")));
        blacken();
    } else {
        endSharer(Error(ErrorCode::Replaced, QStringLiteral("somebody else shares now (diagnostic 21000)")));
    }
    for (auto& [name, seat] : m_seats)
        seat.hasLeft = false;
    if (Seat* const seat = seatOf(entity); seat && seat->leg)
        endViewer(*seat, Error(ErrorCode::Gone, QStringLiteral("you share yourself now")));
}

void SharingMeeting::takeOffer(
    const QString& from, const QString& callId, const SessionDescription& description)
{
    endSharer(std::nullopt);
    auto leg = SharerLeg::create(m_loop, m_limits.transport, description, m_hub);
    if (!leg) {
        m_calls.sendBye(from, callId, leg.error().code(), leg.error().message());
        return;
    }
    m_sharerLeg = std::move(leg).value();
    m_sharerPeer = from;
    m_sharerCall = callId;
    ++m_limits.legs;
    connectLeg(m_sharerLeg->leg(), from, callId);
    connect(m_sharerLeg.get(), &SharerLeg::resized, this, [this](Size size) { m_desktop = size; });
    connect(m_sharerLeg.get(), &SharerLeg::pictured, this, &SharingMeeting::onPicture);
    connect(m_sharerLeg.get(), &SharerLeg::ended, this, &SharingMeeting::endSharer);
    SessionDescription answer = m_sharerLeg->leg().localDescription();
    answer.capabilities = clientCapabilities();
    m_calls.sendAnswer(from, callId, answer);
}

void SharingMeeting::onPicture()
{
    m_blackness.reset();
    m_hasPicture = true;
    if (Seat* const seat = seatOf(m_sharer))
        setMedia(*seat, Participant::Sharing::Sharer);
    offerAll();
}

void SharingMeeting::endSharer(const std::optional<Error>& tell)
{
    if (!m_sharerLeg)
        return;
    qCInfo(logSharing) << "The sharer's leg ended:" << (tell ? tell->toString() : QStringLiteral("left"));
    if (tell)
        m_calls.sendBye(m_sharerPeer, m_sharerCall, tell->code(), tell->message());
    m_sharerLeg->close();
    bury(std::move(m_sharerLeg));
    --m_limits.legs;
    m_sharerCall.clear();
    m_hub.control.sharerChanged();
    m_hub.pointer.clear();
    if (Seat* const seat = seatOf(m_sharerPeer))
        setMedia(*seat, Participant::Sharing::None);
}

void SharingMeeting::blacken()
{
    m_blackness = m_hub.relay.attachSource(
        {.acknowledge = [](std::uint32_t) {}, .refresh = [](const Rects&) {}, .failed = [](const Error&) {}});
    constexpr std::uint16_t kSurface = 1;
    const Rect all{0, 0, m_desktop.width, m_desktop.height};
    for (const GfxCommand& command :
        std::initializer_list<GfxCommand>{ResetGraphics{m_desktop}, CreateSurface{kSurface, m_desktop},
            MapSurfaceToOutput{kSurface, {}}, StartFrame{1}, SolidFill{kSurface, 0, {all}}, EndFrame{1}})
        m_blackness->accept(command);
}

bool SharingMeeting::mayOffer(const Seat& seat) const
{
    return m_hasPicture && seat.user.mayView && !seat.leg && !seat.guest && !seat.hasLeft
        && seat.user.entity != m_sharer && canShareWith(seat.user.capabilities);
}

void SharingMeeting::offerAll()
{
    for (auto& [entity, seat] : m_seats) {
        if (mayOffer(seat))
            offer(seat);
    }
}

void SharingMeeting::offer(Seat& seat)
{
    const QString entity = seat.user.entity;
    if (m_limits.isFull()) {
        qCWarning(logSharing) << "A viewer waits for a leg: there are" << m_limits.legs;
        return offerLater(entity, kDoublingsWhenFull);
    }
    auto leg = ViewerLeg::create(
        m_loop, m_limits.transport, {seat.user.number, seat.user.displayName}, m_desktop, m_hub);
    if (!leg) {
        qCWarning(logSharing) << "Cannot make a viewer's leg:" << leg.error().toString();
        return offerLater(entity, ++seat.failures);
    }
    seat.leg = std::move(leg).value();
    seat.callId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    ++m_limits.legs;
    connectLeg(seat.leg->leg(), entity, seat.callId);
    connect(seat.leg.get(), &ViewerLeg::pictured, this, [this, entity] {
        Seat* const seen = seatOf(entity);
        seen->failures = 0;
        setMedia(*seen, Participant::Sharing::Viewer);
    });
    connect(seat.leg.get(), &ViewerLeg::ended, this,
        [this, entity](const Error& error) { onViewerEnded(entity, error); });
    SessionDescription description = seat.leg->leg().localDescription();
    description.capabilities = clientCapabilities();
    m_calls.sendOffer(entity, seat.callId, description);
}

void SharingMeeting::offerLater(const QString& entity, int failures)
{
    const auto pause = kFirstPause * (1 << std::min(failures, kMaxDoublings));
    QTimer::singleShot(pause, this, [this, entity] {
        Seat* const seat = seatOf(entity);
        if (seat && mayOffer(*seat))
            offer(*seat);
    });
}

void SharingMeeting::onViewerEnded(const QString& entity, const Error& error)
{
    Seat* const seat = seatOf(entity);
    if (!seat || !seat->leg)
        return;
    // Whoever leaves says so in the call as well, perhaps a moment later.
    if (error.code() == ErrorCode::Gone)
        endViewer(*seat, std::nullopt);
    else
        endViewer(*seat, error);
    offerLater(entity, ++seat->failures);
}

void SharingMeeting::endViewer(Seat& seat, const std::optional<Error>& tell)
{
    if (!seat.leg)
        return;
    qCInfo(logSharing) << "A viewer's leg ended:" << (tell ? tell->toString() : QStringLiteral("left"));
    if (tell)
        m_calls.sendBye(seat.user.entity, seat.callId, tell->code(), tell->message());
    bury(std::move(seat.leg));
    --m_limits.legs;
    seat.callId.clear();
    setMedia(seat, Participant::Sharing::None);
}

void SharingMeeting::onBye(const QString& from, const QString& callId, const Error& reason)
{
    if (m_sharerLeg && callId == m_sharerCall && from == m_sharerPeer)
        return endSharer(std::nullopt);
    Seat* const seat = seatOf(from);
    if (!seat || (seat->leg && seat->callId != callId))
        return;
    endViewer(*seat, std::nullopt);
    if (isBreakage(reason.code()))
        offerLater(from, ++seat->failures);
    else
        seat->hasLeft = true;
}

void SharingMeeting::setMedia(Seat& seat, Participant::Sharing media)
{
    if (std::exchange(seat.media, media) != media)
        m_notify(SharingMedia{m_meetingId, seat.user.entity, media});
}

SharingMeeting::Seat* SharingMeeting::seatOf(const QString& entity)
{
    const auto found = m_seats.find(entity);
    return found == m_seats.end() ? nullptr : &found->second;
}

SharingMeeting::Seat* SharingMeeting::seatOf(std::uint32_t number)
{
    const auto found = std::ranges::find_if(
        m_seats, [number](const auto& entry) { return entry.second.user.number == number; });
    return found == m_seats.end() ? nullptr : &found->second;
}

void SharingMeeting::bury(std::unique_ptr<QObject> leg)
{
    leg->disconnect(this);
    m_buried.push_back(std::move(leg));
    QMetaObject::invokeMethod(
        this, [this] { m_buried.clear(); }, Qt::QueuedConnection);
}

int SharingMeeting::legs() const
{
    int count = m_sharerLeg ? 1 : 0;
    for (const auto& [entity, seat] : m_seats)
        count += (seat.leg ? 1 : 0) + (seat.guest ? 1 : 0);
    return count;
}

SharingConference SharingMeeting::describe() const
{
    SharingConference conference{m_meetingId, m_entity};
    for (const auto& [entity, seat] : m_seats) {
        conference.users.append(seat.user);
        if (seat.user.number == m_controller && m_controller != 0)
            conference.controller = entity;
    }
    conference.sharer = m_hasPicture ? m_sharer : QString();
    return conference;
}

} // namespace sightline
