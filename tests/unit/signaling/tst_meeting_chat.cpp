#include "core/signaling/meeting_chat.h"
#include "tests/unit/signaling/signaling_scene.h"

using namespace sightline;

namespace {

ChatMessage message(quint32 number, const QString& text, const QString& meeting = TestFocus::meetingId())
{
    return {meeting, number, kAda, QStringLiteral("Ada"),
        QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC), text};
}

} // namespace

class TestMeetingChat : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatCannotBeSent();
    void sendsAndReceives();
    void keepsTheOrder();
    void handsBackWhatWasRefused();
    void handsBackWhatWasNotAnswered();
};

void TestMeetingChat::refusesWhatCannotBeSent()
{
    Scene scene;
    QCOMPARE(scene.client.chat().write(QStringLiteral("x")).error().code(), ErrorCode::NotAllowed);
    scene.join();
    QCOMPARE(scene.client.chat().write(QStringLiteral(" \n")).error().code(), ErrorCode::InvalidArgument);
    QCOMPARE(scene.client.chat().write(QString(4097, u'x')).error().code(), ErrorCode::InvalidArgument);
    QVERIFY(!scene.focus.lastRequest<SendMessage>());
}

void TestMeetingChat::sendsAndReceives()
{
    Scene scene;
    QSignalSpy received(&scene.client.chat(), &MeetingChat::received);
    QSignalSpy refused(&scene.client.chat(), &MeetingChat::refused);
    scene.join();
    QVERIFY(scene.client.chat().write(QStringLiteral(" <b>hi</b>\r\n")));
    QTRY_VERIFY(scene.focus.lastRequest<SendMessage>());
    QCOMPARE(scene.focus.lastRequest<SendMessage>()->text, QStringLiteral("<b>hi</b>"));
    QCOMPARE(scene.focus.lastRequest<SendMessage>()->meetingId, TestFocus::meetingId());
    scene.focus.send(message(1, QStringLiteral("<b>hi</b>")));
    QVERIFY(received.wait());
    QVERIFY(received[0][0].value<ChatMessage>() == message(1, QStringLiteral("<b>hi</b>")));
    scene.settle();
    scene.client.leaveMeeting();
    QTRY_VERIFY(scene.focus.lastRequest<DeleteUser>());
    QCOMPARE(refused.size(), 0); // it was answered
}

void TestMeetingChat::keepsTheOrder()
{
    Scene scene;
    QSignalSpy received(&scene.client.chat(), &MeetingChat::received);
    scene.join();
    scene.focus.send(message(5, QStringLiteral("five")));
    scene.focus.send(message(5, QStringLiteral("again")));
    scene.focus.send(message(4, QStringLiteral("four")));
    scene.focus.send(message(6, QStringLiteral("elsewhere"), QString(22, u'x')));
    scene.focus.send(message(7, QStringLiteral("seven")));
    QTRY_COMPARE(received.size(), 2);
    QCOMPARE(received[0][0].value<ChatMessage>().number, 5u);
    QCOMPARE(received[1][0].value<ChatMessage>().number, 7u);
}

void TestMeetingChat::handsBackWhatWasRefused()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        if (std::holds_alternative<SendMessage>(request.body))
            scene.fail(request, ErrorCode::TooOften);
        else
            scene.focus.answer(request);
    };
    QSignalSpy refused(&scene.client.chat(), &MeetingChat::refused);
    scene.join();
    QVERIFY(scene.client.chat().write(QStringLiteral("one")));
    QVERIFY(scene.client.chat().write(QStringLiteral("two")));
    QTRY_COMPARE(refused.size(), 2);
    QCOMPARE(refused[0][0].toString(), QStringLiteral("one"));
    QCOMPARE(refused[1][0].toString(), QStringLiteral("two"));
    QCOMPARE(static_cast<const Error*>(refused[0][1].constData())->code(), ErrorCode::TooOften);
    QCOMPARE(scene.requestFailed.size(), 0);
}

void TestMeetingChat::handsBackWhatWasNotAnswered()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        if (!std::holds_alternative<SendMessage>(request.body))
            scene.focus.answer(request);
    };
    QSignalSpy refused(&scene.client.chat(), &MeetingChat::refused);
    scene.join();
    QVERIFY(scene.client.chat().write(QStringLiteral("one")));
    QTRY_VERIFY(scene.focus.lastRequest<SendMessage>());
    scene.focus.socket()->abort();
    QVERIFY(refused.wait());
    QCOMPARE(refused[0][0].toString(), QStringLiteral("one"));
    QCOMPARE(static_cast<const Error*>(refused[0][1].constData())->code(), ErrorCode::ConnectionLost);
    // Until we are back, nothing is taken that would get lost.
    QCOMPARE(scene.client.chat().write(QStringLiteral("two")).error().code(), ErrorCode::ConnectionLost);
    QSignalSpy reconnected(&scene.client, &SignalingClient::reconnected);
    QVERIFY(reconnected.wait(20'000));
    QVERIFY(scene.client.chat().write(QStringLiteral("two")));
    QTRY_COMPARE(scene.focus.lastRequest<SendMessage>()->text, QStringLiteral("two"));
}

QTEST_GUILESS_MAIN(TestMeetingChat)
#include "tst_meeting_chat.moc"
