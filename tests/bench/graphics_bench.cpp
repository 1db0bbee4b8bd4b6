// Prints how long the parts of the encoder take on one thread (processor time, so that other programs matter
// less), and how many octets they make of typical screens:
//   graphics_bench [WIDTH HEIGHT]

#include "core/graphics/frame_encoder.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/tile_classifier.h"
#include "core/graphics/tile_diff.h"
#include "core/graphics/zgfx_encoder.h"
#include "tests/unit/graphics/test_pictures.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

using namespace sightline;

namespace {

class CountingSink : public GfxSink {
public:
    void accept(GfxCommand command) override
    {
        if (const auto* tile = std::get_if<TileData>(&command))
            bytes += tile->payload->size();
        ++commands;
    }
    std::size_t bytes = 0;
    int commands = 0;
};

double now()
{
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The median of several runs, in milliseconds.
double milliseconds(const std::function<void()>& work, int runs = 15)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const double start = now();
        work();
        times.push_back(now() - start);
    }
    std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
    return times[static_cast<std::size_t>(runs / 2)];
}

void print(const std::string& what, double time, std::size_t bytes = 0)
{
    if (bytes > 0)
        std::printf("%-44s %8.2f ms %9.1f KB\n", what.c_str(), time, static_cast<double>(bytes) / 1024);
    else
        std::printf("%-44s %8.2f ms\n", what.c_str(), time);
}

struct Sample {
    const char* name;
    Picture picture;
};

void measureDiff(const Picture& picture)
{
    ReferencePicture reference;
    reference.reset({picture.width(), picture.height()});
    reference.store(picture.view(), picture.rect());
    TileDiff diff;
    const Rects damage{picture.rect()};
    print("diff, nothing changed", milliseconds([&] { diff.find(picture.view(), reference, damage); }));
    const Picture other = pictures::noise(picture.width(), picture.height(), 1);
    print("diff, everything changed", milliseconds([&] { diff.find(other.view(), reference, damage); }));
    print("reference, store everything",
        milliseconds([&] { reference.store(picture.view(), picture.rect()); }));
}

/// What a lossless first frame costs and comes to on the wire.
void measureLossless(const Sample& sample, ZgfxEncoder::Effort effort, const char* what)
{
    const Picture& picture = sample.picture;
    PlanarEncoder planar;
    Bytes out;
    const double time = milliseconds([&] {
        ZgfxEncoder zgfx;
        zgfx.setEffort(effort);
        out.clear();
        for (int y = 0; y < picture.height(); y += 64) {
            const Rect strip = intersected({0, y, picture.width(), 64}, picture.rect());
            const auto coded = planar.encode(picture.view().part(strip));
            for (std::size_t at = 0; at < coded.size(); at += kZgfxSegment)
                zgfx.encode(coded.subspan(at, std::min(kZgfxSegment, coded.size() - at)), out);
        }
    });
    print(std::string(sample.name) + what, time, out.size());
    const double megabytes = static_cast<double>(picture.rect().area()) * 4 / 1e6;
    std::printf("%-44s %8.0f MB/s of pixels\n", "", megabytes / time * 1000);
}

void measureCodecs(const Sample& sample)
{
    const Picture& picture = sample.picture;
    const TileGrid grid{{picture.width(), picture.height()}};
    const std::string name = sample.name;
    print(name + ", classify", milliseconds([&] {
        for (int i = 0; i < grid.count(); ++i)
            static_cast<void>(lookAt(picture.view().part(grid.tile(i))));
    }));
    PlanarEncoder planar;
    std::size_t bytes = 0;
    const double planarTime = milliseconds([&] {
        bytes = 0;
        for (int y = 0; y < picture.height(); y += 64) {
            const Rect strip = intersected({0, y, picture.width(), 64}, picture.rect());
            bytes += planar.encode(picture.view().part(strip)).size();
        }
    });
    print(name + ", planar strips", planarTime, bytes);
    measureLossless(sample, ZgfxEncoder::Effort::Fast, ", planar strips and fast ZGFX");
    measureLossless(sample, ZgfxEncoder::Effort::Thorough, ", planar strips and thorough ZGFX");
    RemoteFxEncoder remoteFx;
    const double remoteFxTime = milliseconds([&] {
        remoteFx.begin(picture.rect());
        for (int i = 0; i < grid.count(); ++i)
            remoteFx.add(picture.view(), grid.tile(i));
        bytes = remoteFx.finish().size();
    });
    print(name + ", RemoteFX", remoteFxTime, bytes);
}

void measureFirstFrame(const Sample& sample)
{
    std::size_t bytes = 0;
    int commands = 0;
    std::uint32_t frame = 0;
    const Size size{sample.picture.width(), sample.picture.height()};
    CountingSink sink;
    FrameEncoder encoder(sink, {});
    const double time = milliseconds([&] {
        encoder.reset(size);
        sink = {};
        bytes = encoder.encode(sample.picture.view(), {sample.picture.rect()}, ++frame).bytes;
        commands = sink.commands;
    });
    print(std::string(sample.name) + ", first frame", time, bytes);
    std::printf("%-44s %8d commands\n", "", commands);
    if (encoder.hasLossyTiles()) {
        const double start = now();
        bytes = encoder.refine(sample.picture.view(), ++frame, {}).bytes;
        print(std::string(sample.name) + ", refinement", now() - start, bytes);
    }
}

/// A page that moves inside a window, as a browser's does: bars above and below, a sidebar, pictures in the
/// text.
void measureScroll(int width, int height, Point step, const char* name)
{
    Picture page(width + 600, height + 600);
    pictures::text(page, page.rect(), 3, false);
    for (int y = 200; y < page.height(); y += 700)
        pictures::blit(pictures::photo(440, 260, 1), {0, 0, 440, 260}, page, {30, y});
    Picture screen = pictures::desktop(width, height, 1);
    const Rect view{260, 30, width - 276, height - 110};
    CountingSink sink;
    FrameEncoder encoder(sink, {});
    encoder.reset({width, height});
    pictures::blit(page, {0, 0, view.width, view.height}, screen, {view.x, view.y});
    std::uint32_t frame = 0;
    encoder.encode(screen.view(), {screen.rect()}, ++frame);
    encoder.refine(screen.view(), ++frame, {});
    std::vector<double> times;
    sink = {};
    constexpr int kFrames = 40;
    for (int i = 1; i <= kFrames; ++i) {
        pictures::blit(page, {i * step.x, i * step.y, view.width, view.height}, screen, {view.x, view.y});
        times.push_back(milliseconds([&] { encoder.encode(screen.view(), {view}, ++frame); }, 1));
    }
    std::nth_element(times.begin(), times.begin() + kFrames / 2, times.end());
    print(name, times[kFrames / 2], sink.bytes / kFrames);
    std::printf("%-44s %8d commands a frame\n", "", sink.commands / kFrames);
}

void measureTyping(const Picture& picture)
{
    Picture screen = picture;
    CountingSink sink;
    FrameEncoder encoder(sink, {});
    encoder.reset({screen.width(), screen.height()});
    std::uint32_t frame = 0;
    encoder.encode(screen.view(), {screen.rect()}, ++frame);
    encoder.refine(screen.view(), ++frame, {});
    sink = {};
    int x = 300;
    const double time = milliseconds([&] {
        const Rect glyph{x, 400, 10, 18};
        pictures::text(screen, glyph, static_cast<std::uint64_t>(x), true);
        pictures::fill(screen, {x + 3, 404, 3, 8}, 0x202020);
        encoder.encode(screen.view(), {glyph}, ++frame);
        x += 10;
    });
    print("one letter typed", time, sink.bytes / 15);
}

} // namespace

int main(int argc, char** argv)
{
    const int width = argc == 3 ? std::atoi(argv[1]) : 1920;
    const int height = argc == 3 ? std::atoi(argv[2]) : 1080;
    Picture dense(width, height);
    pictures::text(dense, dense.rect(), 3, true);
    Picture terminal(width, height);
    pictures::text(terminal, terminal.rect(), 4, false, 0xCCCCCC, 0x101010);
    const std::array<Sample, 4> samples{Sample{"dense LCD text", dense}, {"terminal", terminal},
        {"photo", pictures::photo(width, height, 5)}, {"desktop", pictures::desktop(width, height, 6)}};
    measureDiff(dense);
    for (const Sample& sample : samples)
        measureCodecs(sample);
    for (const Sample& sample : samples)
        measureFirstFrame(sample);
    measureScroll(width, height, {0, 7}, "page scrolled by 7 rows");
    measureScroll(width, height, {0, 54}, "page scrolled by 54 rows");
    measureScroll(width, height, {12, 0}, "page scrolled by 12 columns");
    measureTyping(dense);
    return 0;
}
