#include "tests/unit/conference/focus_fixture.h"

#include <QTest>

using namespace sightline;

/// How conferences are over: ended, expired, or left by those who could have presented.
class TestConferenceEnds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(testLimits()); }

    void organizerEnds();
    void expires();
    void endsWithoutPresenters();

private:
    QList<Document> join(Focus::ConnectionId who, const QString& meeting)
    {
        return m_f->request(who, AddUser{meeting, m_f->entities[who], {}, {}});
    }

    std::unique_ptr<FocusFixture> m_f;
};

void TestConferenceEnds::organizerEnds()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    QVERIFY(response<DeleteConferenceResponse>(m_f->request(kAda, DeleteConference{meeting})));
    const auto over = only<ConferenceInfo>(m_f->wires.take(kBob));
    QVERIFY(over && over->state == ConferenceInfo::State::Deleted && over->reason == ErrorCode::Gone);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QCOMPARE(failure(join(kBob, meeting)), ErrorCode::NotFound);
    QVERIFY(!m_f->createMeeting(kBob).isEmpty()); // it is free again
}

void TestConferenceEnds::expires()
{
    m_f->signIn(kAda);
    const auto answer
        = response<AddConferenceResponse>(m_f->request(kAda, AddConference{.subject = {}, .expiresIn = 60}));
    QVERIFY(answer);
    join(kAda, answer->meetingId);
    m_f->now += std::chrono::seconds(59);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(1));
    m_f->now += std::chrono::seconds(1);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QVERIFY(only<ConferenceInfo>(m_f->wires.take(kAda)));
}

void TestConferenceEnds::endsWithoutPresenters()
{
    const QString meeting = m_f->meetingOf({kAda, kBob});
    m_f->request(kAda, DeleteUser{meeting, m_f->entities[kAda]});
    m_f->wires.take(kBob);
    m_f->now += std::chrono::minutes(9);
    m_f->focus.removeExpired(m_f->now);
    join(kAda, meeting); // in time
    m_f->now += std::chrono::minutes(9);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(1));
    m_f->request(kAda, DeleteUser{meeting, m_f->entities[kAda]});
    m_f->wires.take(kBob);
    m_f->now += std::chrono::minutes(10);
    m_f->focus.removeExpired(m_f->now);
    QCOMPARE(m_f->focus.meetingCount(), std::size_t(0));
    QVERIFY(only<ConferenceInfo>(m_f->wires.take(kBob)));
}

QTEST_GUILESS_MAIN(TestConferenceEnds)
#include "tst_conference_ends.moc"
