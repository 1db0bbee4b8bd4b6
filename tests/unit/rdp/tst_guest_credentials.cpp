#include "core/rdp/guest_credentials.h"

#include <QTest>

using namespace sightline;

class TestGuestCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhichMeeting_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("meeting");
        QTest::addColumn<QString>("passcode");
        const QString id = QStringLiteral("Q3Zs-8_hX0aW2mYtR5uN7g");
        const QString none;
        QTest::newRow("domain and password") << id << QStringLiteral("4711") << id << QStringLiteral("4711");
        QTest::newRow("domain, no passcode") << id << none << id << none;
        QTest::newRow("password alone") << none << id << id << none;
        QTest::newRow("password with passcode")
            << none << id + QStringLiteral(":4:7") << id << QStringLiteral("4:7");
        QTest::newRow("a computer's domain") << QStringLiteral("WORKGROUP") << id << id << none;
        QTest::newRow("nothing") << none << none << none << none;
        QTest::newRow("too short") << none << QStringLiteral("secret") << none << none;
        QTest::newRow("too long") << none << QString(87, QLatin1Char('a')) << none << none;
        QTest::newRow("no id") << none << QStringLiteral("Q3Zs/8_hX0aW2mYtR5uN7g") << none << none;
    }

    void saysWhichMeeting()
    {
        QFETCH(QString, domain);
        QFETCH(QString, password);
        QFETCH(QString, meeting);
        QFETCH(QString, passcode);
        const auto guest = GuestCredentials::from(QStringLiteral(" Rita "), domain, password);
        QCOMPARE(guest.displayName, QStringLiteral("Rita"));
        QCOMPARE(guest.meetingId, meeting);
        QCOMPARE(guest.passcode, passcode);
    }
};

QTEST_GUILESS_MAIN(TestGuestCredentials)
#include "tst_guest_credentials.moc"
