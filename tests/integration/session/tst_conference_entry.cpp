#include "conference_stage.h"
#include "conversation_pair.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

using Person = ConferenceStage::Person;

} // namespace

/// Coming into a meeting, and having to leave it.
class TestConferenceEntry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPasscodeIsAskedFor();
    void whoIsInTheLobbyWaits();
    void whoIsRemovedIsTold();
};

void TestConferenceEntry::aPasscodeIsAskedFor()
{
    AddConference meeting;
    meeting.passcode = QStringLiteral("4711");
    ConferenceStage stage(meeting);
    Person& anna = stage.enter(QStringLiteral("Anna"));
    QVERIFY(stage.isIn(anna));
    Person& vera = stage.enter(QStringLiteral("Vera")); // who knows it
    QVERIFY(stage.isIn(vera));
    const MeetingLink link = stage.link();
    Conversation otto({.displayName = QStringLiteral("Otto"), .openCapture = {}});
    otto.setAsksPasscode(true);
    QSignalSpy required(&otto, &Conversation::passcodeRequired);
    otto.joinMeeting(link);
    QVERIFY(waitUntil([&] { return required.size() == 1; }));
    QVERIFY(!required[0][0].toBool());
    otto.enterPasscode(QStringLiteral("0815"));
    QVERIFY(waitUntil([&] { return required.size() == 2; }));
    QVERIFY(required[1][0].toBool());
    otto.enterPasscode(QStringLiteral("4711"));
    QVERIFY(waitUntil([&] { return otto.state() == Conversation::State::InMeeting; }));

    // Where nobody can be asked it is an end.
    Conversation script({.displayName = QStringLiteral("Script"), .openCapture = {}});
    std::vector<Error> ends;
    QObject::connect(
        &script, &Conversation::ended, this, [&ends](const Error& error) { ends.push_back(error); });
    script.joinMeeting(link);
    QVERIFY(waitUntil([&] { return !ends.empty(); }));
    QCOMPARE(ends.front().code(), ErrorCode::WrongPasscode);
}

void TestConferenceEntry::whoIsInTheLobbyWaits()
{
    AddConference meeting;
    meeting.settings.hasLobby = true;
    ConferenceStage stage(meeting);
    Person& anna = stage.enter(QStringLiteral("Anna"));
    QVERIFY(stage.isIn(anna));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(waitUntil([&] { return vera.talk->state() == Conversation::State::InLobby; }));
    QVERIFY(waitUntil([&] { return anna.talk->roster().state.lobby.size() == 1; }));
    QCOMPARE(anna.talk->roster().state.lobby.front().displayName, QStringLiteral("Vera"));
    anna.talk->moderation().letIn(anna.talk->roster().state.lobby.front().entity);
    QVERIFY(stage.isIn(vera));
    Person& otto = stage.enter(QStringLiteral("Otto"));
    std::vector<Error> ends;
    QObject::connect(
        otto.talk.get(), &Conversation::ended, this, [&ends](const Error& error) { ends.push_back(error); });
    QVERIFY(waitUntil([&] { return anna.talk->roster().state.lobby.size() == 1; }));
    anna.talk->moderation().turnAway(anna.talk->roster().state.lobby.front().entity);
    QVERIFY(waitUntil([&] { return !ends.empty(); }));
    QCOMPARE(ends.front().code(), ErrorCode::Declined);
    QCOMPARE(otto.talk->state(), Conversation::State::Idle);
}

void TestConferenceEntry::whoIsRemovedIsTold()
{
    ConferenceStage stage;
    Person& anna = stage.enter(QStringLiteral("Anna"));
    Person& vera = stage.enter(QStringLiteral("Vera"));
    QVERIFY(stage.isIn(anna) && stage.isIn(vera));
    std::vector<Error> ends;
    QObject::connect(
        vera.talk.get(), &Conversation::ended, this, [&ends](const Error& error) { ends.push_back(error); });
    QVERIFY(anna.talk->moderation().isOrganizer() && !vera.talk->moderation().isPresenter());
    anna.talk->moderation().remove(vera.talk->ownEntity());
    QVERIFY(waitUntil([&] { return !ends.empty(); }));
    QCOMPARE(ends.front().code(), ErrorCode::Removed);
    Person& otto = stage.enter(QStringLiteral("Otto"));
    QVERIFY(stage.isIn(otto));
    ends.clear();
    QObject::connect(
        otto.talk.get(), &Conversation::ended, this, [&ends](const Error& error) { ends.push_back(error); });
    anna.talk->moderation().endMeeting();
    QVERIFY(waitUntil([&] { return !ends.empty(); }));
    QCOMPARE(ends.front().code(), ErrorCode::Gone);
}

QTEST_GUILESS_MAIN(TestConferenceEntry)
#include "tst_conference_entry.moc"
