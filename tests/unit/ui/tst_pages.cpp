#include "ui/banner_stack.h"
#include "ui/error_text.h"
#include "ui/icon.h"
#include "ui/meeting_page.h"
#include "ui/person_list.h"
#include "ui/roster_list.h"
#include "ui/share_panel.h"
#include "ui/start_page.h"

#include "tests/support/widget_search.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

class TestPages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodLink();
    void badLink_data();
    void badLink();
    void displayName();
    void asksForTheName();
    void personList();
    void sharingStates();
    void copiesLink();
    void rosterText_data();
    void rosterText();
    void rosterList();
    void bannerAnswers();
    void bannerReplacesItsSubject();
    void wholeBannerTextIsVisible();
    void everyControlHasAName();
    void iconsFollowThePalette();
};

namespace {

constexpr auto kLink = "sightline://192.0.2.7:7443/m/AAAAAAAAAAAAAAAAAAAAAA";

} // namespace

void TestPages::goodLink()
{
    StartPage page;
    page.show();
    QSignalSpy chosen(&page, &StartPage::linkChosen);
    auto* field = find<QLineEdit>(page, "Meeting link");
    QTest::keyClicks(field, QStringLiteral("  ") + QLatin1StringView(kLink));
    find<QAbstractButton>(page, "Open the link")->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<MeetingLink>().host, QStringLiteral("192.0.2.7"));
    QVERIFY(find<QLabel>(page, "What is wrong with the link")->isHidden());
}

void TestPages::badLink_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("no link") << QStringLiteral("hello");
    QTest::newRow("other scheme") << QStringLiteral("ftp://192.0.2.7/m/AAAAAAAAAAAAAAAAAAAAAA");
    QTest::newRow("no meeting") << QStringLiteral("https://192.0.2.7/");
}

void TestPages::badLink()
{
    QFETCH(const QString, text);
    StartPage page;
    page.show();
    QSignalSpy chosen(&page, &StartPage::linkChosen);
    auto* field = find<QLineEdit>(page, "Meeting link");
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
    auto* message = find<QLabel>(page, "What is wrong with the link");
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), errorText(ErrorCode::InvalidLink).toString());
    QCOMPARE(chosen.size(), 0);
    QTest::keyClicks(field, QStringLiteral("x"));
    QVERIFY(!message->isVisible());
}

void TestPages::displayName()
{
    StartPage page;
    QSignalSpy changed(&page, &StartPage::displayNameChanged);
    auto* field = find<QLineEdit>(page, "Your name");
    QTest::keyClicks(field, QStringLiteral("  Anna   Schmidt "));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toString(), QStringLiteral("Anna Schmidt"));
    field->clear();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
}

void TestPages::asksForTheName()
{
    StartPage page;
    page.setDisplayName(QStringLiteral("Ada Lovelace"));
    page.show();
    QSignalSpy changed(&page, &StartPage::displayNameChanged);
    QVERIFY(!isShown(page, "Continue with this name"));
    page.welcome();
    QVERIFY(isShown(page, "Continue with this name"));
    QCOMPARE(find<QLineEdit>(page, "Your name")->selectedText(), QStringLiteral("Ada Lovelace"));
    QCOMPARE(changed.size(), 0); // not before it was agreed to
    find<QAbstractButton>(page, "Continue with this name")->click();
    QCOMPARE(changed.back().first().toString(), QStringLiteral("Ada Lovelace"));
    QVERIFY(!isShown(page, "Continue with this name"));
}

void TestPages::personList()
{
    PersonList list;
    list.resize(200, 200);
    list.show();
    QSignalSpy chosen(&list, &PersonList::chosen);
    const Person grace{QStringLiteral("g"), QStringLiteral("Grace"), Person::Availability::InMeeting};
    const Person ada{QStringLiteral("a"), QStringLiteral("<b>Ada</b>"), Person::Availability::Available};
    list.setPersons({grace, ada});
    QCOMPARE(list.count(), 2);
    QCOMPARE(list.item(0)->text(), QStringLiteral("<b>Ada</b> – available")); // by name, and never as markup
    QCOMPARE(list.item(1)->text(), QStringLiteral("Grace – in a conversation"));
    QVERIFY(!list.item(0)->toolTip().contains(QStringLiteral("<b>")));

    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.item(0)).center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<Person>().entity, QStringLiteral("a"));
    list.setCurrentRow(1);
    list.setPersons({grace}); // who is selected stays so
    QCOMPARE(list.currentRow(), 0);
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[1][0].value<Person>().entity, QStringLiteral("g"));
    list.setPersons({});
    QTest::keyClick(&list, Qt::Key_Return);
    QCOMPARE(chosen.size(), 2);
}

void TestPages::sharingStates()
{
    using State = Conversation::SharingState;
    SharePanel panel;
    panel.show();
    QSignalSpy shared(&panel, &SharePanel::shareChosen);
    QSignalSpy stopped(&panel, &SharePanel::stopChosen);
    QVERIFY(!isShown(panel, "Stop sharing"));
    find<QAbstractButton>(panel, "Share my desktop")->click();
    QCOMPARE(shared.size(), 1);

    panel.setStatus({.state = State::Waiting, .viewer = {}, .securityCode = {}});
    QVERIFY(!isShown(panel, "Share my desktop"));
    QVERIFY(!isShown(panel, "Security code"));
    panel.setStatus(
        {.state = State::Active, .viewer = QStringLiteral("Ben"), .securityCode = QStringLiteral("1 2")});
    QCOMPARE(find<QLabel>(panel, "State of sharing")->text(), QStringLiteral("Ben sees your desktop."));
    QCOMPARE(find<QLabel>(panel, "Security code")->text(), QStringLiteral("Security code: 1 2"));
    QVERIFY(find<QLabel>(panel, "Security code")->toolTip().contains(QStringLiteral("Read this code")));
    find<QAbstractButton>(panel, "Stop sharing")->click();
    QCOMPARE(stopped.size(), 1);

    // Many see it, through the server: there is nothing to compare.
    panel.setStatus({.state = State::Active,
        .viewer = QStringLiteral("Ben and Eva"),
        .viewers = 2,
        .server = QStringLiteral("share.example.org")});
    QCOMPARE(
        find<QLabel>(panel, "State of sharing")->text(), QStringLiteral("Ben and Eva see your desktop."));
    QCOMPARE(find<QLabel>(panel, "Way of the picture")->text(),
        QStringLiteral("Through the server share.example.org, which can read it"));
    panel.setStatus({.state = State::Active, .viewers = 0});
    QVERIFY(find<QLabel>(panel, "State of sharing")->text().contains(QStringLiteral("Nobody sees it yet")));
}

void TestPages::copiesLink()
{
    MeetingPage page;
    auto* copy = find<QAbstractButton>(page, "Copy the link of this meeting");
    QVERIFY(!copy->isEnabled());
    Result<MeetingLink> link = MeetingLink::parse(QLatin1StringView(kLink));
    QVERIFY(link);
    // The pin is what makes a server's own certificate trusted: it must be in what people send each other.
    link->certificateFingerprint = QByteArray(32, 'f');
    page.setLink(*link);
    copy->click();
    const QString copied = QGuiApplication::clipboard()->text();
    const Result<MeetingLink> again = MeetingLink::parse(copied);
    QVERIFY(again);
    QCOMPARE(*again, *link);
}

void TestPages::rosterText_data()
{
    using Sharing = Participant::Sharing;
    QTest::addColumn<Participant::Sharing>("sharing");
    QTest::addColumn<bool>("isOwn");
    QTest::addColumn<QString>("text");
    QTest::newRow("somebody") << Sharing::None << false << QStringLiteral("Anna");
    QTest::newRow("oneself") << Sharing::None << true << QStringLiteral("Anna (you)");
    QTest::newRow("sharer") << Sharing::Sharer << true << QStringLiteral("Anna (you) – shares the desktop");
    QTest::newRow("viewer") << Sharing::Viewer << false << QStringLiteral("Anna – sees the desktop");
}

void TestPages::rosterText()
{
    QFETCH(const Participant::Sharing, sharing);
    QFETCH(const bool, isOwn);
    Participant participant;
    participant.displayName = QStringLiteral("Anna");
    participant.sharing = sharing;
    QTEST(participantText(participant, isOwn), "text");
}

void TestPages::rosterList()
{
    RosterList list;
    Roster roster;
    for (const char* name : {"Anna", "Ben", "Chris"}) {
        Participant participant;
        participant.entity = QString::fromLatin1(name).toLower();
        participant.displayName = QString::fromLatin1(name);
        roster.participants.append(participant);
    }
    list.setRoster(roster, QStringLiteral("ben"));
    QCOMPARE(list.count(), 3);
    QCOMPARE(list.item(1)->text(), QStringLiteral("Ben (you)"));
    list.setCurrentRow(2);
    roster.participants.removeLast();
    list.setRoster(roster, QStringLiteral("ben"));
    QCOMPARE(list.currentRow(), 1);
    list.setRoster({}, {});
    QCOMPARE(list.count(), 0);
}

void TestPages::bannerAnswers()
{
    BannerStack stack;
    QVERIFY(stack.isHidden());
    QString answer;
    Banner& banner = stack.add(QStringLiteral("x"), Banner::Kind::Question, QStringLiteral("Well?"));
    banner.addAnswer(QStringLiteral("Yes"), [&answer] { answer = QStringLiteral("yes"); });
    banner.addAnswer(QStringLiteral("No"), [&answer] { answer = QStringLiteral("no"); });
    QVERIFY(!stack.isHidden());
    find<QAbstractButton>(banner, "No")->click();
    QCOMPARE(answer, QStringLiteral("no"));
    QVERIFY(!stack.find(QStringLiteral("x")));
    QVERIFY(stack.isHidden());

    // An answer that takes its own question away.
    stack.add(QStringLiteral("x"), Banner::Kind::Question, QStringLiteral("Well?"))
        .addAnswer(QStringLiteral("Yes"), [&stack] { stack.clear(); });
    find<QAbstractButton>(*stack.find(QStringLiteral("x")), "Yes")->click();
    QVERIFY(!stack.find(QStringLiteral("x")));
}

void TestPages::bannerReplacesItsSubject()
{
    BannerStack stack;
    stack.add(QStringLiteral("a"), Banner::Kind::Failure, QStringLiteral("first"));
    stack.add(QStringLiteral("b"), Banner::Kind::Failure, QStringLiteral("other"));
    stack.add(QStringLiteral("a"), Banner::Kind::Failure, QStringLiteral("second")).addDismissal();
    QCOMPARE(stack.find(QStringLiteral("a"))->text(), QStringLiteral("second"));
    find<QAbstractButton>(*stack.find(QStringLiteral("a")), "Dismiss")->click();
    QVERIFY(!stack.find(QStringLiteral("a")));
    QVERIFY(stack.find(QStringLiteral("b")));
    stack.remove(QStringLiteral("nothing"));
    QVERIFY(!stack.isHidden());
}

void TestPages::wholeBannerTextIsVisible()
{
    Banner banner(Banner::Kind::Failure,
        QStringLiteral("A sentence so long that it takes two lines. And another one after it."));
    banner.addDismissal();
    QVERIFY(banner.hasHeightForWidth());
    QVERIFY(banner.heightForWidth(220) > banner.heightForWidth(1000));
}

void TestPages::everyControlHasAName()
{
    StartPage start;
    MeetingPage meeting;
    for (QWidget* page : {static_cast<QWidget*>(&start), static_cast<QWidget*>(&meeting)}) {
        QVERIFY(!page->findChildren<QAbstractButton*>().isEmpty());
        for (const QAbstractButton* button : page->findChildren<QAbstractButton*>()) {
            // Those inside other controls are theirs.
            if (button->parentWidget()->inherits("QLineEdit"))
                continue;
            QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->text()));
            QVERIFY2(button->focusPolicy() & Qt::TabFocus, qPrintable(button->text()));
        }
        for (const QLineEdit* field : page->findChildren<QLineEdit*>())
            QVERIFY(!field->accessibleName().isEmpty());
        for (const QPlainTextEdit* field : page->findChildren<QPlainTextEdit*>())
            QVERIFY(!field->accessibleName().isEmpty());
    }
}

void TestPages::iconsFollowThePalette()
{
    const QPalette before = QGuiApplication::palette();
    const auto darkest = [](const QImage& image) {
        int lightness = 255;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    lightness = std::min(lightness, image.pixelColor(x, y).lightness());
            }
        }
        return lightness;
    };
    const QIcon share = icon(Symbol::Share);
    QGuiApplication::setPalette(QPalette(Qt::white));
    QVERIFY(darkest(share.pixmap(64, 64).toImage()) < 60);
    QGuiApplication::setPalette(QPalette(Qt::black));
    QVERIFY(darkest(share.pixmap(64, 64).toImage()) > 200);
    QGuiApplication::setPalette(before);
    QVERIFY(applicationIcon().availableSizes().contains(QSize(256, 256)));
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
