#include "core/signaling/documents.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "tests/unit/signaling/document_texts.h"

#include <QTest>

using namespace sightline;
using namespace sightline::texts;

namespace {

const QByteArray kOurs = " xmlns=\"urn:sightline:params:xml:ns:signaling\"";
const QByteArray kMeeting = "urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl";

QByteArray presence(const QByteArray& content, const QByteArray& attributes = "state=\"full\" version=\"1\"")
{
    return "<presence" + kOurs + ' ' + attributes + '>' + content + "</presence>";
}

QByteArray person(const QByteArray& entity, const QByteArray& availability = "available")
{
    return "<person entity=\"" + entity + "\" availability=\"" + availability
        + "\"><display-name>x</display-name></person>";
}

QByteArray invitation(const QByteArray& content, const QByteArray& attributes = "id=\"i\" to=\"b\"")
{
    return "<invitation" + kOurs + ' ' + attributes + '>' + content + "</invitation>";
}

QByteArray message(const QByteArray& text, const QByteArray& time = "2026-11-23T12:00:00Z")
{
    return "<message" + kOurs + " meeting=\"" + kMeeting + "\" number=\"1\" from=\"a\" time=\"" + time
        + "\"><display-name>x</display-name><text>" + text + "</text></message>";
}

QByteArray sending(const QByteArray& text)
{
    return requestText(
        "<sl:sendMessage meeting=\"" + kMeeting + "\"><sl:text>" + text + "</sl:text></sl:sendMessage>");
}

} // namespace

/// What strangers may write in the documents of "Presence", "Invitations" and "Messages".
class TestRefusedPeople : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rejects_data();
    void rejects();
    void normalizesMessages_data();
    void normalizesMessages();
};

void TestRefusedPeople::rejects_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const QByteArray& text, ErrorCode code = ErrorCode::ParseFailed) {
        QTest::newRow(name) << text << code;
    };
    QVERIFY(parseDocument(presence(person("a"))));
    QVERIFY(parseDocument(invitation("<accept participant=\"a\"/>")));
    QVERIFY(parseDocument(message("x")));
    QVERIFY(parseDocument(sending("x")));

    row("presence without version", presence("", "state=\"full\""));
    row("presence with another state", presence("", "state=\"half\" version=\"1\""));
    row("person without entity", presence("<person availability=\"available\"/>"));
    row("person without name", presence("<person entity=\"a\" availability=\"available\"/>"));
    row("person with another availability", presence(person("a", "asleep")));
    row("person without availability",
        presence("<person entity=\"a\"><display-name>x</display-name></person>"));
    row("person twice", presence(person("a") + person("a")));
    row("deleted person in full", presence("<person entity=\"a\" state=\"deleted\"/>"));
    QByteArray crowd;
    for (int i = 0; i <= limits::kPeople; ++i)
        crowd += person("u" + QByteArray::number(i));
    row("801 people", presence(crowd), ErrorCode::TooLarge);
    row("presence of another namespace", "<presence version=\"1\"/>", ErrorCode::UnknownDocument);
    row("set presence without availability", requestText("<sl:setPresence/>"));

    row("invitation without id", invitation("<accept participant=\"a\"/>", "to=\"b\""));
    row("invitation with a bad id", invitation("<accept participant=\"a\"/>", "id=\"a b\" to=\"b\""));
    row("invitation without addressee", invitation("<accept participant=\"a\"/>", "id=\"i\""));
    row("invitation from nobody", invitation("<accept participant=\"a\"/>", "id=\"i\" to=\"b\" from=\" \""));
    row("empty invitation", invitation(""));
    row("two of a kind", invitation("<accept participant=\"a\"/><accept participant=\"a\"/>"));
    row("unknown invitation", invitation("<dance/>"), ErrorCode::UnknownDocument);
    row("invite without meeting", invitation("<invite/>"));
    row("invite to no meeting", invitation("<invite meeting=\"x\"/>"));
    row("invite to a link elsewhere",
        invitation("<invite meeting=\"" + kMeeting
            + "\"><app-url>sightline://h/m/AAAAAAAAAAAAAAAAAAAAAA</app-url></invite>"));
    row("accept as nobody", invitation("<accept/>"));
    row("decline without code", invitation("<decline>no</decline>"));
    row("long reason", invitation("<cancel code=\"gone\">" + repeated("x", 513) + "</cancel>"),
        ErrorCode::TooLarge);

    row("nothing to send", sending(""));
    row("blanks to send", sending(" \n\t "));
    row("4097 octets", sending(repeated("x", 4097)), ErrorCode::TooLarge);
    row("4098 octets of 1366 characters", sending(repeated("\u4e2d", 1366)), ErrorCode::TooLarge);
    row("message to nobody", requestText("<sl:sendMessage><sl:text>x</sl:text></sl:sendMessage>"));
    row("message without text", requestText("<sl:sendMessage meeting=\"" + kMeeting + "\"/>"));
    row("markup in a message is no text", sending("<b/>"));
    for (const char* time : {"", "now", "2026-11-23T12:00:00", "2026-11-23T12:00:00+01:00",
             "2026-02-30T00:00:00Z", "9999-12-31T24:00:00Z", "-100-01-01T00:00:00Z"})
        row(qPrintable(QStringLiteral("message at '%1'").arg(QLatin1StringView(time))), message("x", time));
    row("empty message", message(""));
}

void TestRefusedPeople::rejects()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    const auto document = parseDocument(text);
    QVERIFY(!document);
    QCOMPARE(stableCode(document.error().code()), stableCode(code));
    QVERIFY(!document.error().message().isEmpty());
    QVERIFY(document.error().message().size() < 512);
}

void TestRefusedPeople::normalizesMessages_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    const auto row = [](const char* name, const QString& text, const QString& expected) {
        QTest::newRow(name) << text << expected;
    };
    row("plain", QStringLiteral("hello"), QStringLiteral("hello"));
    row("markup stays text", QStringLiteral("<b>&amp;"), QStringLiteral("<b>&amp;"));
    row("line ends", QStringLiteral("a\r\nb\rc\n"), QStringLiteral("a\nb\nc"));
    row("controls", QStringLiteral("a\x01\x1b[31m\x7f b\tc"), QStringLiteral("a[31m b\tc"));
    row("a lone surrogate", QStringLiteral("a") + QChar(0xD83D) + QStringLiteral("b"), QStringLiteral("ab"));
    row("a pair", QStringLiteral("\U0001F600"), QStringLiteral("\U0001F600"));
    row("nothing", QString(), QString());
    row("blanks", QStringLiteral(" \r\n\t "), QString());
    row("only controls", QStringLiteral("\x01\x02"), QString());
    row("the longest", QString(4096, u'x'), QString(4096, u'x'));
    row("too long", QString(4097, u'x'), QString());
    row("too many octets", QString(2049, QChar(0xE4)), QString());
}

void TestRefusedPeople::normalizesMessages()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(normalizedMessage(text).value_or(QString()), expected);
}

QTEST_APPLESS_MAIN(TestRefusedPeople)
#include "tst_refused_people.moc"
