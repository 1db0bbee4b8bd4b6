#include "core/session/refresh_requests.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

class TestRefreshRequests : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesWhatWasAskedFor();
    void knowsEverything();
    void aFloodIsOneRequest();
};

namespace {

constexpr Rect kWhole{0, 0, 640, 480};
constexpr TimePoint kStart{std::chrono::hours(1)};

} // namespace

void TestRefreshRequests::givesWhatWasAskedFor()
{
    RefreshRequests requests;
    QCOMPARE(requests.dueAt(), TimePoint::max());
    QVERIFY(!requests.take(kWhole, kStart));
    requests.add({{10, 20, 30, 40}, {600, 400, 100, 100}, {700, 0, 10, 10}});
    QVERIFY(requests.dueAt() <= kStart);
    QCOMPARE(requests.take(kWhole, kStart), Rects({{10, 20, 30, 40}, {600, 400, 40, 80}}));
    QVERIFY(!requests.take(kWhole, kStart + 10s));
}

void TestRefreshRequests::knowsEverything()
{
    RefreshRequests requests;
    requests.add({{10, 20, 30, 40}});
    requests.add({});
    QCOMPARE(requests.take(kWhole, kStart), Rects{kWhole});
    requests.add({{0, 0, 65536, 65536}});
    QCOMPARE(requests.take(kWhole, kStart + 1s), Rects{kWhole});
}

void TestRefreshRequests::aFloodIsOneRequest()
{
    RefreshRequests requests;
    int taken = 0;
    std::size_t most = 0;
    for (int i = 0; i < 100'000; ++i) { // in ten seconds
        requests.add({{i % 600, i % 400, 1, 1}});
        if (const std::optional<Rects> areas = requests.take(kWhole, kStart + i * 100us)) {
            ++taken;
            most = std::max(most, areas->size());
        }
    }
    QVERIFY(taken >= 19 && taken <= 21);
    QVERIFY(most <= 64);
}

QTEST_APPLESS_MAIN(TestRefreshRequests)
#include "tst_refresh_requests.moc"
