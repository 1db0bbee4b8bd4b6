#include "ui/error_text.h"

#include <QSet>
#include <QTest>

using namespace sightline;

class TestErrorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCode_data();
    void everyCode();
    void sentencesDiffer();
};

namespace {

// Codes are only ever added behind the others; the last one is named here and in error.h.
constexpr int kCodes = static_cast<int>(ErrorCode::EndedByPresenter) + 1;

bool isSentence(const QString& text)
{
    return text.size() > 10 && text.front().isUpper() && text.endsWith(QLatin1Char('.'));
}

} // namespace

void TestErrorText::everyCode_data()
{
    QTest::addColumn<int>("code");
    for (int code = 0; code < kCodes; ++code)
        QTest::newRow(stableCode(static_cast<ErrorCode>(code))) << code;
}

void TestErrorText::everyCode()
{
    QFETCH(const int, code);
    const auto errorCode = static_cast<ErrorCode>(code);
    // A code behind the last would read "internal" and be caught here when kCodes is wrong.
    QCOMPARE(errorCodeFromName(QString::fromLatin1(stableCode(errorCode))), errorCode);
    const ErrorText text = errorText(Error(errorCode, QStringLiteral("the detail for developers")));
    QVERIFY2(isSentence(text.sentence), qPrintable(text.sentence));
    QVERIFY2(isSentence(text.advice), qPrintable(text.advice));
    QVERIFY(!text.toString().contains(QStringLiteral("developers")));
}

void TestErrorText::sentencesDiffer()
{
    QCOMPARE(stableCode(static_cast<ErrorCode>(kCodes)), "internal");
    QSet<QString> sentences;
    for (int code = 0; code < kCodes; ++code)
        sentences.insert(errorText(static_cast<ErrorCode>(code)).sentence);
    QCOMPARE(sentences.size(), kCodes);
}

QTEST_APPLESS_MAIN(TestErrorText)
#include "tst_error_text.moc"
