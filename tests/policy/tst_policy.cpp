#include "tests/policy/source_policy.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace sightline;

namespace {

QString readText(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plantedViolations_data();
    void plantedViolations();
    void theTree();

private:
    SourcePolicy m_policy{QStringLiteral(QT_INCLUDE_FOLDER)};
};

void TestPolicy::plantedViolations_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // part of the one violation; empty: none
    const auto row = [](const char* name, const char* path, const char* text, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(text)
                            << QString::fromLatin1(expected);
    };
    row("own header", "core/rdp/a.cpp", "#include \"core/rdp/a.h\"\n", "");
    row("layer below", "core/rdp/a.cpp", "#include \"core/graphics/picture.h\"\n", "");
    row("layer above", "core/graphics/a.cpp", "#include \"core/rdp/a.h\"\n",
        "1: core/graphics may not include");
    row("side by side", "core/transport/a.cpp", "#include \"core/signaling/a.h\"\n", "may not include");
    row("client includes server", "core/session/a.cpp", "#include \"core/conference/a.h\"\n",
        "may not include");
    row("server includes client", "core/conference/a.cpp", "#include \"core/session/a.h\"\n",
        "may not include");
    row("ui looks through the session", "ui/a.cpp", "#include \"core/rdp/a.h\"\n", "may not include");
    row("ui and platform", "ui/a.cpp", "#include \"platform/a.h\"\n", "may not include");
    row("platform looks up", "platform/linux/x11/a.cpp", "#include \"core/session/a.h\"\n",
        "may not include");
    row("product includes a test", "app/a.cpp", "#include \"tests/support/xvfb.h\"\n", "may not include");
    row("a folder that begins alike", "core/base/a.cpp", "#include \"core/baseball/a.h\"\n",
        "may not include");
    row("not from the root", "core/rdp/a.cpp", "#include \"a.h\"\n", "without its path");
    row("indented", "core/base/a.cpp", "\n  #  include  \"ui/a.h\"\n", "2: core/base may not include");
    row("moc", "tests/unit/rdp/tst_a.cpp", "#include \"tst_a.moc\"\n", "");

    row("FreeRDP in its folder", "core/rdp/a.cpp", "#include <freerdp/peer.h>\n", "");
    row("FreeRDP elsewhere", "core/session/a.cpp", "#include <freerdp/peer.h>\n", "FreeRDP is not");
    row("WinPR elsewhere", "ui/a.cpp", "#include <winpr/stream.h>\n", "FreeRDP is not");
    row("libnice elsewhere", "core/session/a.cpp", "#include <nice/agent.h>\n", "libnice");
    row("GLib elsewhere", "core/rdp/a.cpp", "#include <glib.h>\n", "libnice and GLib");
    row("libsrtp elsewhere", "core/rdp/a.cpp", "#include <srtp2/srtp.h>\n", "libsrtp");
    row("OpenSSL in the certificate", "core/rdp/host_certificate.cpp", "#include <openssl/x509.h>\n", "");
    row("OpenSSL elsewhere", "core/rdp/rdp_host.cpp", "#include <openssl/x509.h>\n", "OpenSSL");
    row("XCB in its folder", "platform/linux/x11/a.cpp", "#include <xcb/xcb.h>\n", "");
    row("XCB elsewhere", "platform/synthetic/a.cpp", "#include <xcb/xcb.h>\n", "X11");
    row("Xlib elsewhere", "app/a.cpp", "#include <X11/Xlib.h>\n", "X11");

    row("QtCore anywhere", "core/base/a.cpp", "#include <QString>\n", "");
    row("Qt in a codec", "core/graphics/planar_encoder.cpp", "#include <QByteArray>\n", "may not use QtCore");
    row("Qt in the capture", "core/graphics/screen_capture.h", "#pragma once\n#include <QString>\n", "");
    row("QtGui in base", "core/base/a.cpp", "#include <QImage>\n", "may not use QtGui");
    row("QtWidgets in the session", "core/session/a.cpp", "#include <QWidget>\n", "may not use QtWidgets");
    row("QtNetwork in graphics", "core/graphics/a.cpp", "#include <QTcpSocket>\n", "may not use QtNetwork");
    row("QtNetwork with its module", "core/rdp/a.cpp", "#include <QtNetwork/QTcpSocket>\n",
        "may not use QtNetwork");
    row("WebSocket server in transport", "core/transport/a.cpp", "#include <QWebSocketServer>\n",
        "may not use QtWebSockets");
    row("network next to the addresses", "core/transport/local_addresses.h",
        "#pragma once\n#include <QHostAddress>\n", "may not use QtNetwork");
    row("widgets in the ui", "ui/a.cpp", "#include <QWidget>\n", "");

    row("good header", "ui/a.h", "#pragma once\n", "");
    row("no #pragma once", "ui/a.h", "struct A;\n", "without #pragma once");
    row("using namespace", "ui/a.h", "#pragma once\nusing namespace std;\n", "2: using namespace");
    row("using namespace in a comment", "ui/a.h", "#pragma once\n// using namespace std;\n", "");
    row("using namespace in a source", "tests/unit/base/a.cpp", "using namespace sightline;\n", "");
    QTest::newRow("400 lines") << QStringLiteral("ui/a.cpp") << QString(400, QLatin1Char('\n')) << QString();
    QTest::newRow("401 lines") << QStringLiteral("ui/a.cpp") << QString(401, QLatin1Char('\n'))
                               << QStringLiteral("401 lines");

    row("wall clock", "core/transport/a.cpp", "auto now = std::chrono::system_clock::now();\n", "wall clock");
    row("wall clock of Qt", "core/session/a.cpp", "x = QDateTime::currentMSecsSinceEpoch();\n", "wall clock");
    row("wall clock of C", "core/signaling/a.cpp", "x = ::time(nullptr);\n", "wall clock");
    row("steady clock", "core/transport/a.cpp", "const TimePoint now = Clock::now(); // no system_clock\n",
        "");
    row("a time by name", "core/transport/a.cpp", "x = roundTrip_time(1) + lifetime(2);\n", "");
    row("wall clock of a certificate", "core/conference/a.cpp", "x = QDateTime::currentDateTimeUtc();\n", "");

    row("registry in a script", "installer/setup", "x\nwget http://deb.debian.org/debian\n",
        "2: names the registry");
    row("registry in CMake", "tests/CMakeLists.txt", "URL https://github.com/a/b\n", "names the registry");
    row("loopback in a script", "tests/run", "wget http://127.0.0.1:1/\n", "");
}

void TestPolicy::plantedViolations()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QVERIFY(SourcePolicy::isChecked(path));
    const auto violations = m_policy.check(path, text);
    QCOMPARE(violations.size(), std::size_t(expected.isEmpty() ? 0 : 1));
    if (!expected.isEmpty())
        QVERIFY2(violations[0].toString().contains(expected), qPrintable(violations[0].toString()));
}

void TestPolicy::theTree()
{
    const QDir root(QStringLiteral(PROJECT_SOURCE_FOLDER));
    int files = 0;
    QStringList found;
    for (const char* folder : {"app", "core", "ui", "platform", "tests", "installer", ".ci"}) {
        QDirIterator each(root.filePath(QString::fromLatin1(folder)), QDir::Files | QDir::Hidden,
            QDirIterator::Subdirectories);
        while (each.hasNext()) {
            const QString path = root.relativeFilePath(each.next());
            if (!SourcePolicy::isChecked(path))
                continue;
            ++files;
            for (const Violation& violation : m_policy.check(path, readText(root.filePath(path))))
                found << violation.toString();
        }
    }
    for (const QString& line : std::as_const(found))
        qWarning("%s", qPrintable(line));
    QCOMPARE(found.size(), qsizetype(0));
    QVERIFY(files > 100);
}

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
