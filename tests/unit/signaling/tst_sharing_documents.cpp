#include "core/signaling/limits.h"
#include "core/signaling/sharing_documents.h"
#include "tests/unit/signaling/protocol_examples.h"

#include <QTest>

using namespace sightline;

namespace {

const QString kMeeting = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");
const QString kAda = QStringLiteral("urn:sightline:user:5pX2");
const QString kCharles = QStringLiteral("urn:sightline:user:9kQz");

} // namespace

class TestSharingDocuments : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void examples();
    void roundTrips();
    void refused_data();
    void refused();
};

void TestSharingDocuments::examples()
{
    QSet<std::size_t> requests;
    QSet<std::size_t> responses;
    QSet<std::size_t> notifications;
    const QList<QByteArray> examples = protocolExamples(QStringLiteral("SHARING.md"));
    for (const QByteArray& text : examples) {
        const auto document = parseSharingDocument(text);
        QVERIFY2(document, document ? "" : qPrintable(document.error().toString()));
        const auto again = parseSharingDocument(serializeSharing(*document));
        QVERIFY(again && *again == *document);
        for (qsizetype size = 0; size < text.trimmed().size(); ++size) {
            const auto cut = parseSharingDocument(text.first(size));
            QVERIFY2(!cut && cut.error().code() == ErrorCode::ParseFailed, text.first(size).constData());
        }
        if (const auto* request = std::get_if<SharingRequest>(&*document))
            requests.insert(request->body.index());
        else if (const auto* response = std::get_if<SharingResponse>(&*document))
            responses.insert(response->body.index());
        else
            notifications.insert(std::get<SharingNotification>(*document).body.index());
    }
    QCOMPARE(std::size_t(requests.size()), std::variant_size_v<SharingRequest::Body>);
    QCOMPARE(std::size_t(responses.size()), std::variant_size_v<SharingResponse::Body>);
    QCOMPARE(std::size_t(notifications.size()), std::variant_size_v<SharingNotification::Body>);
}

void TestSharingDocuments::roundTrips()
{
    const QString odd = QStringLiteral("a<b>&\"c\" 'd' ]]> \u00e4\u4e2d\U0001F600");
    const QString mcu = QStringLiteral("urn:sightline:mcu:1");
    const QString id = QStringLiteral("r-1");
    const SharingUser user{
        kAda, 0xFFFFFFFF, odd, Participant::Role::Presenter, {"direct", "planar"}, true, false, true};
    const CallDocument call{kAda, kCharles, QStringLiteral("c-1"), CallOffer{"v=0\n<&>\n"}};
    const QList<SharingDocument> documents{
        SharingRequest{1, mcu, SharingPutUser{kMeeting, user}},
        SharingRequest{2, mcu, SharingSetSharer{kMeeting, {}}},
        SharingRequest{3, mcu, SharingCall{kMeeting, call}},
        SharingRequest{4, mcu, SharingAnswerRdpJoin{id, user}},
        SharingRequest{5, mcu, SharingAnswerRdpJoin{id, {}, ErrorCode::Locked, odd}},
        SharingResponse{1, mcu, SharingConference{kMeeting, kCharles, {}, {}, {user, user}}},
        SharingResponse{1, mcu, SharingLoad{1, 2, 1000, true}},
        SharingResponse{1, mcu, Failure{ErrorCode::NotFound, odd, Failure::Update::None, 0, {}}},
        SharingNotification{1, mcu, SharingController{kMeeting, {}}},
        SharingNotification{1, mcu, SharingRdpJoin{id, kMeeting, odd, odd, QStringLiteral("::1")}},
        SharingNotification{1, mcu, SharingRdpGone{kMeeting, {}, id}},
    };
    for (const SharingDocument& document : documents) {
        const QByteArray text = serializeSharing(document);
        const auto parsed = parseSharingDocument(text);
        QVERIFY2(parsed && *parsed == document, text.constData());
    }
}

void TestSharingDocuments::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    const QByteArray head = "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" "
                            "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" requestId=\"1\" ";
    const QByteArray meeting = "meeting=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\"";
    const auto row = [](const char* name, const QByteArray& text, ErrorCode code) {
        QTest::newRow(name) << text << code;
    };
    row("nobody's", head + "><sl:getLoad/></request>", ErrorCode::ParseFailed);
    row("odd sender", head + "from=\"a b\"><sl:getLoad/></request>", ErrorCode::ParseFailed);
    row("empty", head + "from=\"a\"></request>", ErrorCode::ParseFailed);
    row("unknown command", head + "from=\"a\"><sl:explode/></request>", ErrorCode::UnknownDocument);
    row("two commands", head + "from=\"a\"><sl:getLoad/><sl:getLoad/></request>", ErrorCode::ParseFailed);
    row("no call", head + "from=\"a\"><sl:forward " + meeting + "/></request>", ErrorCode::ParseFailed);
    row("no meeting", head + "from=\"a\"><sl:setSharer/></request>", ErrorCode::ParseFailed);
    row("no user", head + "from=\"a\"><addUser/></request>", ErrorCode::ParseFailed);
    row("a client's document", serialize(Response{1, GetConferenceResponse{}}), ErrorCode::ParseFailed);
    row("another root", "<invitation/>", ErrorCode::UnknownDocument);
    row("too large", QByteArray(limits::kRosterSize + 1, ' '), ErrorCode::TooLarge);
}

void TestSharingDocuments::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    const auto document = parseSharingDocument(text);
    QVERIFY(!document);
    QCOMPARE(document.error().code(), code);
}

QTEST_GUILESS_MAIN(TestSharingDocuments)
#include "tst_sharing_documents.moc"
