#include "tests/unit/conference/focus_fixture.h"

#include "core/conference/open_calls.h"
#include "core/conference/token_bucket.h"

using namespace sightline;
using namespace std::chrono_literals;

class TestFocusCalls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_f = std::make_unique<FocusFixture>(); }

    void refusesEverythingBeforeSignIn_data();
    void refusesEverythingBeforeSignIn();
    void forwardsCalls_data();
    void forwardsCalls();
    void callsOfNobody();
    void limitsCalls();
    void answersWhatItCannotRead_data();
    void answersWhatItCannotRead();
    void limitsDocuments();
    void unknownConnection();
    void bucket();
    void openCalls();

private:
    std::unique_ptr<FocusFixture> m_f;
};

void TestFocusCalls::refusesEverythingBeforeSignIn_data()
{
    QTest::addColumn<QByteArray>("document");
    const QString meeting = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");
    const QString user = QStringLiteral("urn:sightline:user:x");
    const auto row
        = [](const char* name, const Document& document) { QTest::newRow(name) << serialize(document); };
    row("addConference", Request{.id = 7, .body = AddConference{}});
    row("addUser", Request{.id = 7, .body = AddUser{.meetingId = meeting, .user = user}});
    row("deleteUser", Request{.id = 7, .body = DeleteUser{.meetingId = meeting, .user = user}});
    row("getConference", Request{.id = 7, .body = GetConference{.meetingId = meeting}});
    row("modifyEndpointMedia",
        Request{.id = 7, .body = ModifyEndpointMedia{.meetingId = meeting, .user = user}});
    row("call", CallDocument{.from = user, .to = user, .callId = QStringLiteral("c"), .body = CallBye{}});
}

void TestFocusCalls::refusesEverythingBeforeSignIn()
{
    QFETCH(QByteArray, document);
    m_f->focus.received(kAda, document, m_f->now);
    QCOMPARE(failure(m_f->wires.take(kAda)), ErrorCode::NotAllowed);
    QVERIFY(m_f->wires.signedInConnections.isEmpty());
}

void TestFocusCalls::forwardsCalls_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind < 4; ++kind)
        QTest::addRow("%d", kind) << kind;
}

void TestFocusCalls::forwardsCalls()
{
    QFETCH(int, kind);
    const QList<CallDocument::Body> bodies{CallOffer{.sdp = "v=0\nm=applicationsharing & more\n"},
        CallAnswer{.sdp = "v=0\n"},
        CallCandidates{
            .candidates = {"candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host"}, .endOfCandidates = true},
        CallBye{.code = ErrorCode::Declined, .text = QStringLiteral("no")}};
    m_f->meetingOf({kAda, kBob, kCyd});
    m_f->notify(kAda, m_f->entities[kBob], bodies[kind]);
    const auto call = only<CallDocument>(m_f->wires.take(kBob));
    QVERIFY(call);
    QCOMPARE(call->from, m_f->entities[kAda]); // and not what the sender claimed
    QCOMPARE(call->to, m_f->entities[kBob]);
    QCOMPARE(call->callId, QStringLiteral("c1"));
    QVERIFY(call->body == bodies[kind]);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
}

void TestFocusCalls::callsOfNobody()
{
    m_f->meetingOf({kAda, kBob});
    m_f->signIn(kCyd); // signed in, in no meeting
    const QStringList absent{
        m_f->entities[kCyd], m_f->entities[kAda], QStringLiteral("urn:sightline:user:nobody")};
    for (const QString& to : absent) {
        m_f->notify(kAda, to, CallOffer{.sdp = "v=0"});
        const auto bye = only<CallDocument>(m_f->wires.take(kAda));
        QVERIFY(bye);
        QCOMPARE(bye->from, to);
        QCOMPARE(bye->callId, QStringLiteral("c1"));
        QCOMPARE(std::get<CallBye>(bye->body).code, ErrorCode::Gone);
        m_f->notify(kAda, to, CallCandidates{.candidates = {"candidate:1 1 UDP 1 192.0.2.7 5 typ host"}});
        m_f->notify(kAda, to, CallBye{});
        QVERIFY(m_f->wires.take(kAda).isEmpty());
    }
    QVERIFY(m_f->wires.take(kCyd).isEmpty());
    m_f->notify(kCyd, m_f->entities[kAda], CallOffer{.sdp = "v=0"}); // from outside into the meeting
    QVERIFY(only<CallDocument>(m_f->wires.take(kCyd)));
    QVERIFY(m_f->wires.take(kAda).isEmpty());
}

void TestFocusCalls::limitsCalls()
{
    m_f->meetingOf({kAda, kBob});
    const auto offer = [&](const char* callId) {
        m_f->notify(kAda, m_f->entities[kBob], CallOffer{.sdp = "v=0"}, QString::fromLatin1(callId));
        return m_f->wires.take(kBob).size() == 1;
    };
    QVERIFY(offer("c1"));
    QVERIFY(offer("c2"));
    QVERIFY(offer("c1")); // a new offer in a call is no new call
    QVERIFY(!offer("c3"));
    const auto bye = only<CallDocument>(m_f->wires.take(kAda));
    QVERIFY(bye);
    QCOMPARE(std::get<CallBye>(bye->body).code, ErrorCode::Busy);
    m_f->notify(kBob, m_f->entities[kAda], CallBye{}, QStringLiteral("c2")); // the other side may end it too
    QVERIFY(offer("c3"));
    m_f->focus.closed(kBob, m_f->now);
    m_f->focus.opened(kBob, m_f->now);
    m_f->wires.take(kAda);
}

void TestFocusCalls::answersWhatItCannotRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<quint32>("id");
    QTest::newRow("empty") << QByteArray() << ErrorCode::ParseFailed << 0U;
    QTest::newRow("noise") << QByteArray("\x01\x02hello") << ErrorCode::ParseFailed << 0U;
    QTest::newRow("truncated") << serialize(Request{.id = 5, .body = AddConference{}}).chopped(20)
                               << ErrorCode::ParseFailed << 5U;
    QTest::newRow("unknown command") << QByteArray(
        "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" C3PVersion=\"1\" requestId=\"9\"><dance/></request>")
                                     << ErrorCode::UnknownDocument << 9U;
    QTest::newRow("unknown root") << QByteArray("<html/>") << ErrorCode::UnknownDocument << 0U;
    QTest::newRow("too large") << serialize(Request{.id = 6, .body = AddConference{}})
            + QByteArray(limits::kDocumentSize, ' ')
                               << ErrorCode::TooLarge << 6U;
    QTest::newRow("response") << serialize(Response{.id = 4, .body = DeleteUserResponse{}})
                              << ErrorCode::UnknownDocument << 4U;
    QTest::newRow("roster") << serialize(
        ConferenceInfo::full(Roster{.meetingId = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl"),
            .subject = {},
            .version = 1,
            .participants = {}}))
                            << ErrorCode::UnknownDocument << 0U;
}

void TestFocusCalls::answersWhatItCannotRead()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(quint32, id);
    m_f->meetingOf({kAda, kBob});
    m_f->focus.received(kAda, text, m_f->now);
    const auto answer = only<Response>(m_f->wires.take(kAda));
    QVERIFY(answer);
    QCOMPARE(answer->id, id);
    QVERIFY(std::holds_alternative<Failure>(answer->body));
    QCOMPARE(std::get<Failure>(answer->body).code, code);
    QVERIFY(m_f->wires.take(kBob).isEmpty());
    m_f->focus.receivedBinary(kAda, m_f->now);
    QCOMPARE(failure(m_f->wires.take(kAda)), ErrorCode::ParseFailed);
    QVERIFY(m_f->wires.closed.empty());
}

void TestFocusCalls::limitsDocuments()
{
    const QString meeting = m_f->meetingOf({kAda, kBob}); // three documents of Ada's
    for (int i = 0; i < 47; ++i)
        QVERIFY(!m_f->request(kAda, GetConference{.meetingId = meeting}).isEmpty());
    QCOMPARE(failure(m_f->request(kAda, GetConference{.meetingId = meeting})), ErrorCode::TooLarge);
    QCOMPARE(m_f->wires.closed.at(kAda), Focus::CloseReason::TooManyDocuments);
    QVERIFY(m_f->request(kAda, GetConference{.meetingId = meeting}).isEmpty());
    m_f->focus.receivedBinary(kAda, m_f->now);
    QVERIFY(m_f->wires.take(kAda).isEmpty());
    QVERIFY(!m_f->request(kBob, GetConference{.meetingId = meeting}).isEmpty()); // others do not suffer
    m_f->focus.closed(kAda, m_f->now);
    QCOMPARE(only<ConferenceInfo>(m_f->wires.take(kBob))->removed, QStringList{m_f->entities[kAda]});
}

void TestFocusCalls::unknownConnection()
{
    m_f->focus.received(99, "<x/>", m_f->now);
    m_f->focus.receivedBinary(99, m_f->now);
    m_f->focus.closed(99, m_f->now);
    QVERIFY(m_f->wires.take(99).isEmpty());
}

void TestFocusCalls::bucket()
{
    TokenBucket bucket(10, 20, m_f->now);
    QVERIFY(bucket.take(20, m_f->now));
    QVERIFY(!bucket.take(1, m_f->now));
    QVERIFY(bucket.take(5, m_f->now + 500ms));
    QVERIFY(!bucket.take(1, m_f->now + 500ms));
    bucket.giveBack(3);
    QVERIFY(bucket.take(3, m_f->now + 500ms));
    QVERIFY(!bucket.take(21, m_f->now + 1h)); // never more than the burst
    QVERIFY(bucket.take(20, m_f->now + 1h));
}

void TestFocusCalls::openCalls()
{
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    OpenCalls calls;
    QVERIFY(calls.open(a, QStringLiteral("1"), 2));
    QVERIFY(calls.open(b, QStringLiteral("1"), 2));
    QVERIFY(!calls.open(a, QStringLiteral("2"), 2));
    calls.close(a, QStringLiteral("2"));
    calls.close(QStringLiteral("c"), QStringLiteral("1"));
    QCOMPARE(calls.count(), 2);
    calls.close(a, QStringLiteral("1"));
    calls.close(a, QStringLiteral("1"));
    QCOMPARE(calls.count(), 1);
    calls.closeAll(b);
    QCOMPARE(calls.count(), 0);
}

QTEST_APPLESS_MAIN(TestFocusCalls)
#include "tst_focus_calls.moc"
