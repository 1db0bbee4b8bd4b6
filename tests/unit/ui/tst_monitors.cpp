#include "ui/monitor_choice.h"
#include "ui/monitor_chooser.h"
#include "ui/monitor_names.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

// Which of the remote monitors is seen, and what they are called.

namespace {

const Rect kLeft{0, 0, 1920, 1080};
const Rect kRight{1920, 0, 1280, 1024};
const Rect kBelow{0, 1080, 1600, 900};

std::optional<std::size_t> one(std::size_t index)
{
    return index;
}

} // namespace

Q_DECLARE_METATYPE(sightline::Rects)

class TestMonitors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void allInTheBeginning();
    void choiceSurvivesTurningAndMoving();
    void choiceIsFoundAmongOthers();
    void choiceComesBack();
    void twinsAreNotTakenForEachOther();
    void oneAfterTheOther();
    void chooserOffersThem();
    void chooserHidesWithOne();
};

void TestMonitors::names_data()
{
    QTest::addColumn<Rects>("monitors");
    QTest::addColumn<QStringList>("places");
    const auto row = [](const char* name, const Rects& monitors, const QStringList& places) {
        QTest::newRow(name) << monitors << places;
    };
    const auto texts = [](std::initializer_list<const char*> list) {
        QStringList all;
        for (const char* text : list)
            all.append(QString::fromLatin1(text));
        return all;
    };
    row("none", {}, {});
    row("one", {kLeft}, texts({""}));
    row("two beside each other", {kLeft, kRight}, texts({"left", "right"}));
    row("their order is the host's", {kRight, kLeft}, texts({"right", "left"}));
    row("shifted", {{0, 0, 100, 100}, {100, 40, 100, 100}}, texts({"left", "right"}));
    row("one above the other", {kBelow, kLeft}, texts({"bottom", "top"}));
    row("three in a row", {{0, 0, 9, 9}, {18, 0, 9, 9}, {9, 0, 9, 9}}, texts({"left", "right", "middle"}));
    row("four corners", {{0, 0, 9, 9}, {9, 0, 9, 9}, {0, 9, 9, 9}, {9, 9, 9, 9}},
        texts({"top left", "top right", "bottom left", "bottom right"}));
    row("one below two", {{0, 0, 9, 9}, {9, 0, 9, 9}, {0, 9, 9, 9}},
        texts({"top left", "top right", "bottom left"}));
    row("four in a row", {{0, 0, 9, 9}, {9, 0, 9, 9}, {18, 0, 9, 9}, {27, 0, 9, 9}}, texts({"", "", "", ""}));
    row("one on the other", {{0, 0, 9, 9}, {1, 1, 9, 9}}, texts({"", ""}));
}

void TestMonitors::names()
{
    QFETCH(const Rects, monitors);
    QFETCH(const QStringList, places);
    QStringList expected;
    for (qsizetype i = 0; i < places.size(); ++i) {
        const QString name = QStringLiteral("Monitor %1").arg(i + 1);
        expected.append(places[i].isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, places[i]));
    }
    QCOMPARE(monitorNames(monitors), expected);
}

void TestMonitors::allInTheBeginning()
{
    MonitorChoice choice;
    QVERIFY(choice.part().isEmpty());
    choice.choose(one(0)); // before there is any
    QVERIFY(!choice.index());
    choice.follow({kLeft, kRight});
    QVERIFY(!choice.index());
    choice.choose(one(1));
    QVERIFY(choice.part() == kRight);
    choice.choose(one(2)); // not there
    QVERIFY(choice.part() == kRight);
    choice.choose({});
    QVERIFY(choice.part().isEmpty());
    choice.follow({kLeft, kRight});
    QVERIFY(!choice.index());
}

void TestMonitors::choiceSurvivesTurningAndMoving()
{
    MonitorChoice choice;
    choice.follow({kLeft, kRight});
    choice.choose(one(1));
    const Rect turned{1920, 0, 1024, 1280};
    choice.follow({kLeft, turned});
    QVERIFY(choice.part() == turned);
    const Rect moved{0, 0, 1024, 1280};
    choice.follow({{1024, 0, 1920, 1080}, moved});
    QVERIFY(choice.part() == moved);
}

void TestMonitors::choiceIsFoundAmongOthers()
{
    MonitorChoice choice;
    choice.follow({kLeft, kRight, kBelow});
    choice.choose(one(2));
    choice.follow({{0, 0, 1280, 1024}, {0, 1024, 1600, 900}}); // the first is unplugged
    QVERIFY(choice.index() == one(1));
    choice.follow({kLeft, kRight, kBelow});
    QVERIFY(choice.index() == one(2));
}

void TestMonitors::choiceComesBack()
{
    MonitorChoice choice;
    choice.follow({kLeft, kRight});
    choice.choose(one(1));
    choice.follow({kLeft}); // the only one: there is nothing to choose
    QVERIFY(choice.part().isEmpty());
    choice.follow({});
    QVERIFY(choice.part().isEmpty());
    choice.follow({kLeft, kRight});
    QVERIFY(choice.part() == kRight);
    // A new wish counts, made while ours was away.
    choice.follow({kLeft});
    choice.choose({});
    choice.follow({kLeft, kRight});
    QVERIFY(!choice.index());
}

void TestMonitors::twinsAreNotTakenForEachOther()
{
    MonitorChoice choice;
    choice.follow({{0, 0, 9, 9}, {9, 0, 9, 9}, {18, 0, 5, 5}});
    choice.choose(one(1));
    choice.follow({{0, 0, 9, 9}, {9, 0, 5, 5}});
    QVERIFY(!choice.index());
}

void TestMonitors::oneAfterTheOther()
{
    MonitorChoice choice;
    choice.follow({kLeft, kRight});
    for (const std::optional<std::size_t>& expected : {one(0), one(1), std::optional<std::size_t>()}) {
        choice.choose(choice.next(false));
        QVERIFY(choice.index() == expected);
    }
    for (const std::optional<std::size_t>& expected : {one(1), one(0), std::optional<std::size_t>()}) {
        choice.choose(choice.next(true));
        QVERIFY(choice.index() == expected);
    }
    MonitorChoice none;
    QVERIFY(!none.next(false) && !none.next(true));
}

void TestMonitors::chooserOffersThem()
{
    MonitorChooser chooser;
    std::vector<std::optional<std::size_t>> chosen;
    connect(&chooser, &MonitorChooser::chosen, this, [&](std::optional<std::size_t> index) {
        chosen.push_back(index);
        chooser.setMonitors({kLeft, kRight}, index);
    });
    chooser.setMonitors({kLeft, kRight}, {});
    QVERIFY(chooser.isVisible());
    QCOMPARE(chooser.text(), QStringLiteral("All monitors"));
    QCOMPARE(chooser.accessibleName(), QStringLiteral("Monitors: All monitors"));
    const auto labels = [&chooser] {
        QStringList texts;
        for (const QAction* action : chooser.menu()->actions())
            texts.append(action->text() + (action->isChecked() ? QStringLiteral(" *") : QString()));
        return texts.join(QStringLiteral("; "));
    };
    QCOMPARE(labels(), QStringLiteral("&All monitors *; Monitor &1 (left); Monitor &2 (right)"));
    // By keyboard alone.
    chooser.setFocus();
    chooser.menu()->popup({});
    QTest::keyClick(chooser.menu(), Qt::Key_2);
    QTRY_COMPARE(chosen.size(), std::size_t(1));
    QVERIFY(chosen[0] == one(1));
    QCOMPARE(chooser.text(), QStringLiteral("Monitor 2 (right)"));
    QCOMPARE(labels(), QStringLiteral("&All monitors; Monitor &1 (left); Monitor &2 (right) *"));
    chooser.menu()->actions().first()->trigger();
    QTRY_COMPARE(chosen.size(), std::size_t(2));
    QVERIFY(!chosen[1]);
}

void TestMonitors::chooserHidesWithOne()
{
    MonitorChooser chooser;
    chooser.setMonitors({kLeft, kRight}, {});
    chooser.setMonitors({kLeft}, {});
    QVERIFY(!chooser.isVisible());
    chooser.setMonitors({}, {});
    QVERIFY(!chooser.isVisible());
}

QTEST_MAIN(TestMonitors)
#include "tst_monitors.moc"
