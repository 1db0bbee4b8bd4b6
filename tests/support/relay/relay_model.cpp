#include "tests/support/relay/relay_model.h"

#include <algorithm>
#include <array>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t kFilm = 3;
constexpr Size kFilmSize{64, 64};
constexpr std::array<Size, 3> kSizes{Size{200, 150}, {64, 64}, {300, 70}};
constexpr int kSlots = 12;
constexpr std::size_t kMostViewers = 6;

} // namespace

RelayModel::RelayModel(std::function<int()> choose)
    : m_choose(std::move(choose))
{
    attach();
}

void RelayModel::attach()
{
    m_frame.reset();
    m_surfaces.clear();
    m_slots.clear();
    m_encoder.reset();
    m_relay.beginSource({.acknowledge = [](std::uint32_t) {},
                            .refresh =
                                [this](const Rects&) {
                                    ++m_refreshes;
                                    m_isKeyWanted = true;
                                },
                            .failed = [this](const Error& why) { m_fault = why.toString().toStdString(); }},
        m_now);
    startOver();
}

void RelayModel::startOver()
{
    m_surfaces.clear();
    m_slots.clear();
    m_encoder.reset();
    const Size size = kSizes[static_cast<std::size_t>(below(3))];
    send(ResetGraphics{size});
    send(CreateSurface{1, size});
    m_surfaces[1] = size;
    send(MapSurfaceToOutput{1, {}});
}

void RelayModel::send(GfxCommand command)
{
    m_relay.accept(command, m_now);
}

Rect RelayModel::rectIn(Size size)
{
    const int x = below(size.width);
    const int y = below(size.height);
    return {x, y, 1 + below(size.width - x), 1 + below(size.height - y)};
}

std::uint16_t RelayModel::someSurface()
{
    auto it = m_surfaces.begin();
    std::advance(it, below(static_cast<int>(m_surfaces.size())));
    return it->first;
}

Picture RelayModel::some(int width, int height)
{
    const auto seed = static_cast<std::uint32_t>(m_choose() * 0x10305 + 7);
    Picture picture(width, height, seed & kColorMask);
    std::uint32_t noise = seed | 1;
    const int kind = m_choose() % 4;
    for (int y = 0; kind != 0 && y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            noise = noise * 1664525 + 1013904223;
            if (kind == 1)
                picture.row(y)[x] = noise & kColorMask;
            else if (kind == 2)
                picture.row(y)[x] = static_cast<std::uint32_t>(x * 3 + (y << 9)) + (noise >> 30);
            else if (noise >> 29 == 0)
                picture.row(y)[x] = 0;
        }
    }
    return picture;
}

TileData RelayModel::tile(std::uint16_t surface, const Rect& rect)
{
    const Picture picture = some(rect.width, rect.height);
    std::span<const std::uint8_t> octets;
    const bool isRemoteFx = m_choose() % 3 == 0;
    if (isRemoteFx) {
        m_remoteFx.begin(picture.rect());
        const TileGrid grid{{rect.width, rect.height}};
        // Not all of it: only the areas of the message are drawn.
        for (int i = 0; i < grid.count(); ++i) {
            if (i == 0 || m_choose() % 4 != 0)
                m_remoteFx.add(picture.view(), grid.tile(i));
        }
        octets = m_remoteFx.finish();
    } else {
        octets = m_planar.encode(picture.view());
    }
    return {surface, isRemoteFx ? TileCodec::RemoteFx : TileCodec::Planar, rect,
        std::make_shared<const Bytes>(octets.begin(), octets.end())};
}

void RelayModel::film()
{
    if (!m_encoder) {
        Result<std::unique_ptr<H264Encoder>> created = H264Encoder::create(kFilmSize);
        if (!created)
            return;
        m_encoder = std::move(created).value();
    }
    const Picture picture = some(kFilmSize.width, kFilmSize.height);
    const bool isKey = std::exchange(m_isKeyWanted, false) || m_choose() % 16 == 0;
    const Result<ByteView> unit = m_encoder->encode(picture.view(), m_now, isKey);
    if (!unit)
        return;
    Bytes payload{1, 0, 0, 0, 0, 0, 0, 0, 64, 0, 64, 0, 23, 100};
    payload.insert(payload.end(), unit->begin(), unit->end());
    send(TileData{kFilm, TileCodec::Avc420, {0, 0, kFilmSize.width, kFilmSize.height},
        std::make_shared<const Bytes>(std::move(payload))});
}

void RelayModel::cacheAndCopy(std::uint16_t surface)
{
    const auto slot = static_cast<std::uint16_t>(1 + below(kSlots));
    const auto kept = m_slots.find(slot);
    const Size size = m_surfaces[surface];
    if (kept != m_slots.end() && m_choose() % 4 == 0) {
        send(EvictCacheEntry{slot});
        m_slots.erase(kept);
    } else if (kept != m_slots.end()) {
        const Size room{size.width - kept->second.width, size.height - kept->second.height};
        if (room.width >= 0 && room.height >= 0)
            send(CacheToSurface{slot, surface, {{below(room.width + 1), below(room.height + 1)}, {0, 0}}});
    } else if (m_choose() % 2 == 0) {
        const Rect rect = rectIn(size);
        send(SurfaceToCache{surface, slot, slot, rect});
        m_slots[slot] = {rect.width, rect.height};
    } else {
        const Rect rect = rectIn(size);
        const std::uint16_t to = someSurface();
        const Size room{m_surfaces[to].width - rect.width, m_surfaces[to].height - rect.height};
        if (room.width >= 0 && room.height >= 0)
            send(SurfaceToSurface{surface, to, rect, {{below(room.width + 1), below(room.height + 1)}}});
    }
}

void RelayModel::draw()
{
    const std::uint16_t surface = someSurface();
    switch (m_choose() % 6) {
    case 0:
        send(SolidFill{surface, static_cast<std::uint32_t>(m_choose() * 0x010203),
            {rectIn(m_surfaces[surface]), rectIn(m_surfaces[surface])}});
        break;
    case 1:
    case 2:
        cacheAndCopy(surface);
        break;
    case 3:
        if (m_surfaces.contains(kFilm))
            film();
        break;
    default:
        send(tile(surface, rectIn(m_surfaces[surface])));
    }
}

void RelayModel::addViewer()
{
    RelayViewer viewer;
    const int kind = m_choose();
    viewer.abilities.avc420 = kind % 2 == 0;
    viewer.abilities.cacheSlots = kind % 8 < 4 ? 100 : kind % 8;
    viewer.abilities.cacheBytes = kind % 32 < 16 ? 10'000'000 : 20'000;
    viewer.isClassic = kind % 11 == 0;
    constexpr std::array<double, 4> kRates{0, 20'000, 60'000, 5e6};
    const auto model
        = std::make_shared<ModelViewer>(viewer.abilities, kRates[static_cast<std::size_t>(m_choose() % 4)]);
    m_viewers[++m_lastViewer] = {viewer.isClassic, model};
    m_relay.addViewer(m_lastViewer, viewer, model);
}

/// Between frames, or what does not need one.
void RelayModel::happen()
{
    auto viewer = m_viewers.begin();
    if (!m_viewers.empty())
        std::advance(viewer, below(static_cast<int>(m_viewers.size())));
    switch (const int what = m_choose() % 32; what) {
    case 0:
        if (!m_frame)
            startOver();
        break;
    case 1:
    case 2:
        if (const auto id = static_cast<std::uint16_t>(2 + m_choose() % 2); !m_surfaces.contains(id)) {
            m_surfaces[id] = id == kFilm ? kFilmSize : Size{90, 40};
            send(CreateSurface{id, m_surfaces[id]});
            send(MapSurfaceToOutput{id, {below(100), below(60)}});
        }
        break;
    case 3:
        if (const auto id = static_cast<std::uint16_t>(2 + m_choose() % 2); m_surfaces.erase(id) > 0) {
            send(DeleteSurface{id});
            if (id == kFilm)
                m_encoder.reset();
        }
        break;
    case 4:
        if (m_choose() % 4 == 0)
            attach();
        break;
    case 5:
    case 6:
        if (m_viewers.size() < kMostViewers)
            addViewer();
        break;
    case 7:
        if (!m_viewers.empty() && m_choose() % 2 == 0) {
            m_relay.removeViewer(viewer->first);
            m_viewers.erase(viewer);
        }
        break;
    case 8:
        if (!m_viewers.empty()) {
            viewer->second.model->restart();
            m_relay.restartViewer(viewer->first, nullptr);
        }
        break;
    case 9:
    case 10:
    case 11:
    case 12:
        if (!m_viewers.empty())
            viewer->second.model->setStalled(what < 11);
        break;
    default:
        pass(std::chrono::milliseconds(m_choose()));
    }
}

void RelayModel::step()
{
    const int what = m_choose() % 4;
    if (what == 0)
        return happen();
    if (!m_frame) {
        m_frame = ++m_frames;
        send(StartFrame{*m_frame});
    } else if (what == 1) {
        send(EndFrame{*std::exchange(m_frame, std::nullopt)});
    } else {
        draw();
    }
}

void RelayModel::pass(Duration time)
{
    m_now += time;
    for (auto& [id, viewer] : m_viewers) {
        if (const std::optional<std::uint32_t> frame = viewer.model->pass(time))
            m_relay.acknowledged(id, *frame, m_now);
    }
    for (int i = 0; i < 3 && m_relay.work(m_now); ++i) {}
}

std::string RelayModel::fault() const
{
    if (!m_fault.empty())
        return m_fault;
    for (const auto& [id, viewer] : m_viewers) {
        if (!viewer.model->fault().empty())
            return "viewer " + std::to_string(id) + ": " + viewer.model->fault();
    }
    return {};
}

std::string RelayModel::settle()
{
    if (m_frame)
        send(EndFrame{*std::exchange(m_frame, std::nullopt)});
    for (auto& [id, viewer] : m_viewers)
        viewer.model->setStalled(false);
    constexpr int kMostRounds = 20'000;
    int quiet = 0;
    for (int i = 0; i < kMostRounds && quiet < 12 && fault().empty(); ++i) {
        const std::uint64_t before = m_relay.statistics().bytesRepaired;
        pass(40ms);
        const bool isIdle = std::ranges::all_of(
            m_viewers, [](const auto& entry) { return entry.second.model->hasDecodedAll(); });
        quiet = isIdle && before == m_relay.statistics().bytesRepaired ? quiet + 1 : 0;
    }
    if (!fault().empty())
        return fault();
    for (const auto& [id, viewer] : m_viewers) {
        const std::string difference = viewer.isClassic
            ? differenceOf(viewer.model->painted(), m_relay.screen())
            : differenceOf(viewer.model->screen(), m_relay.screen());
        if (!difference.empty())
            return "viewer " + std::to_string(id) + ": " + difference;
    }
    return {};
}

} // namespace sightline
