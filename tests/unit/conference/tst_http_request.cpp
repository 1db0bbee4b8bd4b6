#include "core/conference/http_request.h"
#include "core/conference/web_pages.h"

#include <QTest>

using namespace sightline;
using Status = HttpRequest::Status;

Q_DECLARE_METATYPE(sightline::HttpRequest::Status)

namespace {

const QByteArray kUpgrade = "GET /signaling HTTP/1.1\r\nHost: h:7443\r\nConnection: keep-alive, Upgrade\r\n"
                            "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

HttpRequest request(const QByteArray& method, const QByteArray& path)
{
    HttpRequest result;
    result.method = method;
    result.path = path;
    return result;
}

} // namespace

class TestHttpRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void heads_data();
    void heads();
    void everyPrefixIsIncomplete();
    void longHeads();
    void upgrades_data();
    void upgrades();
    void pages_data();
    void pages();
    void meetingPage();
    void headHasNoBody();
};

void TestHttpRequest::heads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QByteArray>("path");
    const auto good = [](const char* name, const char* target, const char* path) {
        QTest::newRow(name) << QByteArray("GET ") + target + " HTTP/1.1\r\nHost: h\r\n\r\n"
                            << Status::Complete << QByteArray(path);
    };
    good("root", "/", "/");
    good("query", "/m/x?y=/z", "/m/x");
    good("escaped", "/m/%41%2f", "/m/A/");
    good("dots are nothing special", "/../etc", "/../etc");
    const auto bad = [](const char* name, const QByteArray& head) {
        QTest::newRow(name) << head << Status::Malformed << QByteArray();
    };
    QTest::newRow("body follows") << QByteArray("POST /a HTTP/1.0\r\nHost: h\r\n\r\nbody\r\n\r\n")
                                  << Status::Complete << QByteArray("/a");
    bad("no host", "GET / HTTP/1.1\r\n\r\n");
    bad("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    bad("empty", "\r\n\r\n");
    bad("HTTP/2", "GET / HTTP/2\r\nHost: h\r\n\r\n");
    bad("no version", "GET /\r\nHost: h\r\n\r\n");
    bad("relative", "GET m HTTP/1.1\r\nHost: h\r\n\r\n");
    bad("absolute", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n");
    bad("space in path", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n");
    bad("method", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n");
    bad("folded", "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n");
    bad("no colon", "GET / HTTP/1.1\r\nHost h\r\n\r\n");
    bad("space before colon", "GET / HTTP/1.1\r\nHost : h\r\n\r\n");
    bad("control", QByteArray("GET / HTTP/1.1\r\nHost: h\r\nX: a?b\r\n\r\n").replace('?', '\0'));
    bad("bare newline", "GET / HTTP/1.1\nHost: h\r\n\r\n");
}

void TestHttpRequest::heads()
{
    QFETCH(QByteArray, head);
    QFETCH(Status, status);
    QFETCH(QByteArray, path);
    HttpRequest result;
    QCOMPARE(HttpRequest::parse(head, result), status);
    QCOMPARE(result.path, path);
}

void TestHttpRequest::everyPrefixIsIncomplete()
{
    const QByteArray head = kUpgrade + "\r\n";
    HttpRequest result;
    for (qsizetype size = 0; size < head.size(); ++size)
        QCOMPARE(HttpRequest::parse(QByteArrayView(head).first(size), result), Status::Incomplete);
    QCOMPARE(HttpRequest::parse(head, result), Status::Complete);
}

void TestHttpRequest::longHeads()
{
    HttpRequest result;
    const QByteArray start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    const auto padded
        = [&](qsizetype size) { return start + QByteArray(size - start.size() - 4, 'x') + "\r\n\r\n"; };
    QCOMPARE(HttpRequest::parse(padded(HttpRequest::kMaxHead), result), Status::Complete);
    QCOMPARE(HttpRequest::parse(padded(HttpRequest::kMaxHead + 1), result), Status::TooLarge);
    QCOMPARE(HttpRequest::parse(QByteArray(HttpRequest::kMaxHead, 'x'), result), Status::TooLarge);
}

void TestHttpRequest::upgrades_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isWebSocket");
    QTest::addColumn<bool>("isFromElsewhere");
    QTest::newRow("app") << kUpgrade << true << false;
    QTest::newRow("own page") << kUpgrade + "Origin: https://H:7443\r\n" << true << false;
    QTest::newRow("other page") << kUpgrade + "Origin: https://evil.example\r\n" << true << true;
    QTest::newRow("plain page") << kUpgrade + "Origin: http://h:7443\r\n" << true << true;
    QTest::newRow("file") << kUpgrade + "Origin: null\r\n" << true << true;
    const auto without
        = [](const char* text, const char* instead) { return QByteArray(kUpgrade).replace(text, instead); };
    QTest::newRow("old version") << without("Version: 13", "Version: 8") << false << false;
    QTest::newRow("short key") << without("dGhlIHNhbXBsZSBub25jZQ==", "AAAA") << false << false;
    QTest::newRow("no connection") << without("keep-alive, Upgrade", "keep-alive") << false << false;
    QTest::newRow("h2c") << without("WebSocket\r\n", "h2c\r\n") << false << false;
    QTest::newRow("post") << without("GET", "POST") << false << false;
}

void TestHttpRequest::upgrades()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, isWebSocket);
    QFETCH(bool, isFromElsewhere);
    HttpRequest result;
    QCOMPARE(HttpRequest::parse(head + "\r\n", result), Status::Complete);
    QCOMPARE(result.isWebSocket, isWebSocket);
    QCOMPARE(result.isFromElsewhere, isFromElsewhere);
}

void TestHttpRequest::pages_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    const auto row = [](const char* method, const char* path, int status) {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << status;
    };
    row("GET", "/healthz", 200);
    row("HEAD", "/healthz", 200);
    row("POST", "/healthz", 405);
    row("get", "/healthz", 405);
    row("GET", "/", 404);
    row("GET", "/signaling", 426);
    row("GET", "/m/bWVldGluZy1vZi1leGFtcGxl", 200);
    row("GET", "/m/short", 404);
    row("GET", "/m/", 404);
    row("GET", "/m/bWVldGluZy1vZi1leGFtcGxl/more", 404);
    row("GET", "/m/<script>alert(1)</script>1234", 404);
    row("GET",
        "/m/\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\xf5\xf4\xf3\xf2\xf1\xf0\xef\xee\xed\xec\xeb\xea\xe9",
        404);
}

void TestHttpRequest::pages()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    const WebPages pages(QUrl(QStringLiteral("https://h:7443")), {});
    const HttpResponse response = pages.respond(request(method, path));
    QCOMPARE(response.status, status);
    QVERIFY(!response.body.contains("<script"));
    QVERIFY(response.toBytes(true).startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '));
}

void TestHttpRequest::meetingPage()
{
    const QByteArray id = "bWVldGluZy1vZi1leGFtcGxl";
    const WebPages own(QUrl(QStringLiteral("https://h:7443")), QByteArray(32, '\xab'));
    QVERIFY(own.respond(request("GET", "/m/" + id))
                .body.contains(
                    "href=\"sightline://h:7443/m/" + id + "?fp=" + QByteArray(32, '\xab').toHex() + '"'));
    const WebPages trusted(QUrl(QStringLiteral("https://share.example")), {});
    QVERIFY(trusted.respond(request("GET", "/m/" + id))
                .body.contains("href=\"sightline://share.example/m/" + id + '"'));
    QVERIFY(own.respond(request("GET", "/m/" + id))
                .toBytes(true)
                .contains("Content-Security-Policy: default-src 'none'"));
}

void TestHttpRequest::headHasNoBody()
{
    const WebPages pages(QUrl(QStringLiteral("https://h")), {});
    const QByteArray bytes = pages.respond(request("GET", "/healthz")).toBytes(false);
    QVERIFY(bytes.endsWith("\r\n\r\n"));
    QVERIFY(bytes.contains("Content-Length: 3\r\n"));
}

QTEST_APPLESS_MAIN(TestHttpRequest)
#include "tst_http_request.moc"
