#include "core/graphics/frame_encoder.h"
#include "core/relay/relay.h"
#include "tests/support/relay/model_viewer.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace sightline;
using namespace std::chrono_literals;

/// The relay with its thread.
class TestRelay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void passesFramesOn();
    void nothingRunsAfterRemoval();
    void aFloodEndsTheSource();
};

namespace {

/// A viewer that decodes at once, on the relay's thread, and acknowledges.
class Viewer : public RelayOutput {
public:
    void send(const std::shared_ptr<const GfxMessage>& message) override
    {
        const std::lock_guard lock(m_mutex);
        ++m_calls;
        m_reader.read(message->data(), [this](const GfxCommand& command) {
            m_isGood = m_isGood && m_screen.execute(command);
            if (const auto* end = std::get_if<EndFrame>(&command))
                m_frame = end->frame;
        });
        if (message->endOfFrame && relay && id != 0)
            relay->acknowledged(id, *message->endOfFrame);
        m_changed.notify_all();
    }
    void paint(const PictureView&, const Rects&, std::uint32_t) override { ++m_calls; }
    void outputResized(Size) override { ++m_calls; }
    std::size_t queuedBytes() const override { return 0; }
    double pathRate() const override { return 0; }

    bool waitFor(const Picture& picture)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [&] {
            const PictureView shown = m_screen.output();
            if (!m_isGood || shown.rect() != picture.rect() || m_screen.isInsideFrame())
                return false;
            for (int y = 0; y < shown.height; ++y) {
                for (int x = 0; x < shown.width; ++x) {
                    if (((shown.row(y)[x] ^ picture.row(y)[x]) & kColorMask) != 0)
                        return false;
                }
            }
            return true;
        });
    }
    int calls() const { return m_calls; }

    Relay* relay = nullptr;
    std::atomic<Relay::ViewerId> id = 0;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    GfxMessageReader m_reader;
    GfxScreen m_screen;
    std::uint32_t m_frame = 0;
    bool m_isGood = true;
    std::atomic<int> m_calls = 0;
};

std::shared_ptr<Viewer> join(Relay& relay)
{
    const auto viewer = std::make_shared<Viewer>();
    viewer->relay = &relay;
    viewer->id = relay.addViewer({{.avc420 = true, .cacheSlots = 100, .cacheBytes = 1'000'000}}, viewer);
    return viewer;
}

} // namespace

void TestRelay::passesFramesOn()
{
    Relay relay;
    std::atomic<std::uint32_t> acknowledged = 0;
    const auto early = join(relay);
    auto source = relay.attachSource({.acknowledge = [&](std::uint32_t frame) { acknowledged = frame; }});
    FrameEncoder encoder(*source, {.allowLossy = false});
    Picture picture = pictures::desktop(400, 300, 1);
    encoder.reset({400, 300});
    for (std::uint32_t frame = 1; frame <= 50; ++frame) {
        pictures::text(picture, {10, 10, 200, 100}, frame, true);
        encoder.encode(picture.view(), {picture.rect()}, frame);
    }
    QVERIFY(early->waitFor(picture));
    QTRY_COMPARE(acknowledged.load(), 50U);
    const auto late = join(relay);
    QVERIFY(late->waitFor(picture));
    relay.refreshRequested(late->id);
    QTRY_COMPARE(relay.statistics().viewersInStep, 2);
    source.reset();
    const auto last = join(relay);
    QVERIFY(last->waitFor(picture));
    for (const auto& viewer : {early, late, last})
        relay.removeViewer(viewer->id);
}

void TestRelay::nothingRunsAfterRemoval()
{
    Relay relay;
    auto source = relay.attachSource({});
    FrameEncoder encoder(*source, {});
    Picture picture = pictures::desktop(400, 300, 1);
    encoder.reset({400, 300});
    for (std::uint32_t frame = 1; frame <= 100; ++frame) {
        const auto viewer = join(relay);
        pictures::text(picture, {10, 10, 200, 100}, frame, true);
        encoder.encode(picture.view(), {picture.rect()}, frame);
        relay.removeViewer(viewer->id);
        const int calls = viewer->calls();
        encoder.encode(pictures::desktop(400, 300, frame).view(), {picture.rect()}, 1000 + frame);
        QCOMPARE(viewer->calls(), calls);
        QCOMPARE(viewer.use_count(), 1L);
    }
}

void TestRelay::aFloodEndsTheSource()
{
    Relay relay;
    std::atomic<int> failures = 0;
    auto source = relay.attachSource({.failed = [&](const Error&) { ++failures; }});
    source->accept(ResetGraphics{{64, 64}});
    source->accept(CreateSurface{1, {64, 64}});
    source->accept(StartFrame{1});
    const auto payload = std::make_shared<const Bytes>(64 * 64 * 4, std::uint8_t(7));
    for (int i = 0; i < 100'000 && failures == 0; ++i)
        source->accept(TileData{1, TileCodec::Uncompressed, {0, 0, 64, 64}, payload});
    source.reset();
    // Either it was taken as fast as it came, or it was ended; never both, and nothing is left.
    QVERIFY(failures <= 1);
}

QTEST_GUILESS_MAIN(TestRelay)
#include "tst_relay.moc"
