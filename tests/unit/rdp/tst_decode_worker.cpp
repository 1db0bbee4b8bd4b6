#include "core/rdp/decode_worker.h"

#include <QTest>

#include <future>

using namespace sightline;
using namespace std::chrono_literals;

class TestDecodeWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysHowTheJobWent();
    void servesWhileTheJobRuns();
    void aFailedServiceFailsTheRun();
    void whatCameBeforeIsServed();
};

void TestDecodeWorker::saysHowTheJobWent()
{
    DecodeWorker worker;
    const auto caller = std::this_thread::get_id();
    for (int i = 0; i < 1000; ++i) {
        bool isElsewhere = false;
        const bool outcome = worker.run(
            [&] {
                isElsewhere = std::this_thread::get_id() != caller;
                return i % 2 == 0;
            },
            [] { return true; });
        QCOMPARE(outcome, i % 2 == 0);
        QVERIFY(isElsewhere);
    }
}

void TestDecodeWorker::servesWhileTheJobRuns()
{
    DecodeWorker worker;
    const auto caller = std::this_thread::get_id();
    std::promise<std::thread::id> served;
    // The job ends only after somebody was served.
    const bool outcome = worker.run(
        [&] {
            auto future = served.get_future();
            worker.notify();
            return future.wait_for(10s) == std::future_status::ready && future.get() == caller;
        },
        [&] {
            served.set_value(std::this_thread::get_id());
            return true;
        });
    QVERIFY(outcome);
}

void TestDecodeWorker::aFailedServiceFailsTheRun()
{
    DecodeWorker worker;
    std::promise<void> served;
    bool isWhole = false;
    const bool outcome = worker.run(
        [&] {
            worker.notify();
            isWhole = served.get_future().wait_for(10s) == std::future_status::ready;
            return true;
        },
        [&] {
            served.set_value();
            return false;
        });
    QVERIFY(!outcome);
    QVERIFY(isWhole); // and not given up in the middle
}

void TestDecodeWorker::whatCameBeforeIsServed()
{
    DecodeWorker worker;
    worker.notify();
    std::promise<void> served;
    QVERIFY(worker.run([&] { return served.get_future().wait_for(10s) == std::future_status::ready; },
        [&] {
            served.set_value();
            return true;
        }));
}

QTEST_GUILESS_MAIN(TestDecodeWorker)
#include "tst_decode_worker.moc"
