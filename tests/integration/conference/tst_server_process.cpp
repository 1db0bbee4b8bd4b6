#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

constexpr int kPatienceMs = 20'000;

struct Outcome {
    int exitCode = -1;
    QString output;
    QString errors;
};

Outcome run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(SIGHTLINE_SERVER), arguments);
    if (!process.waitForFinished(kPatienceMs)) {
        process.kill();
        process.waitForFinished(kPatienceMs);
        return {};
    }
    return {.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .output = QString::fromUtf8(process.readAllStandardOutput()),
        .errors = QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// sightline-server as people run it.
class TestServerProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAndStops_data();
    void startsAndStops();
    void runsOnce_data();
    void runsOnce();
    void portInUse();
    void configurationFile();
    void databaseThatIsNone();
    void jsonLog();
};

void TestServerProcess::startsAndStops_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestServerProcess::startsAndStops()
{
    QFETCH(int, signal);
    QTemporaryDir data;
    QProcess process;
    process.start(QStringLiteral(SIGHTLINE_SERVER),
        {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"), data.path()});
    QVERIFY(process.waitForStarted(kPatienceMs));
    QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), kPatienceMs);
    const QString line = QString::fromUtf8(process.readLine()).trimmed();
    static const QRegularExpression ready(
        QStringLiteral("^ready https://127\\.0\\.0\\.1:(\\d+) fp=([0-9a-f]{64})$"));
    const auto match = ready.match(line);
    QVERIFY2(match.hasMatch(), qPrintable(line));

    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), match.captured(1).toUShort());
    QTRY_VERIFY_WITH_TIMEOUT(socket.isEncrypted(), kPatienceMs);
    QCOMPARE(QString::fromLatin1(socket.peerCertificate().digest(QCryptographicHash::Sha256).toHex()),
        match.captured(2));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
    QVERIFY(process.waitForFinished(kPatienceMs));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TestServerProcess::runsOnce_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* arguments, int exitCode, const char* says) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << exitCode
                            << QString::fromLatin1(says);
    };
    row("help", "--help", 0, "--public-url");
    row("version", "--version", 0, "sightline-server " SIGHTLINE_VERSION);
    row("good configuration", "--listen [::]:7443 --check-config", 0, "the configuration is good");
    row("bad configuration", "--listen nowhere --check-config", 2, "--listen: 'nowhere'");
    row("missing certificate", "--tls-cert /nonexistent --tls-key /nonexistent --check-config", 2,
        "/nonexistent");
    row("unknown option", "--nonsense", 2, "there is no option '--nonsense'");
    row("later role", "--role web", 2, "not available in this version");
    row("lonely sharing server", "--role sharing", 2, "focus-url and --role sharing belong together");
    row("missing secret", "--c3p-secret-file /nonexistent --check-config", 2, "/nonexistent");
    row("no audit log", "--audit-log --data /tmp/none", 2, "there is none");
    row("missing file", "--config /nonexistent", 2, "/nonexistent");
    row("data directory", "--listen 127.0.0.1:0 --data /dev/null/data", 4, "/dev/null/data");
    row("foreign address", "--listen 192.0.2.55:0 --data /tmp/none", 4, "192.0.2.55");
}

void TestServerProcess::runsOnce()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, says);
    QTemporaryDir data;
    arguments.replaceInStrings(QStringLiteral("/tmp/none"), data.path());
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.exitCode, exitCode);
    const QString& where = exitCode == 0 ? outcome.output : outcome.errors;
    QVERIFY2(where.contains(says), qPrintable(outcome.output + outcome.errors));
    if (exitCode != 0) {
        QVERIFY(outcome.output.isEmpty());
        QCOMPARE(outcome.errors.count(QLatin1Char('\n')), 1); // one sentence
    }
}

void TestServerProcess::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
    QTemporaryDir data;
    const Outcome outcome = run({QStringLiteral("--listen"),
        QStringLiteral("127.0.0.1:%1").arg(other.serverPort()), QStringLiteral("--data"), data.path()});
    QCOMPARE(outcome.exitCode, 4);
    QVERIFY2(outcome.errors.contains(
                 QStringLiteral("is used by another program; choose another one with --listen")),
        qPrintable(outcome.errors));
}

void TestServerProcess::configurationFile()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("server.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("listen = 127.0.0.1:0\ncolour = red\n");
    file.close();
    const Outcome outcome = run({QStringLiteral("--config"), file.fileName()});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.errors.contains(QStringLiteral("server.conf:2: there is no option 'colour'")));
}

void TestServerProcess::databaseThatIsNone()
{
    QTemporaryDir data;
    QFile file(data.filePath(QStringLiteral("conferences.sqlite")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    const Outcome outcome = run(
        {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"), data.path()});
    QCOMPARE(outcome.exitCode, 4);
    QVERIFY2(outcome.errors.contains(QStringLiteral("conferences.sqlite cannot be used")),
        qPrintable(outcome.errors));
}

void TestServerProcess::jsonLog()
{
    QTemporaryDir data;
    QProcess process;
    process.start(QStringLiteral(SIGHTLINE_SERVER),
        {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"), data.path(),
            QStringLiteral("--log-format"), QStringLiteral("json")});
    QTRY_VERIFY_WITH_TIMEOUT(process.canReadLine(), kPatienceMs);
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(kPatienceMs));
    const QList<QByteArray> lines = process.readAllStandardError().trimmed().split('\n');
    QVERIFY(!lines.first().isEmpty());
    for (const QByteArray& line : lines) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QVERIFY2(!object[QStringLiteral("time")].toString().isEmpty()
                && !object[QStringLiteral("message")].toString().isEmpty(),
            line.constData());
    }
}

QTEST_GUILESS_MAIN(TestServerProcess)
#include "tst_server_process.moc"
