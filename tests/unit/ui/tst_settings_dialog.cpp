#include "ui/settings_dialog.h"

#include "tests/support/widget_search.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

QString onlyHttps(const QString& text)
{
    return text.startsWith(QStringLiteral("https://")) ? QString() : QStringLiteral("That is wrong.");
}

Settings ada()
{
    return {.name = QStringLiteral("Ada"), .server = {}, .staysInTray = false};
}

} // namespace

class TestSettingsDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasEntered();
    void keepsWhoMayControlAndWhatIsCopied();
    void refusesNoName();
    void refusesBadServers();
    void showsTheTrayWhereThereIsOne();
    void everyControlHasAName();
};

void TestSettingsDialog::givesBackWhatWasEntered()
{
    SettingsDialog dialog(ada(), onlyHttps, true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    auto* server = find<QLineEdit>(dialog, "Address of the server");
    QVERIFY(!server->isEnabled());
    find<QLineEdit>(dialog, "Your name")->setText(QStringLiteral("  Grace   Hopper "));
    find<QAbstractButton>(dialog, "Another server")->click();
    QVERIFY(server->isEnabled());
    server->setText(QStringLiteral(" https://h:1 "));
    find<QAbstractButton>(dialog, "Start in the tray")->click();
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 1);
    const Settings expected{
        .name = QStringLiteral("Grace Hopper"), .server = QStringLiteral("https://h:1"), .staysInTray = true};
    QCOMPARE(chosen[0][0].value<Settings>(), expected);
    QVERIFY(!dialog.isVisible());

    // Back to a server of one's own.
    SettingsDialog back(expected, onlyHttps, true);
    QSignalSpy chosenBack(&back, &SettingsDialog::chosen);
    find<QAbstractButton>(back, "A server of my own")->click();
    find<QAbstractButton>(back, "Save the settings")->click();
    QCOMPARE(chosenBack[0][0].value<Settings>().server, QString());
}

void TestSettingsDialog::keepsWhoMayControlAndWhatIsCopied()
{
    SettingsDialog dialog(ada(), onlyHttps, true);
    dialog.show();
    QVERIFY(find<QAbstractButton>(dialog, "Ask before giving control")->isChecked());
    QVERIFY(isReadable(dialog, QStringLiteral("Ctrl+Alt+Space")));
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QAbstractButton>(dialog, "Refuse control")->click();
    find<QAbstractButton>(dialog, "Receive the clipboard")->click();
    find<QAbstractButton>(dialog, "Save the settings")->click();
    Settings expected = ada();
    expected.controlPolicy = ControlPolicy::Never;
    expected.receivesClipboard = false;
    QCOMPARE(chosen[0][0].value<Settings>(), expected);

    // What was chosen once is shown again, and stays when nothing is changed.
    expected.controlPolicy = ControlPolicy::Always;
    expected.sendsClipboard = false;
    SettingsDialog again(expected, onlyHttps, true);
    QSignalSpy chosenAgain(&again, &SettingsDialog::chosen);
    find<QAbstractButton>(again, "Save the settings")->click();
    QCOMPARE(chosenAgain[0][0].value<Settings>(), expected);
}

void TestSettingsDialog::refusesNoName()
{
    SettingsDialog dialog(ada(), onlyHttps, true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QLineEdit>(dialog, "Your name")->setText(QStringLiteral("  "));
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(dialog.isVisible());
    QVERIFY(isShown(dialog, "What is wrong with the settings"));
}

void TestSettingsDialog::refusesBadServers()
{
    SettingsDialog dialog(ada(), onlyHttps, true);
    dialog.show();
    QSignalSpy chosen(&dialog, &SettingsDialog::chosen);
    find<QAbstractButton>(dialog, "Another server")->click();
    find<QLineEdit>(dialog, "Address of the server")->setText(QStringLiteral("nonsense"));
    find<QAbstractButton>(dialog, "Save the settings")->click();
    QCOMPARE(chosen.size(), 0);
    QVERIFY(isReadable(dialog, QStringLiteral("That is wrong.")));
    find<QAbstractButton>(dialog, "Cancel")->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(chosen.size(), 0);
}

void TestSettingsDialog::showsTheTrayWhereThereIsOne()
{
    SettingsDialog without(ada(), onlyHttps, false);
    without.show();
    QVERIFY(!isShown(without, "Start in the tray"));
    SettingsDialog with(ada(), onlyHttps, true);
    with.show();
    QVERIFY(isShown(with, "Start in the tray"));
}

void TestSettingsDialog::everyControlHasAName()
{
    SettingsDialog dialog(ada(), onlyHttps, true);
    for (const QAbstractButton* button : dialog.findChildren<QAbstractButton*>()) {
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->text()));
        QVERIFY2(button->text().contains(QLatin1Char('&')), qPrintable(button->text()));
    }
    for (const QLineEdit* field : dialog.findChildren<QLineEdit*>())
        QVERIFY(!field->accessibleName().isEmpty());
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
