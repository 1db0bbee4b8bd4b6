#include "core/conference/server_metrics.h"
#include "core/conference/sharing_factory.h"

#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace sightline;

namespace {

/// A way to a sharing server that the test plays.
class PlayedLink : public SharingLink {
public:
    QString name() const override { return QStringLiteral("played"); }
    bool isAlive() const override { return isThere; }
    const SharingLoad& load() const override { return figures; }
    QString peer() const override { return process; }
    void send(const SharingRequest::Body& body) override { sent.append(body); }

    bool isThere = true;
    SharingLoad figures;
    QString process;
    QList<SharingRequest::Body> sent;
};

} // namespace

class TestSharingFactory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_factory = std::make_unique<SharingFactory>();
        for (PlayedLink*& link : m_links) {
            auto made = std::make_unique<PlayedLink>();
            link = made.get();
            m_factory->add(std::move(made));
        }
    }

    void picks_data();
    void picks();
    void takesTurnsAmongEquals();
    void sendsToTheRightOne();
    void takesEachNotificationOnce();
    void knowsWhoSpeaks();
    void metricsAreReadable();

private:
    std::unique_ptr<SharingFactory> m_factory;
    std::array<PlayedLink*, 3> m_links{};
};

void TestSharingFactory::picks_data()
{
    // Legs of the three; a minus sign: dead; 1000 more: drains.
    QTest::addColumn<QList<int>>("legs");
    QTest::addColumn<int>("picked");
    QTest::newRow("least") << QList<int>{5, 3, 4} << 1;
    QTest::newRow("first") << QList<int>{0, 3, 4} << 0;
    QTest::newRow("least is dead") << QList<int>{5, -3, 4} << 2;
    QTest::newRow("least drains") << QList<int>{5, 3, 1000} << 1;
    QTest::newRow("one left") << QList<int>{-5, 1003, 99} << 2;
    QTest::newRow("none left") << QList<int>{-5, 1003, -9} << -1;
}

void TestSharingFactory::picks()
{
    QFETCH(QList<int>, legs);
    QFETCH(int, picked);
    for (qsizetype i = 0; i < legs.size(); ++i) {
        PlayedLink& link = *m_links[static_cast<std::size_t>(i)];
        link.isThere = legs[i] >= 0;
        link.figures.legs = static_cast<quint32>(std::abs(legs[i]) % 1000);
        link.figures.isDraining = legs[i] >= 1000;
    }
    QCOMPARE(m_factory->pick(), picked < 0 ? std::nullopt : std::optional<quint32>(picked));
}

void TestSharingFactory::takesTurnsAmongEquals()
{
    QSet<quint32> picked;
    for (int i = 0; i < 3; ++i)
        picked.insert(m_factory->pick().value());
    QCOMPARE(picked.size(), 3);
}

void TestSharingFactory::sendsToTheRightOne()
{
    m_factory->send(2, SharingGetLoad{});
    m_factory->send(7, SharingGetLoad{});
    QVERIFY(m_links[0]->sent.isEmpty() && m_links[1]->sent.isEmpty());
    QCOMPARE(m_links[2]->sent.size(), 1);
}

void TestSharingFactory::takesEachNotificationOnce()
{
    m_links[1]->process = QStringLiteral("urn:mcu:1");
    const QString focus = QStringLiteral("urn:focus:1");
    QSignalSpy spy(m_factory.get(), &SharingFactory::notified);
    const auto post = [&](quint32 id) {
        const auto answer = m_factory->receive(
            {id, QStringLiteral("urn:mcu:1"), SharingController{QStringLiteral("m"), {}}}, focus);
        QVERIFY(std::holds_alternative<SharingDone>(answer.body));
        QCOMPARE(answer.id, id);
        QCOMPARE(answer.sender, focus);
    };
    post(1);
    post(1);
    post(2);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy.first().first().toUInt(), 1u);
    // A server that began anew counts anew.
    m_links[1]->process = QStringLiteral("urn:mcu:2");
    (void)m_factory->receive(
        {1, QStringLiteral("urn:mcu:2"), SharingController{QStringLiteral("m"), {}}}, focus);
    QCOMPARE(spy.count(), 3);
}

void TestSharingFactory::knowsWhoSpeaks()
{
    QSignalSpy spy(m_factory.get(), &SharingFactory::notified);
    for (const QString& sender : {QStringLiteral("urn:mcu:9"), QString()}) {
        const auto answer = m_factory->receive(
            {1, sender, SharingController{QStringLiteral("m"), {}}}, QStringLiteral("f"));
        QVERIFY(std::holds_alternative<Failure>(answer.body));
    }
    QCOMPARE(spy.count(), 0);
}

void TestSharingFactory::metricsAreReadable()
{
    ServerMetrics metrics;
    metrics.add("sightline_conferences", "Conferences.", std::size_t(3));
    metrics.add("sightline_loss_percent", "Loss.", 0.25);
    QCOMPARE(metrics.toText(),
        QByteArray("# HELP sightline_conferences Conferences.\n# TYPE sightline_conferences gauge\n"
                   "sightline_conferences 3\n# HELP sightline_loss_percent Loss.\n"
                   "# TYPE sightline_loss_percent gauge\nsightline_loss_percent 0.25\n"));
}

QTEST_GUILESS_MAIN(TestSharingFactory)
#include "tst_sharing_factory.moc"
