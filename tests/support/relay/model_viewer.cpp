#include "tests/support/relay/model_viewer.h"

namespace sightline {

namespace {

bool isHidden(const GfxScreen& screen, std::uint16_t id, const Rect& tile)
{
    const auto& surface = screen.surfaces().at(id);
    bool isAbove = false;
    for (const std::uint16_t other : screen.mapped()) {
        const auto& above = screen.surfaces().at(other);
        if (isAbove
            && Rect{above.origin()->x, above.origin()->y, above.size().width, above.size().height}.contains(
                {tile.x + surface.origin()->x, tile.y + surface.origin()->y, tile.width, tile.height}))
            return true;
        isAbove = isAbove || other == id;
    }
    return false;
}

bool isEqual(const PictureView& a, const PictureView& b, const Rect& area)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        for (int x = area.x; x < area.right(); ++x) {
            if (((a.row(y)[x] ^ b.row(y)[x]) & kColorMask) != 0)
                return false;
        }
    }
    return true;
}

} // namespace

void ModelViewer::send(const std::shared_ptr<const GfxMessage>& message)
{
    m_waiting.push_back(message);
    m_queued += message->size();
}

void ModelViewer::paint(const PictureView& output, const Rects& dirty, std::uint32_t frame)
{
    if (m_painted.width() != output.width || m_painted.height() != output.height)
        return fail("painted with another size");
    for (const Rect& rect : dirty) {
        for (int y = rect.y; y < rect.bottom(); ++y)
            std::copy_n(output.row(y) + rect.x, rect.width, m_painted.row(y) + rect.x);
    }
    m_paints.push_back(frame);
}

std::optional<std::uint32_t> ModelViewer::pass(Duration time)
{
    m_ended.reset();
    if (m_isStalled)
        return m_ended;
    if (!m_paints.empty()) {
        m_ended = m_paints.back();
        m_paints.clear();
    }
    m_credit = m_rate > 0 ? m_credit + m_rate * std::chrono::duration<double>(time).count() : 1e12;
    while (!m_waiting.empty() && m_credit >= static_cast<double>(m_waiting.front()->size())) {
        const auto message = m_waiting.front();
        m_waiting.pop_front();
        m_credit -= static_cast<double>(message->size());
        m_queued -= message->size();
        m_bytes += message->size();
        if (!m_reader.read(message->data(), [this](const GfxCommand& command) { decode(command); }))
            fail("a malformed message");
    }
    if (m_waiting.empty())
        m_credit = 0;
    return m_ended;
}

void ModelViewer::restart()
{
    m_waiting.clear();
    m_queued = 0;
    m_screen = GfxScreen();
    m_reader = GfxMessageReader();
    m_ended.reset();
    m_painted = Picture();
    m_paints.clear();
}

void ModelViewer::decode(const GfxCommand& command)
{
    if (const auto* keep = std::get_if<SurfaceToCache>(&command)) {
        if (keep->slot > m_abilities.cacheSlots)
            fail("a slot that the viewer has not");
    }
    const auto* tile = std::get_if<TileData>(&command);
    if (tile && tile->codec == TileCodec::Avc420 && !m_abilities.avc420)
        fail("a film for a viewer without AVC420");
    if (const Result<void> done = m_screen.execute(command); !done)
        fail(done.error().toString().toStdString() + ", command " + std::to_string(command.index()));
    if (m_screen.cache().octets() > m_abilities.cacheBytes)
        fail("more in the cache than the viewer can keep");
    if (const auto* end = std::get_if<EndFrame>(&command)) {
        m_ended = end->frame;
        ++m_frames;
    }
}

void ModelViewer::fail(const std::string& fault)
{
    if (m_fault.empty())
        m_fault = fault;
}

std::string differenceOf(const GfxScreen& viewer, const GfxScreen& relay)
{
    if (viewer.output().rect() != relay.output().rect())
        return "another output";
    if (viewer.surfaces().size() != relay.surfaces().size())
        return "other surfaces";
    for (const auto& [id, surface] : relay.surfaces()) {
        const auto found = viewer.surfaces().find(id);
        if (found == viewer.surfaces().end() || found->second.size() != surface.size()
            || found->second.origin() != surface.origin())
            return "another surface " + std::to_string(id);
        const TileGrid grid{surface.size()};
        for (int tile = 0; tile < grid.count(); ++tile) {
            if (!isHidden(relay, id, grid.tile(tile))
                && !isEqual(found->second.view(), surface.view(), grid.tile(tile)))
                return "other pixels in tile " + std::to_string(tile) + " of surface " + std::to_string(id);
        }
    }
    return {};
}

std::string differenceOf(const Picture& painted, const GfxScreen& relay)
{
    const PictureView output = relay.output();
    if (painted.rect() != output.rect())
        return "another size is painted";
    return isEqual(painted.view(), output, output.rect()) ? "" : "other pixels are painted";
}

} // namespace sightline
