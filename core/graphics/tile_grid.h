#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// A picture cut into tiles of 64x64 pixels, numbered row by row; those at the right and at the bottom may be
/// smaller.
struct TileGrid {
    static constexpr int kTile = 64;

    Size size;

    int columns() const { return (size.width + kTile - 1) / kTile; }
    int rows() const { return (size.height + kTile - 1) / kTile; }
    int count() const { return columns() * rows(); }
    int columnOf(int tile) const { return tile % columns(); }
    int rowOf(int tile) const { return tile / columns(); }
    int at(int column, int row) const { return row * columns() + column; }

    Rect picture() const { return {0, 0, size.width, size.height}; }
    Rect tile(int index) const
    {
        return intersected({columnOf(index) * kTile, rowOf(index) * kTile, kTile, kTile}, picture());
    }

    /// Calls visit(tile, part of `area` inside that tile) for every tile that `area` touches, row by row.
    template <typename Visit> void forEachTile(const Rect& area, Visit visit) const
    {
        const Rect inside = intersected(area, picture());
        if (inside.isEmpty())
            return;
        for (int row = inside.y / kTile; row * kTile < inside.bottom(); ++row) {
            for (int column = inside.x / kTile; column * kTile < inside.right(); ++column)
                visit(at(column, row), intersected(inside, {column * kTile, row * kTile, kTile, kTile}));
        }
    }
};

} // namespace sightline
