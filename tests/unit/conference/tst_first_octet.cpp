#include "core/conference/first_octet.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

#include <sys/socket.h>
#include <unistd.h>

using namespace sightline;

namespace {

/// A stranger's end and ours.
struct Pair {
    Pair()
    {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) {
            stranger = ends[0];
            first = std::make_unique<FirstOctet>(ends[1], std::chrono::seconds(10));
        }
    }
    ~Pair()
    {
        if (stranger >= 0)
            ::close(stranger);
    }
    void say(const QByteArray& octets) const
    {
        QCOMPARE(
            ::write(stranger, octets.constData(), static_cast<std::size_t>(octets.size())), octets.size());
    }

    int stranger = -1;
    std::unique_ptr<FirstOctet> first;
};

} // namespace

class TestFirstOctet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksAndLeavesItThere()
    {
        Pair pair;
        QSignalSpy known(pair.first.get(), &FirstOctet::known);
        pair.say(QByteArrayLiteral("\x03\x00\x00"));
        QVERIFY(known.wait());
        QCOMPARE(known.first().first().value<quint8>(), FirstOctet::kTpkt);
        const auto taken = static_cast<int>(pair.first->take());
        pair.first.reset();
        char octets[3] = {};
        QCOMPARE(::read(taken, octets, sizeof octets), 3);
        QCOMPARE(octets[0], '\x03');
        ::close(taken);
    }

    void tellsThatTheStrangerWent()
    {
        Pair pair;
        QSignalSpy lost(pair.first.get(), &FirstOctet::lost);
        ::close(std::exchange(pair.stranger, -1));
        QVERIFY(lost.wait());
    }

    void closesWhatNobodyTook()
    {
        Pair pair;
        pair.first.reset();
        char octet = 0;
        QCOMPARE(::read(pair.stranger, &octet, 1), 0); // the end
    }
};

QTEST_GUILESS_MAIN(TestFirstOctet)
#include "tst_first_octet.moc"
