#include "conference_stage.h"

#include "conversation_pair.h"
#include "platform/synthetic/pattern_capture.h"

#include <utility>

namespace sightline {

ConferenceStage::ConferenceStage(AddConference meeting)
    : m_meeting(std::move(meeting))
{
    ServerOptions options;
    options.port = 0;
    options.dataDirectory = serverData.path();
    if (auto started = ConferenceServer::start(options))
        server = std::move(started).value();
}

ConferenceStage::~ConferenceStage()
{
    m_people.clear();
}

MeetingLink ConferenceStage::address() const
{
    const QUrl local = server->localSignalingUrl();
    MeetingLink address;
    address.host = local.host();
    address.port = static_cast<quint16>(local.port(443));
    address.certificateFingerprint = server->fingerprint();
    return address;
}

ConferenceStage::Person& ConferenceStage::enter(const QString& name, bool admitsAll, bool viewsUnasked)
{
    auto made = std::make_unique<Person>();
    Person* const person = made.get();
    person->screen = std::make_shared<PatternScreen>(Size{320, 240});
    Conversation::Options options;
    options.displayName = name;
    options.openCapture = [screen = person->screen]() -> Result<std::unique_ptr<ScreenCapture>> {
        return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(screen));
    };
    options.openInjector
        = [person](InputInjector::Handlers handlers) { return person->injector.open(std::move(handlers)); };
    options.admitAll = admitsAll;
    options.acceptAll = viewsUnasked;
    person->talk = std::make_unique<Conversation>(std::move(options));
    Conversation* const talk = person->talk.get();
    QObject::connect(talk, &Conversation::viewingEnded, talk,
        [person](const Error& error) { person->viewingEnds.push_back(error); });
    QObject::connect(talk, &Conversation::sharingEnded, talk,
        [person](const Error& error) { person->sharingEnds.push_back(error); });
    m_people[name] = std::move(made);
    if (m_link) {
        talk->joinMeeting(*m_link, {}, m_meeting.passcode);
        return *person;
    }
    QObject::connect(talk, &Conversation::linkReady, talk, [this](const MeetingLink& link) {
        m_link = address();
        m_link->meetingId = link.meetingId;
    });
    talk->startMeeting(address(), m_meeting);
    waitUntil([this] { return m_link.has_value(); });
    return *person;
}

bool ConferenceStage::isIn(const Person& person) const
{
    return waitUntil([&] { return person.talk->state() == Conversation::State::InMeeting; });
}

bool ConferenceStage::seesThroughServer(const Person& person) const
{
    return waitUntil([&] {
        return person.talk->viewingState() == Conversation::ViewingState::Active
            && person.talk->isThroughServer() && !person.talk->isReconnecting();
    });
}

bool ConferenceStage::sees(const Person& person, PatternScreen& screen) const
{
    return waitUntil([&] {
        const Picture wanted = screen.picture();
        bool isSame = false;
        person.talk->remoteScreen().withPicture([&](const PictureView& seen) {
            isSame = seen.width == wanted.width() && seen.height == wanted.height();
            for (int y = 0; isSame && y < seen.height; ++y) {
                for (int x = 0; isSame && x < seen.width; ++x)
                    isSame = ((seen.row(y)[x] ^ wanted.row(y)[x]) & 0xFFFFFF) == 0;
            }
        });
        return isSame;
    });
}

} // namespace sightline
