#include "sharing_stage.h"

#include "platform/linux/x11/x11_screen_capture.h"
#include "tests/support/x11_hands.h"
#include "tests/support/xvfb.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>

#include <unistd.h>

using namespace sightline;

namespace {

const QString kMeetingId = QString::fromLatin1(SharingStage::kMeeting);

/// A port at which RDP clients knock, and a focus that lets in who says "open sesame".
class Door : public QTcpServer {
public:
    explicit Door(SharingStage& stage)
        : m_stage(stage)
    {
        listen(QHostAddress::LocalHost);
        stage.onJoin = [this](const SharingRdpJoin& join) {
            joins.push_back(join);
            if (join.passcode != QLatin1String("sesame"))
                return (void)m_stage.ask(
                    SharingAnswerRdpJoin{join.joinId, std::nullopt, ErrorCode::WrongPasscode, {}});
            SharingUser user;
            user.number = ++m_stage.lastNumber;
            user.entity = QStringLiteral("urn:sightline:participant:rdp-%1").arg(user.number);
            user.displayName = join.displayName;
            user.mayView = true;
            guest = user;
            m_stage.ask(SharingPutUser{join.meetingId, user});
            m_stage.ask(SharingAnswerRdpJoin{join.joinId, user});
        };
        stage.onGone = [this](const SharingRdpGone& gone) { departures.push_back(gone); };
    }

    std::vector<SharingRdpJoin> joins;
    std::vector<SharingRdpGone> departures;
    SharingUser guest;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_stage.server->acceptRdp(static_cast<int>(descriptor), QStringLiteral("127.0.0.1"));
    }

private:
    SharingStage& m_stage;
};

/// xfreerdp on an X server of its own, as large as the shared desktop.
struct RdpClient {
    RdpClient(quint16 port, const QString& password, const QStringList& options = {})
    {
        auto started = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"),
            QStringLiteral("640x480x24"), QStringLiteral("-nocursor")});
        if (!started)
            return;
        server = std::move(started).value();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(server->displayName()));
        environment.insert(QStringLiteral("WLOG_LEVEL"), QStringLiteral("ERROR"));
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("xfreerdp3"),
            QStringList{QStringLiteral("/v:127.0.0.1:%1").arg(port), QStringLiteral("/u:Rita"),
                QStringLiteral("/p:") + password, QStringLiteral("/cert:ignore"), QStringLiteral("/sec:tls"),
                QStringLiteral("/size:640x480"), QStringLiteral("-decorations"), QStringLiteral("-clipboard"),
                QStringLiteral("/log-level:ERROR")}
                + options);
    }
    ~RdpClient()
    {
        process.kill();
        process.waitForFinished(5000);
    }
    bool sees(const PatternScreen& desktop, int tolerance = 0) const
    {
        const auto capture = X11ScreenCapture::create(server->displayName());
        if (!capture)
            return false;
        (void)(*capture)->setArea({0, 0, 640, 480});
        const auto grabbed = (*capture)->grab();
        if (!grabbed)
            return false;
        const Picture expected = desktop.picture();
        const PictureView seen = grabbed->picture;
        const auto near = [tolerance](std::uint32_t a, std::uint32_t b) {
            for (const int shift : {0, 8, 16}) {
                if (std::abs(static_cast<int>(a >> shift & 0xFF) - static_cast<int>(b >> shift & 0xFF))
                    > tolerance)
                    return false;
            }
            return true;
        };
        for (int y = 0; y < expected.height(); ++y) {
            if (!std::equal(expected.row(y), expected.row(y) + expected.width(), seen.row(y), near))
                return false;
        }
        return true;
    }

    std::unique_ptr<Xvfb> server;
    QProcess process;
};

} // namespace

class TestRdpClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seesTheShare_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("tolerance");
        QTest::newRow("graphics channel") << QStringList{QStringLiteral("/gfx")} << 0;
        QTest::newRow("graphics channel with H.264") << QStringList{QStringLiteral("/gfx:AVC420")} << 0;
        QTest::newRow("graphics channel, small cache")
            << QStringList{QStringLiteral("/gfx:small-cache")} << 0;
        QTest::newRow("bitmaps, 32 bits")
            << QStringList{QStringLiteral("-gfx"), QStringLiteral("/bpp:32")} << 0;
        QTest::newRow("bitmaps, 24 bits")
            << QStringList{QStringLiteral("-gfx"), QStringLiteral("/bpp:24")} << 0;
        QTest::newRow("bitmaps, 16 bits")
            << QStringList{QStringLiteral("-gfx"), QStringLiteral("/bpp:16")} << 8;
    }

    void seesTheShare()
    {
        QFETCH(QStringList, options);
        QFETCH(int, tolerance);
        SharingStage stage;
        Door door(stage);
        StageClient& anna = stage.join();
        StageClient& vera = stage.join();
        auto desktop = std::make_shared<PatternScreen>(Size{640, 480});
        paintScene(*desktop, 1);
        stage.setSharer(&anna);
        anna.share(desktop);
        QVERIFY(stage.allSee(*desktop, {&vera}));

        RdpClient rita(door.serverPort(), kMeetingId + QStringLiteral(":sesame"), options);
        QVERIFY(rita.server);
        QVERIFY2(
            waitUntil([&] { return rita.sees(*desktop, tolerance); }), rita.process.readAll().constData());
        QCOMPARE(door.joins.size(), 1U);
        QCOMPARE(door.joins.front().displayName, QStringLiteral("Rita"));
        for (unsigned seed = 2; seed < 5; ++seed) {
            paintScene(*desktop, seed);
            QVERIFY(waitUntil([&] { return rita.sees(*desktop, tolerance); }));
        }
        QVERIFY(stage.allSee(*desktop, {&vera}));

        // Who leaves is gone, and the others see on.
        rita.process.terminate();
        QVERIFY(waitUntil([&] { return !door.departures.empty(); }));
        QCOMPARE(door.departures.front().entity, door.guest.entity);
        paintScene(*desktop, 9);
        QVERIFY(stage.allSee(*desktop, {&vera}));
    }

    void takesTheMeetingFromTheDomain()
    {
        SharingStage stage;
        Door door(stage);
        RdpClient rita(door.serverPort(), QStringLiteral("sesame"), {QStringLiteral("/d:") + kMeetingId});
        QVERIFY(waitUntil([&] { return !door.joins.empty(); }));
        QCOMPARE(door.joins.front().meetingId, kMeetingId);
        QCOMPARE(door.joins.front().passcode, QStringLiteral("sesame"));
    }

    void isRefusedWithTheWrongPasscode()
    {
        SharingStage stage;
        Door door(stage);
        RdpClient rita(door.serverPort(), kMeetingId + QStringLiteral(":wrong"));
        QVERIFY(waitUntil([&] { return rita.process.state() == QProcess::NotRunning; }));
        const QByteArray output = rita.process.readAll();
        QVERIFY2(output.contains("SERVER_DENIED_CONNECTION"), output.constData());
        QVERIFY(rita.process.exitCode() != 0);
        QCOMPARE(door.joins.size(), 1U);
    }

    void isRefusedWithoutTls()
    {
        SharingStage stage;
        Door door(stage);
        RdpClient rita(
            door.serverPort(), kMeetingId + QStringLiteral(":sesame"), {QStringLiteral("/sec:rdp")});
        QVERIFY(waitUntil([&] { return rita.process.state() == QProcess::NotRunning; }));
        QVERIFY(rita.process.exitCode() != 0);
        QVERIFY(door.joins.empty());
    }

    void isSentAwayWithItsUser()
    {
        SharingStage stage;
        Door door(stage);
        RdpClient rita(door.serverPort(), kMeetingId + QStringLiteral(":sesame"));
        QVERIFY(waitUntil([&] { return !door.joins.empty(); }));
        stage.ask(SharingDeleteUser{kMeetingId, door.guest.entity});
        QVERIFY(waitUntil([&] { return rita.process.state() == QProcess::NotRunning; }));
    }

    void controlsWhenItIsGiven()
    {
        SharingStage stage;
        Door door(stage);
        StageClient& anna = stage.join();
        auto desktop = std::make_shared<PatternScreen>(Size{640, 480});
        paintScene(*desktop, 3);
        stage.setSharer(&anna);
        anna.share(desktop, ControlPolicy::Ask);
        RdpClient rita(door.serverPort(), kMeetingId + QStringLiteral(":sesame"));
        QVERIFY(waitUntil([&] { return rita.sees(*desktop); }));
        const auto hands = X11Hands::create(rita.server->displayName());
        QVERIFY(hands);
        hands->move({100, 100});
        anna.host->control().grant(door.guest.number);
        QVERIFY(waitUntil([&] { return !stage.controllers.empty(); }));
        QCOMPARE(stage.controllers.back(), door.guest.entity);
        hands->move({123, 77});
        QVERIFY(waitUntil([&] {
            const auto events = anna.injector.content().events;
            return std::ranges::find(events, InputEvent(PointerMove{{123, 77}})) != events.end();
        }));
        anna.host->control().revoke();
        QVERIFY(waitUntil([&] { return stage.controllers.back().isEmpty(); }));
    }

    void leavesStrangersNoRoom()
    {
        SharingStage stage;
        Door door(stage);
        std::vector<std::unique_ptr<QTcpSocket>> strangers;
        for (int i = 0; i < 8; ++i) {
            strangers.push_back(std::make_unique<QTcpSocket>());
            strangers.back()->connectToHost(QHostAddress::LocalHost, door.serverPort());
            strangers.back()->write("\3"); // and nothing more
        }
        // Four of one address may be there; the others are closed at once.
        QVERIFY(waitUntil([&] {
            return std::ranges::count_if(strangers, [](const auto& one) {
                return one->state() == QAbstractSocket::UnconnectedState;
            }) == 4;
        }));
    }
};

QTEST_GUILESS_MAIN(TestRdpClients)
#include "tst_rdp_clients.moc"
