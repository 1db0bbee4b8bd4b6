#include "core/graphics/frame_pacer.h"
#include "core/rdp/gfx_message_packer.h"
#include "show.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <deque>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr double kRate = 1e6 / 8; ///< octets a second
constexpr Duration kDelay = 20ms; ///< each way
constexpr Duration kTick = 1ms;

/// Commands and the octets that they become.
class Wire : public GfxSink {
public:
    void accept(GfxCommand command) override
    {
        m_packer.add(command, 0);
        commands.push_back(std::move(command));
    }
    std::size_t takeOctets()
    {
        m_packer.flush();
        std::size_t octets = 0;
        while (const auto message = m_packer.takeFinished())
            octets += message->size();
        return octets;
    }
    double compression() const { return m_packer.compression(); }

    std::vector<GfxCommand> commands;

private:
    GfxMessagePacker m_packer;
};

/// A host, a path of 1 Mbit/s and a viewer, in a time of their own.
class SlowPath {
public:
    explicit SlowPath(Size size)
        : m_encoder(m_wire, {})
    {
        m_encoder.reset(size);
        send(0);
    }

    /// Sends what may be sent now, and shows what has arrived. `changed`: the screen is another one.
    void tick(const Picture& screen, bool changed)
    {
        m_now += kTick;
        m_queued = std::max(0.0, m_queued - kRate * std::chrono::duration<double>(kTick).count());
        while (!m_onTheWay.empty() && m_onTheWay.front().arrives <= m_now)
            show();
        m_isDirty = m_isDirty || changed;
        const FramePacer::Path path{.roundTrip = 2 * kDelay,
            .deliveryRate = kRate,
            .bytesQueued = static_cast<std::uint64_t>(m_queued)};
        const bool mayRefine = !m_isDirty && m_encoder.refinementDue() <= m_now;
        if (m_pacer.earliestSend(path, m_now) > m_now || (!m_isDirty && !mayRefine))
            return;
        const EncodeLimits limits{.byteBudget = 32 * 1024, .pathRate = kRate, .now = m_now};
        FrameEncoder::Outcome outcome;
        if (m_isDirty) {
            m_unsent.push_back(screen.rect());
            outcome = m_encoder.encode(screen.view(), m_unsent, ++m_frame, limits);
            m_unsent = outcome.remaining;
            m_isDirty = !m_unsent.empty();
        } else {
            outcome = m_encoder.refine(screen.view(), ++m_frame, limits);
        }
        if (!outcome.isEmpty) {
            m_pacer.frameSent(m_frame, outcome.bytes, m_now);
            m_sentScreen = screen;
            send(m_frame);
        }
    }

    const Picture& shown() const { return m_viewer.screen(); }
    const QString& fault() const { return m_viewer.fault(); }
    int frames() const { return static_cast<int>(m_qualities.size()); }
    /// Of each picture that was shown, against the screen that it was made of.
    const std::vector<double>& qualities() const { return m_qualities; }

private:
    struct Frame {
        std::uint32_t number = 0;
        TimePoint arrives{};
        std::vector<GfxCommand> commands;
        Picture screen;
    };

    void send(std::uint32_t number)
    {
        m_queued += static_cast<double>(m_wire.takeOctets());
        const auto transfer
            = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(m_queued / kRate));
        m_onTheWay.push_back(
            {number, m_now + transfer + kDelay, std::exchange(m_wire.commands, {}), m_sentScreen});
    }

    void show()
    {
        Frame frame = std::move(m_onTheWay.front());
        m_onTheWay.pop_front();
        for (GfxCommand& command : frame.commands)
            m_viewer.accept(std::move(command));
        m_pacer.frameAcknowledged(frame.number, m_now);
        if (frame.number > 0)
            m_qualities.push_back(psnr(m_viewer.screen().view(), frame.screen.view()));
    }

    Wire m_wire;
    FrameEncoder m_encoder;
    FramePacer m_pacer{{}};
    ScreenModel m_viewer;
    TimePoint m_now{1h};
    double m_queued = 0;
    std::deque<Frame> m_onTheWay;
    Picture m_sentScreen;
    Rects m_unsent;
    bool m_isDirty = true;
    std::uint32_t m_frame = 0;
    std::vector<double> m_qualities;
};

} // namespace

/// Text stays readable while it scrolls over 1 Mbit/s, and is exact when it rests: under a limit there are
/// fewer pictures, not worse ones.
class TestLegibility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scrollsOverOneMegabit_data();
    void scrollsOverOneMegabit();
};

void TestLegibility::scrollsOverOneMegabit_data()
{
    QTest::addColumn<bool>("lcd");
    QTest::addColumn<int>("step");
    QTest::newRow("grey text") << false << 3;
    QTest::newRow("coloured text") << true << 3;
}

void TestLegibility::scrollsOverOneMegabit()
{
    QFETCH(bool, lcd);
    QFETCH(int, step);
    constexpr int kWidth = 800;
    constexpr int kHeight = 600;
    Picture page(kWidth, 6000, 0xFFFFFF);
    pictures::text(page, page.rect(), 11, lcd);
    Picture screen(kWidth, kHeight);
    pictures::blit(page, screen.rect(), screen, {0, 0});
    SlowPath path({kWidth, kHeight});
    for (int i = 0; i < 3000; ++i) // the first picture may take as long as it takes
        path.tick(screen, i == 0);
    QCOMPARE(differingPixels(path.shown().view(), screen.view()), 0L);

    const int before = path.frames();
    int at = 0;
    for (int i = 0; i < 2000; ++i) {
        const bool scrolls = i % 17 == 0;
        if (scrolls) {
            at = (at + step) % 5400;
            pictures::blit(page, {0, at, kWidth, kHeight}, screen, {0, 0});
        }
        path.tick(screen, scrolls);
    }
    QVERIFY2(path.fault().isEmpty(), qPrintable(path.fault()));
    const int shown = path.frames() - before;
    QVERIFY2(shown >= 20, qPrintable(QString::number(shown)));
    for (int i = before; i < path.frames(); ++i) {
        const double quality = path.qualities()[static_cast<std::size_t>(i)];
        QVERIFY2(
            quality > 30, qPrintable(QStringLiteral("%1 dB in picture %2").arg(quality).arg(i - before)));
    }

    int rest = 0;
    while (rest < 1000 && differingPixels(path.shown().view(), screen.view()) != 0) {
        path.tick(screen, false);
        ++rest;
    }
    QVERIFY2(rest < 1000, "not exact a second after it came to rest");
    QVERIFY2(path.fault().isEmpty(), qPrintable(path.fault()));
}

QTEST_GUILESS_MAIN(TestLegibility)
#include "tst_legibility.moc"
