#include "core/conference/conference_store.h"

#include "tests/unit/conference/focus_fixture.h"

#include <QFile>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

using namespace sightline;

namespace {

ServerLimits storeLimits()
{
    ServerLimits limits = testLimits();
    limits.absence = std::chrono::seconds(30);
    limits.documentsBurst = 1000;
    return limits;
}

} // namespace

class TestConferenceStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_file = ConferenceStore::fileIn(m_directory->path());
    }

    void keepsWhatItIsGiven();
    void participantsComeBackAfterRestart();
    void passcodeAndKeyOutliveRestart();
    void holdsNoSecret();
    void auditLogTellsWhoDidWhat();
    void isForOneServerOnly();
    void refusesWhatItCannotUse_data();
    void refusesWhatItCannotUse();

private:
    std::unique_ptr<ConferenceStore> open()
    {
        auto store = ConferenceStore::open(m_file);
        return store ? *std::move(store) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
};

void TestConferenceStore::keepsWhatItIsGiven()
{
    StoredMeeting meeting{.id = QStringLiteral("m1"), .subject = QStringLiteral("S 'x' \u00e4")};
    meeting.settings = {true, MeetingSettings::Viewers::All, MeetingSettings::Presenters::Everyone, true};
    meeting.isLocked = true;
    meeting.passcodeHash = QByteArray(32, '\x01');
    meeting.keyHash = QByteArray(32, '\x02');
    meeting.creator = QStringLiteral("c");
    meeting.expiresAt = QDateTime::fromMSecsSinceEpoch(1'800'000'000'123, Qt::UTC);
    meeting.nextNumber = 9;
    meeting.sharingEntity = QStringLiteral("urn:x");
    const Participant participant{QStringLiteral("e"), QStringLiteral("N"), Participant::Role::Presenter,
        Participant::Sharing::Viewer, {"direct", "planar"}, 4, false};
    meeting.participants = {{participant, QByteArray(32, '\x03'), true, true}};
    {
        const auto store = open();
        QVERIFY(store && store->meetings().isEmpty());
        store->save({.id = QStringLiteral("m2"), .subject = {}});
        store->save(meeting);
        store->remove(QStringLiteral("m2"));
        store->save(meeting); // again changes nothing
    }
    const auto store = open();
    QCOMPARE(store->meetings().size(), 1);
    QVERIFY(store->meetings().first() == meeting);
}

void TestConferenceStore::participantsComeBackAfterRestart()
{
    QString meeting;
    QString ada;
    QString token;
    {
        const auto store = open();
        FocusFixture before(storeLimits(), store.get());
        const auto signedIn = response<SignInResponse>(
            before.request(kAda, FocusFixture::signInDocument(QStringLiteral("Ada"))));
        ada = before.entities[kAda] = signedIn->entity;
        token = signedIn->resume;
        before.signIn(kBob);
        meeting = before.createMeeting(kAda);
        before.join(kAda, meeting);
        before.join(kBob, meeting);
        before.request(kAda, ModifyEndpointMedia{meeting, ada, Participant::Sharing::Sharer});
        QVERIFY(before.focus.hasChanges());
        before.focus.saveChanges();
        QVERIFY(!before.focus.hasChanges());
    }
    const auto store = open();
    FocusFixture after(storeLimits(), store.get());
    after.focus.restore(store->meetings(), after.now);
    QCOMPARE(after.focus.participantCount(), std::size_t(2));
    SignIn signIn = FocusFixture::signInDocument(QStringLiteral("Somebody else"));
    signIn.resume = QStringLiteral("stolen or guessed");
    QVERIFY(!response<SignInResponse>(after.request(kCyd, signIn))->isResumed);
    signIn.resume = token;
    signIn.received = 3;
    const auto documents = after.request(kAda, signIn);
    const auto answer = response<SignInResponse>(documents);
    QVERIFY(answer && answer->isResumed && answer->entity == ada);
    const auto roster = only<ConferenceInfo>(documents);
    QVERIFY(roster && roster->users.size() == 2);
    QVERIFY(roster->users.first().role == Participant::Role::Presenter);
    QVERIFY(roster->users.first().sharing == Participant::Sharing::Sharer);
    QCOMPARE(roster->users.last().number, 2u);
    // Who does not come back is gone after the usual time, and numbers go on.
    after.now += std::chrono::seconds(31);
    after.focus.removeExpired(after.now);
    QCOMPARE(after.focus.participantCount(), std::size_t(1));
    after.entities[kCyd]
        = response<SignInResponse>(after.request(kBob, FocusFixture::signInDocument(QStringLiteral("New"))))
              ->entity;
    const auto joined
        = only<ConferenceInfo>(after.request(kBob, AddUser{meeting, after.entities[kCyd], {}, {}}));
    QVERIFY(joined && joined->users.last().number == 3u);
}

void TestConferenceStore::passcodeAndKeyOutliveRestart()
{
    QString meeting;
    QString key;
    {
        const auto store = open();
        FocusFixture before(storeLimits(), store.get());
        before.signIn(kAda);
        const auto created = response<AddConferenceResponse>(
            before.request(kAda, AddConference{.subject = {}, .passcode = QStringLiteral("4711")}));
        meeting = created->meetingId;
        key = created->organizerKey;
        before.focus.saveChanges();
    }
    const auto store = open();
    FocusFixture after(storeLimits(), store.get());
    after.focus.restore(store->meetings(), after.now);
    const QString ada = after.signIn(kAda);
    const QString bob = after.signIn(kBob);
    QCOMPARE(failure(after.request(kBob, AddUser{meeting, bob, QStringLiteral("0"), {}})),
        ErrorCode::WrongPasscode);
    QVERIFY(
        response<AddUserResponse>(after.request(kBob, AddUser{meeting, bob, QStringLiteral("4711"), {}})));
    const auto organizer = response<AddUserResponse>(after.request(kAda, AddUser{meeting, ada, {}, key}));
    QVERIFY(organizer && organizer->role == Participant::Role::Presenter);
}

void TestConferenceStore::holdsNoSecret()
{
    const QString passcode = QStringLiteral("a passcode to look for");
    QString key;
    QString token;
    {
        const auto store = open();
        FocusFixture fixture(storeLimits(), store.get());
        const auto signedIn = response<SignInResponse>(
            fixture.request(kAda, FocusFixture::signInDocument(QStringLiteral("Ada"))));
        token = signedIn->resume;
        fixture.entities[kAda] = signedIn->entity;
        const auto created = response<AddConferenceResponse>(
            fixture.request(kAda, AddConference{.subject = {}, .passcode = passcode}));
        key = created->organizerKey;
        fixture.join(kAda, created->meetingId);
        fixture.focus.saveChanges();
    }
    QByteArray all;
    for (const QString& name : {m_file, m_file + QStringLiteral("-wal")}) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    QVERIFY(all.contains("conferences"));
    for (const QString& secret : {passcode, key, token})
        QVERIFY(!all.contains(secret.toUtf8()));
    QVERIFY((QFile::permissions(m_file) & (QFile::ReadGroup | QFile::ReadOther)) == 0);
}

void TestConferenceStore::auditLogTellsWhoDidWhat()
{
    QString meeting;
    {
        const auto store = open();
        FocusFixture fixture(storeLimits(), store.get());
        fixture.wires.sharing = 1;
        meeting = fixture.meetingOf({kAda, kBob, kCyd});
        fixture.request(
            kAda, ModifyEndpointMedia{meeting, fixture.entities[kAda], Participant::Sharing::Sharer});
        fixture.focus.sharingNotified(1, SharingController{meeting, fixture.entities[kBob]}, fixture.now);
        fixture.request(kAda, DeleteUser{meeting, fixture.entities[kCyd]});
        fixture.createMeeting(kBob); // another one
    }
    const auto entries = ConferenceStore::auditLog(m_file, meeting);
    QVERIFY(entries);
    QStringList events;
    for (const AuditEntry& entry : *entries) {
        events.append(entry.event);
        QCOMPARE(entry.meetingId, meeting);
        QVERIFY(entry.time.isValid());
    }
    QCOMPARE(events.join(u','),
        QStringLiteral("created,joined,joined,joined,shared,uses server,controls,removed"));
    QCOMPARE(entries->at(6).displayName, QStringLiteral("Person 2"));
    const auto all = ConferenceStore::auditLog(m_file, {});
    QVERIFY(all && all->size() > entries->size());
    QVERIFY(!ConferenceStore::auditLog(m_directory->filePath(QStringLiteral("none")), {}));
}

void TestConferenceStore::isForOneServerOnly()
{
    const auto first = open();
    QVERIFY(first);
    const auto second = ConferenceStore::open(m_file);
    QVERIFY(!second);
    QCOMPARE(second.error().code(), ErrorCode::Busy);
}

void TestConferenceStore::refusesWhatItCannotUse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isDirectory");
    QTest::newRow("no database") << QByteArray(8192, 'x') << false;
    QTest::newRow("half a header") << QByteArray("SQLite format 3\0garbage garbage garbage", 40).repeated(20)
                                   << false;
    QTest::newRow("a folder") << QByteArray() << true;
}

void TestConferenceStore::refusesWhatItCannotUse()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isDirectory);
    if (isDirectory) {
        QVERIFY(QDir().mkpath(m_file));
    } else {
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const auto store = ConferenceStore::open(m_file);
    QVERIFY(!store);
    QCOMPARE(store.error().code(), ErrorCode::FileFailed);
    QVERIFY2(store.error().message().contains(m_file), qPrintable(store.error().message()));
}

QTEST_GUILESS_MAIN(TestConferenceStore)
#include "tst_conference_store.moc"
