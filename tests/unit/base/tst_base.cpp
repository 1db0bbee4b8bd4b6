#include "core/base/configuration_file.h"
#include "core/base/counter_log.h"
#include "core/base/result.h"

#include <QTest>

#include <set>
#include <string>

using namespace sightline;
using namespace std::chrono_literals;

class TestBase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codesAreDistinctAndReversible();
    void errorsChain();
    void resultHoldsValueOrError();
    void counterLogsAtMostOncePerSecond();
    void configurationIsSplitIntoEntries();
    void configurationMistakesNameTheirLine();
};

void TestBase::codesAreDistinctAndReversible()
{
    std::set<std::string> seen;
    for (int i = 0; i <= static_cast<int>(ErrorCode::EndedByPresenter); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const char* name = stableCode(code);
        QVERIFY2(seen.insert(name).second, name);
        QCOMPARE(errorCodeFromName(QString::fromLatin1(name)), code);
    }
    QCOMPARE(errorCodeFromName(u"no-such-code"), ErrorCode::Internal);
}

void TestBase::errorsChain()
{
    const Error root(ErrorCode::Timeout, QStringLiteral("no answer in 5 s"));
    const Error top(ErrorCode::ConnectFailed, QStringLiteral("cannot reach the server"), root);
    QCOMPARE(top.toString(), QStringLiteral("cannot reach the server: no answer in 5 s"));
    QVERIFY(top.cause());
    QCOMPARE(top.cause()->code(), ErrorCode::Timeout);
    QVERIFY(!root.cause());
}

void TestBase::resultHoldsValueOrError()
{
    const Result<int> good = 7;
    QVERIFY(good);
    QCOMPARE(*good, 7);
    const Result<int> bad = Error(ErrorCode::NotFound, QStringLiteral("no such meeting"));
    QVERIFY(!bad);
    QCOMPARE(bad.error().code(), ErrorCode::NotFound);
    QVERIFY(Result<void>());
}

namespace {
int g_lines = 0;
void countLines(QtMsgType, const QMessageLogContext&, const QString&)
{
    ++g_lines;
}
Q_LOGGING_CATEGORY(logTest, "sightline.test", QtInfoMsg)
} // namespace

void TestBase::counterLogsAtMostOncePerSecond()
{
    const QtMessageHandler before = qInstallMessageHandler(countLines);
    CounterLog counter(logTest, "Bad packet");
    const TimePoint start{};
    for (int i = 0; i < 5000; ++i)
        counter.add(start + i * 1ms);
    qInstallMessageHandler(before);
    QCOMPARE(counter.total(), std::uint64_t{5000});
    QCOMPARE(g_lines, 5);
}

void TestBase::configurationIsSplitIntoEntries()
{
    const auto entries = parseConfiguration(
        QStringLiteral("# a\n\n name = Anna = B \n; c\nlisten=[::]:1"), QStringLiteral("f"));
    QVERIFY(entries);
    QCOMPARE(entries->size(), 2);
    QCOMPARE((*entries)[0].name, QStringLiteral("name"));
    QCOMPARE((*entries)[0].value, QStringLiteral("Anna = B"));
    QCOMPARE((*entries)[0].place, QStringLiteral("f:3"));
    QCOMPARE((*entries)[1].value, QStringLiteral("[::]:1"));
}

void TestBase::configurationMistakesNameTheirLine()
{
    const auto noEquals = parseConfiguration(QStringLiteral("a = 1\nb"), QStringLiteral("f"));
    QVERIFY(!noEquals);
    QVERIFY(noEquals.error().message().startsWith(QStringLiteral("f:2: ")));
    const auto twice = parseConfiguration(QStringLiteral("a = 1\na = 2"), QStringLiteral("f"));
    QVERIFY(!twice);
    QVERIFY(twice.error().message().contains(QStringLiteral("line 1")));
    QCOMPARE(
        readConfigurationFile(QStringLiteral("/nonexistent/file")).error().code(), ErrorCode::FileFailed);
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
