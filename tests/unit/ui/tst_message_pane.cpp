#include "ui/error_text.h"
#include "ui/message_pane.h"

#include "tests/support/widget_search.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

ChatMessage message(const QString& text)
{
    return {QString(22, u'x'), 1, QStringLiteral("a"), QStringLiteral("<i>Ada</i>"),
        QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC), text};
}

} // namespace

class TestMessagePane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsMarkupAsText();
    void keepsTheOrder();
    void sendsByKeyAndButton();
    void sendsNothingOrTooMuch();
    void handsBackWhatWasNotSent();
    void writesOnlyInAMeeting();
    void staysWhereOneReads();
};

void TestMessagePane::showsMarkupAsText()
{
    MessagePane pane;
    auto* messages = find<QPlainTextEdit>(pane, "Messages");
    const QString markup = QStringLiteral("<img src=\"file:///etc/passwd\"><script>x</script>&amp;");
    pane.addMessage(message(markup), false);
    QVERIFY(messages->toPlainText().contains(markup));
    QVERIFY(messages->toPlainText().contains(QStringLiteral("<i>Ada</i>")));
    QVERIFY(messages->textInteractionFlags() & Qt::TextSelectableByMouse);
    QVERIFY(messages->textInteractionFlags() & Qt::TextSelectableByKeyboard);
    QVERIFY(messages->isReadOnly());
}

void TestMessagePane::keepsTheOrder()
{
    MessagePane pane;
    pane.addMessage(message(QStringLiteral("one\ntwo")), false);
    pane.addMessage(message(QStringLiteral("three")), true);
    const QStringList lines = find<QPlainTextEdit>(pane, "Messages")->toPlainText().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[1], QStringLiteral("one"));
    QCOMPARE(lines[2], QStringLiteral("two"));
    QVERIFY(lines[3].contains(QStringLiteral("(you)")));
    QCOMPARE(lines[4], QStringLiteral("three"));
    pane.clear();
    QVERIFY(find<QPlainTextEdit>(pane, "Messages")->toPlainText().isEmpty());
}

void TestMessagePane::sendsByKeyAndButton()
{
    MessagePane pane;
    pane.setEnabledForWriting(true);
    pane.show();
    QSignalSpy written(&pane, &MessagePane::written);
    auto* input = find<QPlainTextEdit>(pane, "Your message");
    QTest::keyClicks(input, QStringLiteral("hello"));
    QTest::keyClick(input, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(input, QStringLiteral("there "));
    QCOMPARE(written.size(), 0);
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(written.size(), 1);
    QCOMPARE(written[0][0].toString(), QStringLiteral("hello\nthere"));
    QVERIFY(input->toPlainText().isEmpty());
    QTest::keyClicks(input, QStringLiteral("again"));
    find<QAbstractButton>(pane, "Send the message")->click();
    QCOMPARE(written.size(), 2);
}

void TestMessagePane::sendsNothingOrTooMuch()
{
    MessagePane pane;
    pane.setEnabledForWriting(true);
    pane.show();
    QSignalSpy written(&pane, &MessagePane::written);
    auto* input = find<QPlainTextEdit>(pane, "Your message");
    auto* send = find<QAbstractButton>(pane, "Send the message");
    QVERIFY(!send->isEnabled());
    input->setPlainText(QStringLiteral("  \n"));
    QTest::keyClick(input, Qt::Key_Return);
    QVERIFY(!isShown(pane, "What is wrong with the message"));
    input->setPlainText(QString(2049, QChar(0xE4))); // 4098 octets
    QVERIFY(isShown(pane, "What is wrong with the message"));
    QVERIFY(!send->isEnabled());
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(written.size(), 0);
    QCOMPARE(input->toPlainText().size(), 2049); // still there
    input->setPlainText(QString(2048, QChar(0xE4)));
    QVERIFY(!isShown(pane, "What is wrong with the message"));
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(written.size(), 1);
}

void TestMessagePane::handsBackWhatWasNotSent()
{
    MessagePane pane;
    pane.addRefused(QStringLiteral("what I said"), {ErrorCode::TooOften, QStringLiteral("x")});
    const QString text = find<QPlainTextEdit>(pane, "Messages")->toPlainText();
    QVERIFY(text.contains(QStringLiteral("what I said")));
    QVERIFY(text.contains(errorText(ErrorCode::TooOften).toString()));
}

void TestMessagePane::writesOnlyInAMeeting()
{
    MessagePane pane;
    QVERIFY(!find<QPlainTextEdit>(pane, "Your message")->isEnabled());
    Conversation conversation({});
    pane.follow(conversation);
    QSignalSpy written(&pane, &MessagePane::written);
    Q_EMIT pane.written(QStringLiteral("too late"));
    QVERIFY(find<QPlainTextEdit>(pane, "Messages")->toPlainText().contains(QStringLiteral("too late")));
}

void TestMessagePane::staysWhereOneReads()
{
    MessagePane pane;
    pane.resize(300, 300);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane));
    for (int i = 0; i < 50; ++i)
        pane.addMessage(message(QString::number(i)), false);
    auto* bar = find<QPlainTextEdit>(pane, "Messages")->verticalScrollBar();
    QVERIFY(bar->maximum() > 0);
    QCOMPARE(bar->value(), bar->maximum());
    bar->setValue(3);
    pane.addMessage(message(QStringLiteral("new")), false);
    QCOMPARE(bar->value(), 3);
}

QTEST_MAIN(TestMessagePane)
#include "tst_message_pane.moc"
