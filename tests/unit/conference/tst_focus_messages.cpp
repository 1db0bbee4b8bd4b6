#include "tests/unit/conference/focus_fixture.h"

using namespace sightline;
using namespace std::chrono_literals;

namespace {

QList<ChatMessage> messages(const QList<Document>& documents)
{
    QList<ChatMessage> found;
    for (const Document& document : documents) {
        if (const auto* message = std::get_if<ChatMessage>(&document))
            found.append(*message);
    }
    return found;
}

} // namespace

/// What people write to each other in a meeting.
class TestFocusMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(); }

    void reachEverybodyInOrder();
    void areShownToThoseWhoJoinLater();
    void areForgottenWithTheLastParticipant();
    void areKeptWithinLimits();
    void areRefusedToStrangers();
    void areLimited();
    void cannotBeForged();

private:
    QList<Document> write(Focus::ConnectionId connection, const QString& text)
    {
        return m_f->request(connection, SendMessage{m_meeting, text});
    }

    std::unique_ptr<FocusFixture> m_f;
    QString m_meeting;
};

void TestFocusMessages::reachEverybodyInOrder()
{
    m_meeting = m_f->meetingOf({kAda, kBob});
    const auto answer = write(kAda, QStringLiteral("<b>one</b>"));
    QCOMPARE(answer.size(), 2);
    QVERIFY(std::holds_alternative<SendMessageResponse>(std::get<Response>(answer[0]).body));
    const ChatMessage own = std::get<ChatMessage>(answer[1]);
    QCOMPARE(own.text, QStringLiteral("<b>one</b>"));
    QCOMPARE(own.from, m_f->entities[kAda]);
    QCOMPARE(own.senderName, QStringLiteral("Person 1"));
    QCOMPARE(own.number, 1u);
    QVERIFY(own.time.isValid());
    const auto first = messages(m_f->wires.take(kBob));
    write(kBob, QStringLiteral("two"));
    const auto second = messages(m_f->wires.take(kAda));
    QCOMPARE(first.size(), 1);
    QVERIFY(first[0] == own);
    QCOMPARE(second.size(), 1);
    QCOMPARE(second[0].number, 2u);
}

void TestFocusMessages::areShownToThoseWhoJoinLater()
{
    m_meeting = m_f->meetingOf({kAda});
    write(kAda, QStringLiteral("one"));
    write(kAda, QStringLiteral("two"));
    m_f->signIn(kBob);
    const auto documents = m_f->join(kBob, m_meeting);
    QCOMPARE(documents.size(), 4); // response, roster, and then the messages
    QVERIFY(std::holds_alternative<ConferenceInfo>(documents[1]));
    const auto old = messages(documents);
    QCOMPARE(old.size(), 2);
    QCOMPARE(old[0].text, QStringLiteral("one"));
    QCOMPARE(old[1].number, 2u);
    // The sender's name stays with what it said.
    m_f->focus.closed(kAda, m_f->now);
    m_f->signIn(kCyd);
    QCOMPARE(messages(m_f->join(kCyd, m_meeting))[0].senderName, QStringLiteral("Person 1"));
}

void TestFocusMessages::areForgottenWithTheLastParticipant()
{
    m_meeting = m_f->meetingOf({kAda});
    write(kAda, QStringLiteral("one"));
    m_f->request(kAda, DeleteUser{m_meeting, m_f->entities[kAda]});
    QVERIFY(messages(m_f->join(kAda, m_meeting)).isEmpty());
    QCOMPARE(messages(write(kAda, QStringLiteral("two")))[0].number, 2u);
}

void TestFocusMessages::areKeptWithinLimits()
{
    m_meeting = m_f->meetingOf({kAda});
    m_f->signIn(kBob);
    for (int i = 1; i <= 250; ++i) {
        m_f->now += 1s;
        QCOMPARE(messages(write(kAda, QString::number(i))).size(), 1);
    }
    const auto last = messages(m_f->join(kBob, m_meeting));
    QCOMPARE(last.size(), limits::kKeptMessages);
    QCOMPARE(last.front().text, QStringLiteral("51"));
    QCOMPARE(last.back().number, 250u);
    for (int i = 0; i < 100; ++i) {
        m_f->now += 1s;
        write(kAda, QString(limits::kMessageSize, u'x'));
    }
    m_f->signIn(kCyd);
    QCOMPARE(messages(m_f->join(kCyd, m_meeting)).size(), limits::kKeptMessageSize / limits::kMessageSize);
}

void TestFocusMessages::areRefusedToStrangers()
{
    m_meeting = m_f->meetingOf({kAda});
    m_f->signIn(kBob);
    QCOMPARE(failure(write(kBob, QStringLiteral("x"))), ErrorCode::NotAllowed);
    QCOMPARE(failure(m_f->request(kAda, SendMessage{QString(22, u'x'), QStringLiteral("x")})),
        ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
}

void TestFocusMessages::areLimited()
{
    m_meeting = m_f->meetingOf({kAda, kBob});
    int taken = 0;
    while (failure(write(kAda, QStringLiteral("x"))) == ErrorCode::Cancelled)
        ++taken;
    QCOMPARE(taken, 30);
    QCOMPARE(failure(write(kAda, QStringLiteral("x"))), ErrorCode::TooOften);
    QCOMPARE(messages(m_f->wires.take(kBob)).size(), taken); // what was refused reached nobody
    QCOMPARE(failure(write(kBob, QStringLiteral("x"))), ErrorCode::Cancelled); // others go on
    m_f->now += 1s;
    QCOMPARE(failure(write(kAda, QStringLiteral("x"))), ErrorCode::Cancelled);
}

void TestFocusMessages::cannotBeForged()
{
    m_meeting = m_f->meetingOf({kAda, kBob});
    const ChatMessage forged{m_meeting, 9, m_f->entities[kBob], QStringLiteral("Person 2"),
        QDateTime::currentDateTimeUtc(), QStringLiteral("x")};
    m_f->focus.received(kAda, serialize(forged), m_f->now);
    QCOMPARE(failure(m_f->wires.take(kAda)), ErrorCode::UnknownDocument);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->focus.received(kAda, serialize(PresenceInfo{}), m_f->now);
    QCOMPARE(failure(m_f->wires.take(kAda)), ErrorCode::UnknownDocument);
}

QTEST_APPLESS_MAIN(TestFocusMessages)
#include "tst_focus_messages.moc"
