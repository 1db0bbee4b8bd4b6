#include "core/signaling/documents.h"
#include "core/signaling/limits.h"
#include "tests/unit/signaling/protocol_examples.h"

#include <QTest>

using namespace sightline;

Q_DECLARE_METATYPE(sightline::Document)

namespace {

const QString kMeeting = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");
const QString kAda = QStringLiteral("urn:sightline:user:5pX2");
const QString kCharles = QStringLiteral("urn:sightline:user:9kQz");

Participant ada()
{
    return {kAda, QStringLiteral("Ada <&> \"Lovelace\" \U0001F600"), Participant::Role::Presenter,
        Participant::Sharing::Sharer, {"remotefx", "planar"}, 7, false};
}

Participant charles()
{
    return {
        kCharles, QStringLiteral("Charles"), Participant::Role::Attendee, Participant::Sharing::Viewer, {}};
}

MeetingState busyState()
{
    const MeetingSettings settings{
        true, MeetingSettings::Viewers::All, MeetingSettings::Presenters::Everyone, true};
    return {QStringLiteral("urn:sightline:sharing:x"), kCharles, true, settings,
        {{QStringLiteral("urn:sightline:user:g"), QStringLiteral("<G>")}}};
}

} // namespace

class TestDocuments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void examples_data();
    void examples();
    void exampleTruncations_data() { examples_data(); }
    void exampleTruncations();
    void exampleKinds();
    void roundTrips_data();
    void roundTrips();
    void roundTripsOfPeople_data();
    void roundTripsOfPeople() { roundTrips(); }
    void longestPresenceFits();
    void ignoresWhatItDoesNotKnow();
    void saysWhoIsTooOld();
    void fullRosterOfTheLargestMeetingFits();
    void leavesOutWhatXmlCannotCarry();
};

void TestDocuments::examples_data()
{
    QTest::addColumn<QByteArray>("text");
    const QList<QByteArray> examples = protocolExamples();
    QVERIFY(examples.size() >= 20);
    for (qsizetype i = 0; i < examples.size(); ++i)
        QTest::addRow("example %lld", static_cast<long long>(i)) << examples[i];
}

void TestDocuments::examples()
{
    QFETCH(QByteArray, text);
    const auto document = parseDocument(text);
    QVERIFY2(document, document ? "" : qPrintable(document.error().toString()));
    const QByteArray again = serialize(*document);
    const auto second = parseDocument(again);
    QVERIFY2(second, again.constData());
    QVERIFY(*second == *document);
}

void TestDocuments::exampleTruncations()
{
    QFETCH(QByteArray, text);
    const QByteArray whole = text.trimmed();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto document = parseDocument(whole.first(size));
        QVERIFY2(!document, whole.first(size).constData());
        QCOMPARE(document.error().code(), ErrorCode::ParseFailed);
        QVERIFY(!document.error().message().isEmpty());
    }
}

void TestDocuments::exampleKinds()
{
    // Every kind of document and body has its example.
    QSet<std::size_t> requests;
    QSet<std::size_t> responses;
    QSet<std::size_t> calls;
    QSet<ConferenceInfo::State> states;
    QSet<std::size_t> invitations;
    QSet<PresenceInfo::State> presences;
    bool hasMessage = false;
    for (const QByteArray& text : protocolExamples()) {
        const auto document = parseDocument(text);
        QVERIFY(document);
        if (const auto* request = std::get_if<Request>(&*document))
            requests.insert(request->body.index());
        else if (const auto* response = std::get_if<Response>(&*document))
            responses.insert(response->body.index());
        else if (const auto* callDocument = std::get_if<CallDocument>(&*document))
            calls.insert(callDocument->body.index());
        else if (const auto* info = std::get_if<ConferenceInfo>(&*document))
            states.insert(info->state);
        else if (const auto* invitation = std::get_if<InvitationDocument>(&*document))
            invitations.insert(invitation->body.index());
        else if (const auto* presence = std::get_if<PresenceInfo>(&*document))
            presences.insert(presence->state);
        else
            hasMessage = std::holds_alternative<ChatMessage>(*document);
    }
    QCOMPARE(std::size_t(requests.size()), std::variant_size_v<Request::Body>);
    QCOMPARE(std::size_t(responses.size()), std::variant_size_v<Response::Body>);
    QCOMPARE(std::size_t(calls.size()), std::variant_size_v<CallDocument::Body>);
    QCOMPARE(states.size(), 3);
    QCOMPARE(std::size_t(invitations.size()), std::variant_size_v<InvitationDocument::Body>);
    QCOMPARE(presences.size(), 2);
    QVERIFY(hasMessage);
}

void TestDocuments::roundTrips_data()
{
    QTest::addColumn<Document>("document");
    const auto row = [](const char* name, Document document) { QTest::newRow(name) << document; };
    const QString odd = QStringLiteral("a<b>&\"c\" 'd' ]]> \u00e4\u4e2d\U0001F600");
    const QByteArray pin(32, '\x5a');
    row("sign in", Request{1, SignIn{kProtocolVersion, odd, odd, {"remotefx", "planar"}}});
    row("sign in, coming back",
        Request{7,
            SignIn{kProtocolVersion, {}, QStringLiteral("A"), {}, QStringLiteral("token"), 4'294'967'295}});
    row("sign in, plain", Request{0xFFFFFFFF, SignIn{kProtocolVersion, {}, QStringLiteral("A"), {}}});
    row("add conference", Request{2, AddConference{odd}});
    row("add conference, no subject", Request{2, AddConference{}});
    row("add user", Request{3, AddUser{kMeeting, kAda}});
    const MeetingSettings settings{
        true, MeetingSettings::Viewers::All, MeetingSettings::Presenters::Everyone};
    row("add conference, settings", Request{2, AddConference{odd, settings, odd, limits::kLongestExpiry}});
    row("add user, secrets", Request{3, AddUser{kMeeting, kAda, odd, QStringLiteral("key")}});
    row("end", Request{4, DeleteConference{kMeeting}});
    row("modify nothing", Request{4, ModifyConference{kMeeting}});
    row("modify all",
        Request{4, ModifyConference{kMeeting, true, false, MeetingSettings::Viewers::Ask, QString()}});
    row("make presenter", Request{4, ModifyUserRoles{kMeeting, kAda, Participant::Role::Presenter}});
    row("admit", Request{4, AdmitUser{kMeeting, kAda, true}});
    row("let see", Request{4, AllowView{kMeeting, kAda, false}});
    row("mute control", Request{4, AllowControl{kMeeting, kAda, true}});
    row("end sharing", Request{4, EndSharing{kMeeting}});
    row("use server", Request{4, UseServer{kMeeting}});
    row("delete user", Request{4, DeleteUser{kMeeting, kAda}});
    row("get conference", Request{5, GetConference{kMeeting}});
    row("share", Request{6, ModifyEndpointMedia{kMeeting, kAda, Participant::Sharing::Sharer}});
    row("view", Request{6, ModifyEndpointMedia{kMeeting, kAda, Participant::Sharing::Viewer}});
    row("neither", Request{6, ModifyEndpointMedia{kMeeting, kAda, Participant::Sharing::None}});

    row("signed in", Response{1, SignInResponse{kAda, 7, QStringLiteral("Sightline/7")}});
    row("created", Response{2, AddConferenceResponse{kMeeting, odd, {}}});
    row("created, link",
        Response{2,
            AddConferenceResponse{
                kMeeting, odd, MeetingLink{QStringLiteral("fe80::1"), 8443, kMeeting, pin}}});
    row("joined", Response{3, AddUserResponse{kMeeting, kAda, Participant::Role::Presenter}});
    row("created, key", Response{2, AddConferenceResponse{kMeeting, odd, {}, QStringLiteral("key")}});
    row("joined, relays",
        Response{3,
            AddUserResponse{kMeeting, kAda, Participant::Role::Attendee,
                {{QStringLiteral("turn:t:1?transport=udp"), odd, odd}, {QStringLiteral("stun:s"), {}, {}}}}});
    row("waiting", Response{3, AddUserPending{kMeeting}});
    row("left", Response{4, DeleteUserResponse{}});
    row("asked", Response{5, GetConferenceResponse{}});
    row("modified", Response{6, ModifyEndpointMediaResponse{}});
    row("failed", Response{0, Failure{ErrorCode::NotFound, odd, Failure::Update::None, 0, {}}});
    row("version", Response{1, Failure::versionMismatch(9, QStringLiteral("Sightline/1"))});

    row("offer", CallDocument{kAda, kCharles, QStringLiteral("c-1"), CallOffer{"v=0\n<&>\n"}});
    row("answer", CallDocument{{}, kCharles, QStringLiteral("c-1"), CallAnswer{" \nv=0\n"}});
    row("candidates",
        CallDocument{kAda, kCharles, QStringLiteral("c-1"),
            CallCandidates{{"candidate:1 1 UDP 1 10.0.0.1 5 typ host",
                               "candidate:2 1 TCP 1 ::1 9 typ host tcptype active"},
                false}});
    row("end of candidates", CallDocument{kAda, kCharles, QStringLiteral("c-1"), CallCandidates{{}, true}});
    row("bye", CallDocument{kAda, kCharles, QStringLiteral("c-1"), CallBye{ErrorCode::Declined, odd}});
    row("bye, silent", CallDocument{kAda, kCharles, QStringLiteral("c-1"), CallBye{ErrorCode::Busy, {}}});

    using State = ConferenceInfo::State;
    row("full",
        ConferenceInfo{State::Full, kMeeting, 0xFFFFFFFF, odd, {ada(), charles()}, {}, MeetingState()});
    row("full, busy", ConferenceInfo{State::Full, kMeeting, 1, odd, {ada()}, {}, busyState()});
    row("full, empty", ConferenceInfo{State::Full, kMeeting, 0, QString(), {}, {}, MeetingState()});
    row("partial", ConferenceInfo{State::Partial, kMeeting, 2, {}, {charles()}, {kAda}});
    row("partial, subject", ConferenceInfo{State::Partial, kMeeting, 2, odd, {}, {}});
    row("partial, state", ConferenceInfo{State::Partial, kMeeting, 2, {}, {}, {}, busyState()});
    row("removed", ConferenceInfo{State::Deleted, kMeeting, 2, {}, {}, {}, {}, ErrorCode::Removed});
    row("deleted", ConferenceInfo{State::Deleted, kMeeting, 2, {}, {}, {}});
}

void TestDocuments::roundTripsOfPeople_data()
{
    QTest::addColumn<Document>("document");
    const auto row = [](const char* name, Document document) { QTest::newRow(name) << document; };
    const QString odd = QStringLiteral("a<b>&\"c\" 'd' ]]> \u00e4\u4e2d\U0001F600");
    const QString id = QStringLiteral("i-1");
    const Person seen{kAda, odd, Person::Availability::Available};
    const Person busy{kCharles, QStringLiteral("C"), Person::Availability::InMeeting};
    row("available", Request{7, SetPresence{Person::Availability::Available}});
    row("in a meeting", Request{7, SetPresence{Person::Availability::InMeeting}});
    row("get presence", Request{8, GetPresence{}});
    row("send", Request{9, SendMessage{kMeeting, odd}});
    row("send lines", Request{9, SendMessage{kMeeting, QStringLiteral("a\n\n\tb  c")}});
    row("send the longest", Request{9, SendMessage{kMeeting, QString(limits::kMessageSize, u'&')}});
    row("seen", Response{7, SetPresenceResponse{}});
    row("listed", Response{8, GetPresenceResponse{}});
    row("sent", Response{9, SendMessageResponse{}});
    row("too often", Response{9, Failure{ErrorCode::TooOften, odd, Failure::Update::None, 0, {}}});

    using State = PresenceInfo::State;
    row("people", PresenceInfo{State::Full, 0xFFFFFFFF, {seen, busy}, {}});
    row("nobody", PresenceInfo{State::Full, 0, {}, {}});
    row("one came, one went", PresenceInfo{State::Partial, 3, {busy}, {kAda}});

    row("invite",
        InvitationDocument{kAda, kCharles, id,
            Invite{
                kMeeting, odd, odd, MeetingLink{QStringLiteral("h"), 8443, kMeeting, QByteArray(32, 'p')}}});
    row("invite, as sent", InvitationDocument{{}, kCharles, id, Invite{kMeeting, {}, {}, {}}});
    row("accept", InvitationDocument{kCharles, kAda, id, InviteAccept{kCharles}});
    row("decline", InvitationDocument{kCharles, kAda, id, InviteDecline{ErrorCode::Busy, odd}});
    row("cancel", InvitationDocument{kAda, kCharles, id, InviteCancel{ErrorCode::Timeout, {}}});

    const QDateTime time(QDate(2026, 2, 28), QTime(23, 59, 59, 7), Qt::UTC);
    row("message", ChatMessage{kMeeting, 0xFFFFFFFF, kAda, odd, time, odd});
}

void TestDocuments::roundTrips()
{
    QFETCH(Document, document);
    const QByteArray text = serialize(document);
    const auto parsed = parseDocument(text);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message()));
    QVERIFY2(*parsed == document, text.constData());
    QCOMPARE(serialize(*parsed), text);
    if (const auto* each = std::get_if<Request>(&document))
        QCOMPARE(requestIdOf(text), each->id);
}

void TestDocuments::ignoresWhatItDoesNotKnow()
{
    // Next to, inside and around everything known, in namespaces known and unknown.
    for (const QByteArray& example : protocolExamples()) {
        const auto plain = parseDocument(example);
        QVERIFY(plain);
        const bool isRoster = example.startsWith("<conference-info");
        QByteArray extended = example;
        extended.replace(" xmlns=", " xmlns:fut=\"urn:future\" fut:mood=\"good\" future=\"1\" xmlns=");
        if (isRoster) {
            extended.replace("<users ", "<fut:news><a><b/></a>text</fut:news><news/><users ");
            extended.replace("<user ", "<fut:user/><user mood=\"good\" ");
        }
        extended.replace("</sl:signIn>", "<sl:mood>good</sl:mood></sl:signIn>");
        extended.replace("</addUser>", "<fut:mood/><mood/></addUser>");
        extended.replace("</response>", "<fut:mood/></response>");
        const auto document = parseDocument(extended);
        QVERIFY2(
            document, document ? "" : qPrintable(document.error().message() + QString::fromUtf8(extended)));
        QVERIFY2(*document == *plain, extended.constData());
    }
}

void TestDocuments::saysWhoIsTooOld()
{
    const QString product = QStringLiteral("Sightline/1.0");
    QVERIFY(Failure::versionMismatch(kProtocolVersion + 1, product).update == Failure::Update::Server);
    const Failure older = Failure::versionMismatch(kProtocolVersion - 1, product);
    QVERIFY(older.update == Failure::Update::Client);
    QCOMPARE(older.protocol, kProtocolVersion);
    QVERIFY(older.text.contains(QStringLiteral("update the client")));
}

void TestDocuments::fullRosterOfTheLargestMeetingFits()
{
    Roster largest{kMeeting, QString(limits::kSubjectLength, u'&'), 4294967295u, {}};
    for (int i = 0; i < limits::kParticipants; ++i) {
        Participant each = ada();
        each.entity = QStringLiteral("%1").arg(i, int(limits::kEntityLength), 10, QLatin1Char('0'));
        each.displayName = QString(limits::kDisplayNameLength, u'"');
        each.capabilities.clear();
        for (int n = 0; n < limits::kCapabilities; ++n)
            each.capabilities.append(QByteArray(limits::kCapabilityLength, 'c'));
        largest.participants.append(each);
    }
    const QByteArray text = serialize(ConferenceInfo::full(largest));
    const auto document = parseDocument(text);
    QVERIFY2(document, document ? "" : qPrintable(document.error().message()));
    QVERIFY(std::get<ConferenceInfo>(*document) == ConferenceInfo::full(largest));
}

void TestDocuments::longestPresenceFits()
{
    PresenceInfo longest;
    for (int i = 0; i < limits::kPeople; ++i) {
        const QString number = QStringLiteral("%1").arg(i, 32, 10, QLatin1Char('0'));
        longest.people.append({QStringLiteral("urn:sightline:user:") + number,
            QString(limits::kDisplayNameLength, u'"'), Person::Availability::InMeeting});
    }
    const auto document = parseDocument(serialize(longest));
    QVERIFY2(document, document ? "" : qPrintable(document.error().message()));
    QVERIFY(std::get<PresenceInfo>(*document) == longest);
}

void TestDocuments::leavesOutWhatXmlCannotCarry()
{
    QString text = QStringLiteral("a");
    text += QChar(0x0);
    text += QChar(0x1b);
    text += QChar(0xd800);
    text += QChar(0xfffe);
    text += QStringLiteral("b");
    const auto document = parseDocument(
        serialize(CallDocument{kAda, kCharles, QStringLiteral("c"), CallBye{ErrorCode::Gone, text}}));
    QVERIFY(document);
    QCOMPARE(std::get<CallBye>(std::get<CallDocument>(*document).body).text, QStringLiteral("ab"));
}

QTEST_APPLESS_MAIN(TestDocuments)
#include "tst_documents.moc"
