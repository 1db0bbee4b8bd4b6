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

QByteArray requestText(const QByteArray& content, const QByteArray& attributes = "requestId=\"1\"")
{
    return "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" "
           "xmlns:ci=\"urn:ietf:params:xml:ns:conference-info\" "
           "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" C3PVersion=\"1\" "
        + attributes + ">" + content + "</request>";
}

QByteArray signIn(const QByteArray& displayName, const QByteArray& more = {})
{
    return requestText("<sl:signIn protocol=\"1\"><sl:display-name>" + displayName + "</sl:display-name>"
        + more + "</sl:signIn>");
}

QByteArray call(const QByteArray& body, const QByteArray& id = "c-1")
{
    return "<notify xmlns=\"urn:ietf:params:xml:ns:cccp\" xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" "
           "to=\"b\">"
           "<sl:call id=\""
        + id + "\">" + body + "</sl:call></notify>";
}

QByteArray roster(
    const QByteArray& content, const QByteArray& state = "full", const QByteArray& version = "1")
{
    return "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" "
           "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" "
           "entity=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\" state=\""
        + state + "\" version=\"" + version + "\">" + content + "</conference-info>";
}

QByteArray user(const QByteArray& entity, const QByteArray& more = "<display-text>x</display-text>")
{
    return "<user entity=\"" + entity + "\">" + more + "</user>";
}

QByteArray repeated(const QByteArray& text, int times)
{
    return text.repeated(times);
}

Participant ada()
{
    return {kAda, QStringLiteral("Ada <&> \"Lovelace\" \U0001F600"), Participant::Role::Presenter,
        Participant::Sharing::Sharer, {"remotefx", "planar"}};
}

Participant charles()
{
    return {
        kCharles, QStringLiteral("Charles"), Participant::Role::Attendee, Participant::Sharing::Viewer, {}};
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
    void rejects_data();
    void rejects();
    void ignoresWhatItDoesNotKnow();
    void readsSignInOfOtherVersions_data();
    void readsSignInOfOtherVersions();
    void saysWhoIsTooOld();
    void findsRequestId_data();
    void findsRequestId();
    void fullRosterOfTheLargestMeetingFits();
    void leavesOutWhatXmlCannotCarry();
    void refusesManyAttributesQuickly();
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
    for (const QByteArray& text : protocolExamples()) {
        const auto document = parseDocument(text);
        QVERIFY(document);
        if (const auto* request = std::get_if<Request>(&*document))
            requests.insert(request->body.index());
        else if (const auto* response = std::get_if<Response>(&*document))
            responses.insert(response->body.index());
        else if (const auto* callDocument = std::get_if<CallDocument>(&*document))
            calls.insert(callDocument->body.index());
        else
            states.insert(std::get<ConferenceInfo>(*document).state);
    }
    QCOMPARE(std::size_t(requests.size()), std::variant_size_v<Request::Body>);
    QCOMPARE(std::size_t(responses.size()), std::variant_size_v<Response::Body>);
    QCOMPARE(std::size_t(calls.size()), std::variant_size_v<CallDocument::Body>);
    QCOMPARE(states.size(), 3);
}

void TestDocuments::roundTrips_data()
{
    QTest::addColumn<Document>("document");
    const auto row = [](const char* name, Document document) { QTest::newRow(name) << document; };
    const QString odd = QStringLiteral("a<b>&\"c\" 'd' ]]> \u00e4\u4e2d\U0001F600");
    const QByteArray pin(32, '\x5a');
    row("sign in", Request{1, SignIn{kProtocolVersion, odd, odd, {"remotefx", "planar"}}});
    row("sign in, plain", Request{0xFFFFFFFF, SignIn{kProtocolVersion, {}, QStringLiteral("A"), {}}});
    row("add conference", Request{2, AddConference{odd}});
    row("add conference, no subject", Request{2, AddConference{}});
    row("add user", Request{3, AddUser{kMeeting, kAda}});
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
    row("full", ConferenceInfo{State::Full, kMeeting, 0xFFFFFFFF, odd, {ada(), charles()}, {}});
    row("full, empty", ConferenceInfo{State::Full, kMeeting, 0, QString(), {}, {}});
    row("partial", ConferenceInfo{State::Partial, kMeeting, 2, {}, {charles()}, {kAda}});
    row("partial, subject", ConferenceInfo{State::Partial, kMeeting, 2, odd, {}, {}});
    row("deleted", ConferenceInfo{State::Deleted, kMeeting, 2, {}, {}, {}});
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

void TestDocuments::rejects_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const QByteArray& text, ErrorCode code = ErrorCode::ParseFailed) {
        QTest::newRow(name) << text << code;
    };
    const QByteArray keys = "<conferenceKeys confEntity=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\"/>";
    const QByteArray join = "<addUser>" + keys + "<ci:user entity=\"a\"/></addUser>";
    QVERIFY(parseDocument(requestText(join)));

    row("nothing", "");
    row("not XML", "hello");
    row("NUL", QByteArray("\0\0\0\0", 4));
    row("only a declaration", "<?xml version=\"1.0\"?>");
    row("not UTF-8", requestText("\xff"));
    row("UTF-16", QByteArray("\xff\xfe<\0r\0/\0>\0", 10));
    row("two roots", requestText(join) + requestText(join));
    row("text after the root", requestText(join) + "x");
    row("DTD", "<!DOCTYPE request [<!ENTITY a \"b\">]>" + requestText(join));
    row("unknown entity", signIn("&boom;"));
    row("processing instruction", requestText("<?php x?>" + join));
    row("character that XML forbids", signIn("a&#1;b"));
    row("undeclared prefix", requestText("<zz:addUser/>"));

    row("other root", "<html/>", ErrorCode::UnknownDocument);
    row("root of another namespace", "<request requestId=\"1\"/>", ErrorCode::UnknownDocument);
    row("unknown command", requestText("<dance/>"), ErrorCode::UnknownDocument);
    row("command of another namespace", requestText("<ci:addUser/>"), ErrorCode::UnknownDocument);
    row("unknown call body", call("<sl:dance/>"), ErrorCode::UnknownDocument);
    row("unknown notify", "<notify xmlns=\"urn:ietf:params:xml:ns:cccp\" to=\"b\"><x/></notify>",
        ErrorCode::UnknownDocument);
    row("unknown and not well-formed", requestText("<dance>"));

    row("no requestId", requestText(join, ""));
    row("requestId 0", requestText(join, "requestId=\"0\""));
    row("requestId too large", requestText(join, "requestId=\"4294967296\""));
    row("requestId no number", requestText(join, "requestId=\"one\""));
    row("no command", requestText(""));
    row("two commands", requestText(join + join));

    row("sign in without protocol",
        requestText("<sl:signIn><sl:display-name>A</sl:display-name></sl:signIn>"));
    row("sign in without name", requestText("<sl:signIn protocol=\"1\"/>"));
    row("empty name", signIn("  \n "));
    row("name of 65", signIn(repeated("x", 65)));
    row("name with a line break", signIn("a\nb"));
    row("name with an override", signIn("a\u202Eb"));
    row("very long name", signIn(repeated("x", 513)), ErrorCode::TooLarge);
    row("bad capability", signIn("A", "<sl:capabilities>Ab</sl:capabilities>"));
    row("25 capabilities", signIn("A", "<sl:capabilities>" + repeated("a ", 25) + "</sl:capabilities>"));
    row("long product", requestText("<sl:signIn protocol=\"1\" product=\"" + repeated("x", 129) + "\"/>"),
        ErrorCode::TooLarge);

    row("addConference without content", requestText("<addConference/>"));
    row("long subject",
        requestText("<addConference><ci:conference-info><ci:conference-description><ci:subject>"
            + repeated("x", 129)
            + "</ci:subject></ci:conference-description></ci:conference-info></addConference>"));
    row("addUser without keys", requestText("<addUser><ci:user entity=\"a\"/></addUser>"));
    row("addUser without user", requestText("<addUser>" + keys + "</addUser>"));
    row("addUser of no meeting",
        requestText("<addUser><conferenceKeys confEntity=\"urn:sightline:meeting:short\"/><ci:user "
                    "entity=\"a\"/></addUser>"));
    row("entity with a space", requestText("<addUser>" + keys + "<ci:user entity=\"a b\"/></addUser>"));
    row("long entity",
        requestText("<addUser>" + keys + "<ci:user entity=\"" + repeated("a", 129) + "\"/></addUser>"));
    row("deleteUser without user",
        requestText("<deleteUser><userKeys "
                    "confEntity=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\"/></deleteUser>"));
    row("getConference without keys", requestText("<getConference/>"));
    const QByteArray mediaKeys
        = "<mediaKeys confEntity=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\" userEntity=\"a\"/>";
    row("media missing", requestText("<modifyEndpointMedia>" + mediaKeys + "</modifyEndpointMedia>"));
    row("media of another type",
        requestText("<modifyEndpointMedia>" + mediaKeys
            + "<ci:media><ci:type>audio</ci:type><ci:status>sendonly</ci:status></ci:media></"
              "modifyEndpointMedia>"));
    row("media with a bad status",
        requestText("<modifyEndpointMedia>" + mediaKeys
            + "<ci:media><ci:type>applicationsharing</ci:type><ci:status>x</ci:status></ci:media></"
              "modifyEndpointMedia>"));

    const QByteArray response = "<response xmlns=\"urn:ietf:params:xml:ns:cccp\" "
                                "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" requestId=\"1\" code=";
    row("response without code", QByteArray(response).replace("code=", "") + "><deleteUser/></response>");
    row("response with another code", response + "\"maybe\"><deleteUser/></response>");
    row("failure called success", response + "\"success\"><sl:failure code=\"busy\"/></response>");
    row("success called failure", response + "\"failure\"><deleteUser/></response>");
    row("failure without code", response + "\"failure\"><sl:failure/></response>");
    row("empty response", response + "\"success\"/>");

    row("call without to", QByteArray(call("<sl:bye code=\"gone\"/>")).replace(" to=\"b\"", ""));
    row("call without id", QByteArray(call("<sl:bye code=\"gone\"/>")).replace(" id=\"c-1\"", ""));
    row("call with a bad id", call("<sl:bye code=\"gone\"/>", "a b"));
    row("call with a long id", call("<sl:bye code=\"gone\"/>", repeated("a", 65)));
    row("call without body", call(""));
    row("bye without code", call("<sl:bye/>"));
    row("empty offer", call("<sl:offer/>"));
    row("offer of 16 KiB + 1", call("<sl:offer>" + repeated("x", 16 * 1024 + 1) + "</sl:offer>"),
        ErrorCode::TooLarge);
    row("offer of too many octets", call("<sl:offer>" + repeated("\u4e2d", 6000) + "</sl:offer>"),
        ErrorCode::TooLarge);
    row("no candidates", call("<sl:candidates>a=mid:1\n</sl:candidates>"));
    row("bad candidate", call("<sl:candidates>a=candidate:1 1 UDP x 10.0.0.1 5 typ host\n</sl:candidates>"));
    row("101 candidates",
        call("<sl:candidates>" + repeated("a=candidate:1 1 UDP 1 10.0.0.1 5 typ host\n", 101)
            + "</sl:candidates>"),
        ErrorCode::TooLarge);

    row("roster without entity",
        "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" version=\"1\"/>");
    row("roster without version", QByteArray(roster("")).replace(" version=\"1\"", ""));
    row("roster with another state", roster("", "half"));
    row("user without entity",
        roster("<users>" + QByteArray(user("a")).replace(" entity=\"a\"", "") + "</users>"));
    row("user without name", roster("<users>" + user("a", "") + "</users>"));
    row("user twice", roster("<users>" + user("a") + user("a") + "</users>"));
    row("user partial", roster("<users><user entity=\"a\" state=\"partial\"/></users>", "partial"));
    row("deleted user in full", roster("<users><user entity=\"a\" state=\"deleted\"/></users>"));
    row("deleted and there",
        roster("<users><user entity=\"a\" state=\"deleted\"/>" + user("a") + "</users>", "partial"));
    QByteArray crowd;
    for (int i = 0; i <= limits::kParticipants; ++i)
        crowd += user("u" + QByteArray::number(i));
    row("251 users", roster("<users>" + crowd + "</users>"), ErrorCode::TooLarge);

    row("17 deep", requestText(repeated("<a>", 16) + repeated("</a>", 16)), ErrorCode::TooLarge);
    row("long element name", requestText("<" + repeated("a", 129) + "/>"), ErrorCode::TooLarge);
    row("long attribute name", requestText("<a " + repeated("a", 129) + "=\"\"/>"), ErrorCode::TooLarge);
    row("long attribute", requestText("<a b=\"" + repeated("a", 1025) + "\"/>"), ErrorCode::TooLarge);
    row("more than 64 KiB", requestText(join) + repeated(" ", 64 * 1024), ErrorCode::TooLarge);
    row("too many elements in a roster", roster(repeated("<a/>", limits::kElements)), ErrorCode::TooLarge);
    row("more than 512 KiB", roster("") + repeated(" ", 512 * 1024), ErrorCode::TooLarge);
}

void TestDocuments::rejects()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    const auto document = parseDocument(text);
    QVERIFY(!document);
    QCOMPARE(stableCode(document.error().code()), stableCode(code));
    QVERIFY(!document.error().message().isEmpty());
    QVERIFY(document.error().message().size() < 512);
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

void TestDocuments::readsSignInOfOtherVersions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint32>("protocol");
    QTest::newRow("2, with a bad name")
        << signIn(repeated("x", 100)).replace("protocol=\"1\"", "protocol=\"2\"") << 2u;
    QTest::newRow("0") << requestText("<sl:signIn protocol=\"0\"/>") << 0u;
    QTest::newRow("large") << requestText("<sl:signIn protocol=\"4294967295\"><x><y/></x></sl:signIn>")
                           << 4294967295u;
    QTest::newRow("new siblings") << requestText("<hello/><sl:signIn protocol=\"3\"/><sl:more/>") << 3u;
    QTest::newRow("long product") << requestText("<sl:signIn protocol=\"3\" product=\"" + repeated("x", 500)
        + "\"/>") << 3u;
}

void TestDocuments::readsSignInOfOtherVersions()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, protocol);
    const auto document = parseDocument(text);
    QVERIFY2(document, document ? "" : qPrintable(document.error().message()));
    QCOMPARE(std::get<SignIn>(std::get<Request>(*document).body).protocol, protocol);
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

void TestDocuments::findsRequestId_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint32>("id");
    QTest::newRow("unknown command") << requestText("<dance/>", "requestId=\"77\"") << 77u;
    QTest::newRow("broken content") << requestText("<dance>", "requestId=\"77\"") << 77u;
    QTest::newRow("too large") << requestText(repeated("\u4e2d", 50000), "requestId=\"77\"") << 77u;
    QTest::newRow("cut inside a character")
        << requestText(repeated("\u4e2d", 50000), "requestId=\"7\"") << 7u;
    QTest::newRow("no number") << requestText("", "requestId=\"x\"") << 0u;
    QTest::newRow("none") << requestText("", "") << 0u;
    QTest::newRow("negative") << requestText("", "requestId=\"-1\"") << 0u;
    QTest::newRow("other root") << QByteArray("<a requestId=\"5\"/>") << 0u;
    QTest::newRow("notify") << call("") << 0u;
    QTest::newRow("garbage") << QByteArray("\xff\xfe\xfd") << 0u;
    QTest::newRow("nothing") << QByteArray() << 0u;
}

void TestDocuments::findsRequestId()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, id);
    QCOMPARE(requestIdOf(text), id);
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

void TestDocuments::refusesManyAttributesQuickly()
{
    // QXmlStreamReader compares each attribute with each other one: 80000 of them would take minutes.
    QByteArray many = "<conference-info";
    for (int i = 0; many.size() < limits::kRosterSize - 100; ++i)
        many += " a" + QByteArray::number(i) + "=''";
    many += "/>";
    const auto document = parseDocument(many);
    QVERIFY(!document);
    QCOMPARE(document.error().code(), ErrorCode::TooLarge);
}

QTEST_APPLESS_MAIN(TestDocuments)
#include "tst_documents.moc"
