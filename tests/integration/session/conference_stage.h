#pragma once

#include "core/conference/conference_server.h"
#include "core/session/conversation.h"
#include "platform/synthetic/pattern_screen.h"
#include "tests/support/recording_injector.h"

#include <QTemporaryDir>
#include <map>

#include <memory>

namespace sightline {

/// People of one meeting on a server of their own, which also carries the picture. Each shares a synthetic
/// desktop when told to, and views without a question.
class ConferenceStage {
public:
    struct Person {
        std::shared_ptr<PatternScreen> screen;
        InjectorLog injector;
        std::unique_ptr<Conversation> talk;
        std::vector<Error> viewingEnds;
        std::vector<Error> sharingEnds;
    };

    explicit ConferenceStage(AddConference meeting = {});
    ~ConferenceStage();

    /// Comes in; the first one makes the meeting. `viewsUnasked`: sees whatever is shared.
    Person& enter(const QString& name, bool admitsAll = true, bool viewsUnasked = true);
    /// It is in the meeting.
    bool isIn(const Person& person) const;
    /// It sees what is shared, through the server.
    bool seesThroughServer(const Person& person) const;
    /// It sees exactly what this screen shows.
    bool sees(const Person& person, PatternScreen& screen) const;

    MeetingLink link() const { return *m_link; }

    QTemporaryDir serverData;
    std::unique_ptr<ConferenceServer> server;

private:
    MeetingLink address() const;

    const AddConference m_meeting;
    std::optional<MeetingLink> m_link;
    std::map<QString, std::unique_ptr<Person>> m_people;
};

} // namespace sightline
