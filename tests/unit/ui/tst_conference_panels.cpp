#include "tests/support/widget_search.h"
#include "ui/lobby_panel.h"
#include "ui/names_text.h"
#include "ui/new_meeting_dialog.h"
#include "ui/passcode_dialog.h"
#include "ui/roster_actions.h"
#include "ui/roster_list.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace sightline;

namespace {

const LobbyGuest kVera{QStringLiteral("urn:vera"), QStringLiteral("Vera")};
const LobbyGuest kOtto{QStringLiteral("urn:otto"), QStringLiteral("Otto")};

QAbstractButton* okOf(const QWidget& dialog)
{
    return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
}

} // namespace

class TestConferencePanels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfMany_data();
    void namesOfMany();
    void theLobbyIsForPresenters();
    void guestsAreLetInOrNot();
    void allGuestsAreLetIn();
    void aMeetingIsAsItWasChosen();
    void thePasscodeIsAskedForAndAgain();
    void whoSeesNothingToDoSeesNoButtons();
    void theRosterKeepsItsRow();
};

void TestConferencePanels::namesOfMany_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("text");
    const auto name = [](const char* text) { return QString::fromLatin1(text); };
    QTest::newRow("nobody") << QStringList{} << QString();
    QTest::newRow("one") << QStringList{name("Anna")} << name("Anna");
    QTest::newRow("nameless") << QStringList{QString()} << name("somebody");
    QTest::newRow("two") << QStringList{name("Anna"), name("Ben")} << name("Anna and Ben");
    QTest::newRow("three") << QStringList{name("A"), name("B"), name("C")} << name("A, B and one more");
    QTest::newRow("five") << QStringList{name("A"), name("B"), name("C"), name("D"), name("E")}
                          << name("A, B and 3 others");
    QTest::newRow("places in a name") << QStringList{name("%2"), name("B")} << name("%2 and B");
}

void TestConferencePanels::namesOfMany()
{
    QFETCH(const QStringList, names);
    QTEST(namesText(names), "text");
}

void TestConferencePanels::theLobbyIsForPresenters()
{
    LobbyPanel panel;
    QVERIFY(panel.isHidden());
    panel.setGuests({kVera}, false);
    QVERIFY(panel.isHidden());
    panel.setGuests({kVera}, true);
    QVERIFY(!panel.isHidden());
    panel.setGuests({}, true);
    QVERIFY(panel.isHidden());
}

void TestConferencePanels::guestsAreLetInOrNot()
{
    LobbyPanel panel;
    QSignalSpy letIn(&panel, &LobbyPanel::letInChosen);
    QSignalSpy declined(&panel, &LobbyPanel::declineChosen);
    panel.setGuests({kVera, kOtto}, true);
    find<QAbstractButton>(panel, "Let in")->click(); // the one who waits longest
    QCOMPARE(letIn.takeFirst().front().toString(), kVera.entity);
    find<QListWidget>(panel, "People waiting in the lobby")->setCurrentRow(1);
    panel.setGuests({kVera, kOtto, {QStringLiteral("urn:max"), QStringLiteral("Max")}}, true);
    find<QAbstractButton>(panel, "Decline")->click(); // still the one that was chosen
    QCOMPARE(declined.takeFirst().front().toString(), kOtto.entity);
}

void TestConferencePanels::allGuestsAreLetIn()
{
    LobbyPanel panel;
    QStringList let;
    // The list changes while it is worked on.
    connect(&panel, &LobbyPanel::letInChosen, this, [&](const QString& guest) {
        let.append(guest);
        panel.setGuests(let.size() == 1 ? QList{kOtto} : QList<LobbyGuest>{}, true);
    });
    panel.setGuests({kVera, kOtto}, true);
    find<QAbstractButton>(panel, "Let all in")->click();
    QCOMPARE(let, (QStringList{kVera.entity, kOtto.entity}));
}

void TestConferencePanels::aMeetingIsAsItWasChosen()
{
    NewMeetingDialog dialog;
    const AddConference plain = dialog.meeting();
    QCOMPARE(plain, AddConference{});
    find<QLineEdit>(dialog, "Subject")->setText(QStringLiteral("  Release   review "));
    find<QLineEdit>(dialog, "Passcode")->setText(QStringLiteral(" 4711 "));
    for (QCheckBox* const choice : dialog.findChildren<QCheckBox*>())
        choice->setChecked(true);
    QList<AddConference> chosen;
    connect(&dialog, &NewMeetingDialog::chosen, this,
        [&chosen](const AddConference& meeting) { chosen.append(meeting); });
    dialog.show();
    okOf(dialog)->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0].subject, QStringLiteral("Release review"));
    QCOMPARE(chosen[0].passcode, QStringLiteral("4711"));
    QVERIFY(chosen[0].settings.hasLobby);
    QCOMPARE(chosen[0].settings.viewers, MeetingSettings::Viewers::All);
    QCOMPARE(chosen[0].settings.presenters, MeetingSettings::Presenters::Everyone);
}

void TestConferencePanels::thePasscodeIsAskedForAndAgain()
{
    PasscodeDialog first(false);
    QCOMPARE(find<QLineEdit>(first, "Passcode")->echoMode(), QLineEdit::Password);
    QVERIFY(!okOf(first)->isEnabled());
    QSignalSpy entered(&first, &PasscodeDialog::entered);
    find<QLineEdit>(first, "Passcode")->setText(QStringLiteral("4711 "));
    okOf(first)->click();
    QCOMPARE(entered.size(), 1);
    QCOMPARE(entered[0][0].toString(), QStringLiteral("4711"));

    PasscodeDialog again(true);
    const auto labels = again.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->text().startsWith(QStringLiteral("That is not")); }));
}

void TestConferencePanels::whoSeesNothingToDoSeesNoButtons()
{
    Conversation conversation({.displayName = QStringLiteral("Anna"), .openCapture = {}});
    RosterList list;
    RosterActions actions(conversation, list);
    QVERIFY(actions.isHidden());
}

void TestConferencePanels::theRosterKeepsItsRow()
{
    RosterList list;
    Roster roster;
    roster.participants = {{.entity = QStringLiteral("a"),
                               .displayName = QStringLiteral("Anna"),
                               .role = Participant::Role::Presenter},
        {.entity = QStringLiteral("b"), .displayName = QStringLiteral("Ben"), .mayControl = false}};
    roster.state.controller = QStringLiteral("b");
    list.setRoster(roster, QStringLiteral("a"));
    QCOMPARE(list.item(0)->text(), QStringLiteral("Anna (you), presenter"));
    QCOMPARE(list.item(1)->text(), QStringLiteral("Ben – controls the desktop"));
    QVERIFY(!list.item(1)->toolTip().isEmpty());
    list.setCurrentRow(1);
    roster.participants.removeFirst();
    list.setRoster(roster, QStringLiteral("a"));
    QCOMPARE(list.chosen(), QStringLiteral("b"));
}

QTEST_MAIN(TestConferencePanels)
#include "tst_conference_panels.moc"
