#include "core/rdp/classic_picture.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

int tilesOf(int length)
{
    return (length + ClassicPicture::kTile - 1) / ClassicPicture::kTile;
}

} // namespace

void ClassicPicture::resize(Size size)
{
    const std::lock_guard lock(m_mutex);
    m_newSize = size;
    m_picture = Picture(size.width, size.height);
    m_columns = tilesOf(size.width);
    m_dirty.assign(
        static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(tilesOf(size.height)), false);
    m_dirtyTiles = 0;
    m_next = 0;
    m_frame.reset();
}

void ClassicPicture::paint(const PictureView& output, const Rects& dirty, std::uint32_t frame)
{
    const std::lock_guard lock(m_mutex);
    m_frame = frame;
    for (const Rect& rect : dirty) {
        const Rect part = intersected(intersected(rect, m_picture.rect()), output.rect());
        for (int y = part.y; y < part.bottom(); ++y)
            std::copy_n(output.row(y) + part.x, part.width, m_picture.row(y) + part.x);
        add(part);
    }
}

void ClassicPicture::add(const Rect& dirty)
{
    if (dirty.isEmpty())
        return;
    for (int row = dirty.y / kTile; row <= (dirty.bottom() - 1) / kTile; ++row) {
        for (int column = dirty.x / kTile; column <= (dirty.right() - 1) / kTile; ++column) {
            const auto at = static_cast<std::size_t>(row * m_columns + column);
            m_dirtyTiles += m_dirty[at] ? 0 : 1;
            m_dirty[at] = true;
        }
    }
}

bool ClassicPicture::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return m_dirtyTiles == 0 && !m_newSize && !m_frame;
}

std::size_t ClassicPicture::bytesWaiting() const
{
    constexpr std::size_t kUsualTile = 2048;
    const std::lock_guard lock(m_mutex);
    return m_dirtyTiles * kUsualTile;
}

std::optional<Size> ClassicPicture::takeSize()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_newSize, std::nullopt);
}

void ClassicPicture::repaint()
{
    const std::lock_guard lock(m_mutex);
    add(m_picture.rect());
}

std::optional<ClassicPicture::Tile> ClassicPicture::takeTile()
{
    const std::lock_guard lock(m_mutex);
    if (m_dirtyTiles == 0)
        return std::nullopt;
    while (!m_dirty[m_next])
        m_next = (m_next + 1) % m_dirty.size();
    m_dirty[m_next] = false;
    --m_dirtyTiles;
    const int index = static_cast<int>(m_next);
    Tile tile;
    tile.rect
        = intersected({index % m_columns * kTile, index / m_columns * kTile, kTile, kTile}, m_picture.rect());
    tile.stride = (tile.rect.width + 3) / 4 * 4;
    tile.pixels.reserve(static_cast<std::size_t>(tile.stride) * static_cast<std::size_t>(tile.rect.height));
    for (int y = tile.rect.y; y < tile.rect.bottom(); ++y) {
        const std::uint32_t* row = m_picture.row(y);
        tile.pixels.insert(tile.pixels.end(), row + tile.rect.x, row + tile.rect.right());
        tile.pixels.insert(tile.pixels.end(), static_cast<std::size_t>(tile.stride - tile.rect.width),
            row[tile.rect.right() - 1]);
    }
    return tile;
}

std::optional<std::uint32_t> ClassicPicture::takeFrame()
{
    const std::lock_guard lock(m_mutex);
    return m_dirtyTiles == 0 ? std::exchange(m_frame, std::nullopt) : std::nullopt;
}

} // namespace sightline
