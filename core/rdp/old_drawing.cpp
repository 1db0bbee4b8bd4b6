#include "core/rdp/old_drawing.h"

namespace sightline {

namespace {

BOOL refuseBitmap(rdpContext*, const BITMAP_UPDATE*)
{
    return FALSE;
}

BOOL refuseSurfaceBits(rdpContext*, const SURFACE_BITS_COMMAND*)
{
    return FALSE;
}

} // namespace

void refuseOldDrawing(rdpUpdate* update)
{
    update->BitmapUpdate = refuseBitmap;
    update->SurfaceBits = refuseSurfaceBits;
    update->secondary->CacheBitmap = nullptr;
    update->secondary->CacheBitmapV2 = nullptr;
    update->secondary->CacheBitmapV3 = nullptr;
}

} // namespace sightline
