#include "core/signaling/documents.h"
#include "core/signaling/limits.h"
#include "tests/unit/signaling/document_texts.h"

#include <QTest>

using namespace sightline;
using namespace sightline::texts;

class TestRefusedDocuments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rejects_data();
    void rejects();
    void findsRequestId_data();
    void findsRequestId();
    void refusesManyAttributesQuickly();
    void readsSignInOfOtherVersions_data();
    void readsSignInOfOtherVersions();
};

void TestRefusedDocuments::rejects_data()
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

void TestRefusedDocuments::rejects()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    const auto document = parseDocument(text);
    QVERIFY(!document);
    QCOMPARE(stableCode(document.error().code()), stableCode(code));
    QVERIFY(!document.error().message().isEmpty());
    QVERIFY(document.error().message().size() < 512);
}

void TestRefusedDocuments::findsRequestId_data()
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

void TestRefusedDocuments::findsRequestId()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, id);
    QCOMPARE(requestIdOf(text), id);
}

void TestRefusedDocuments::refusesManyAttributesQuickly()
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

void TestRefusedDocuments::readsSignInOfOtherVersions_data()
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

void TestRefusedDocuments::readsSignInOfOtherVersions()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, protocol);
    const auto document = parseDocument(text);
    QVERIFY2(document, document ? "" : qPrintable(document.error().message()));
    QCOMPARE(std::get<SignIn>(std::get<Request>(*document).body).protocol, protocol);
}

QTEST_APPLESS_MAIN(TestRefusedDocuments)
#include "tst_refused_documents.moc"
