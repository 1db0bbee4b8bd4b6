#include "core/rdp/viewer_screen.h"

#include "core/graphics/gfx_command.h"
#include "core/rdp/drawing_trace.h"
#include "core/rdp/old_drawing.h"
#include "core/rdp/tile_decoder.h"
#include "core/rdp/viewer_cache.h"
#include "core/rdp/viewer_context.h"

#include <freerdp/client/rdpgfx.h>
#include <freerdp/codecs.h>
#include <freerdp/gdi/gdi.h>
#include <freerdp/gdi/gfx.h>
#include <freerdp/settings.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sightline {

namespace {

// An 8K desktop twice over. A host must not be able to make the viewer allocate without end.
constexpr std::size_t kMaxPixels = 64 * 1024 * 1024;
constexpr int kMaxSide = 32766; // MS-RDPEGFX 2.2.2.14

bool isSane(Size size)
{
    return size.width > 0 && size.height > 0 && size.width <= kMaxSide && size.height <= kMaxSide
        && static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) <= kMaxPixels;
}

/// What makes no sense is left out: without monitors the picture is shown as it is.
Rects monitorsOf(const RDPGFX_RESET_GRAPHICS_PDU& reset, Size size)
{
    Rects monitors;
    if (reset.monitorCount > ResetGraphics::kMaxMonitors)
        return monitors;
    for (UINT32 i = 0; i < reset.monitorCount; ++i) {
        const MONITOR_DEF& monitor = reset.monitorDefArray[i]; // right and bottom are inclusive
        const bool isInside = monitor.left >= 0 && monitor.top >= 0 && monitor.left <= monitor.right
            && monitor.top <= monitor.bottom && monitor.right < size.width && monitor.bottom < size.height;
        if (isInside)
            monitors.push_back({monitor.left, monitor.top, monitor.right - monitor.left + 1,
                monitor.bottom - monitor.top + 1});
    }
    return monitors;
}

/// Longer than input should wait; a millisecond is about 16 tiles of RemoteFX.
bool takesLong(const RDPGFX_SURFACE_COMMAND& command)
{
    constexpr std::size_t kManyPixels = 64 * 64 * 40;
    return command.codecId == RDPGFX_CODECID_AVC420
        || static_cast<std::size_t>(command.width) * command.height > kManyPixels;
}

} // namespace

struct ViewerScreen::Graphics {
    explicit Graphics(RdpgfxClientContext* graphicsContext)
        : context(graphicsContext)
        , resetGraphics(context->ResetGraphics)
        , createSurface(context->CreateSurface)
        , deleteSurface(context->DeleteSurface)
        , startFrame(context->StartFrame)
        , endFrame(context->EndFrame)
        , solidFill(context->SolidFill)
        , surfaceToSurface(context->SurfaceToSurface)
    {
    }

    gdiGfxSurface* surface(UINT32 id) const
    {
        return id > UINT16_MAX
            ? nullptr
            : static_cast<gdiGfxSurface*>(context->GetSurfaceData(context, static_cast<UINT16>(id)));
    }

    RdpgfxClientContext* context;
    // What FreeRDP registered, and ours pass on to.
    pcRdpgfxResetGraphics resetGraphics;
    pcRdpgfxCreateSurface createSurface;
    pcRdpgfxDeleteSurface deleteSurface;
    pcRdpgfxStartFrame startFrame;
    pcRdpgfxEndFrame endFrame;
    pcRdpgfxSolidFill solidFill;
    pcRdpgfxSurfaceToSurface surfaceToSurface;
    TileDecoder decoder;
    ViewerCache cache;
    DrawingTrace trace;
};

struct ViewerScreen::Callbacks {
    static ViewerScreen& screenOf(RdpgfxClientContext* graphics)
    {
        return *ViewerContext::of(static_cast<rdpGdi*>(graphics->custom)->context).screen;
    }

    static BOOL desktopResize(rdpContext* context)
    {
        const Size size{
            static_cast<int>(freerdp_settings_get_uint32(context->settings, FreeRDP_DesktopWidth)),
            static_cast<int>(freerdp_settings_get_uint32(context->settings, FreeRDP_DesktopHeight))};
        ViewerScreen* screen = ViewerContext::of(context).screen;
        return !context->gdi || (screen && screen->setScreen(size));
    }

    static UINT resetGraphics(RdpgfxClientContext* graphics, const RDPGFX_RESET_GRAPHICS_PDU* reset)
    {
        ViewerScreen& screen = screenOf(graphics);
        const Size size{static_cast<int>(std::min<UINT32>(reset->width, kMaxSide + 1)),
            static_cast<int>(std::min<UINT32>(reset->height, kMaxSide + 1))};
        if (!isSane(size))
            return ERROR_INVALID_DATA;
        const UINT status = screen.m_graphics->resetGraphics(graphics, reset);
        if (status != CHANNEL_RC_OK)
            return status;
        screen.blacken();
        screen.m_handlers.resized(size, monitorsOf(*reset, size));
        return status;
    }

    static UINT createSurface(RdpgfxClientContext* graphics, const RDPGFX_CREATE_SURFACE_PDU* create)
    {
        ViewerScreen& screen = screenOf(graphics);
        if (graphics->GetSurfaceData(graphics, create->surfaceId)) {
            // FreeRDP would forget the memory of the first one.
            const RDPGFX_DELETE_SURFACE_PDU first{create->surfaceId};
            deleteSurface(graphics, &first);
        }
        if (!screen.mayCreate(create->surfaceId, {create->width, create->height}))
            return ERROR_INVALID_DATA;
        return screen.m_graphics->createSurface(graphics, create);
    }

    static UINT deleteSurface(RdpgfxClientContext* graphics, const RDPGFX_DELETE_SURFACE_PDU* deletion)
    {
        ViewerScreen& screen = screenOf(graphics);
        screen.m_surfacePixels.erase(deletion->surfaceId);
        screen.m_graphics->decoder.forget(deletion->surfaceId);
        return screen.m_graphics->deleteSurface(graphics, deletion);
    }

    static UINT surfaceCommand(RdpgfxClientContext* graphics, const RDPGFX_SURFACE_COMMAND* command)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        gdiGfxSurface* surface = own.surface(command->surfaceId);
        const auto decode = [&] { return own.decoder.decode(*command, *surface); };
        const bool isDecoded = surface
            && (takesLong(*command) ? screenOf(graphics).m_handlers.inBackground(decode) : decode());
        if (!isDecoded)
            return ERROR_INVALID_DATA;
        own.trace.addTile(*command, *surface);
        if (!screenOf(graphics).m_handlers.breather())
            return ERROR_INTERNAL_ERROR;
        // As FreeRDP does with what is drawn outside of a frame.
        return static_cast<rdpGdi*>(graphics->custom)->inGfxFrame ? CHANNEL_RC_OK : updateSurfaces(graphics);
    }

    static UINT startFrame(RdpgfxClientContext* graphics, const RDPGFX_START_FRAME_PDU* start)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        own.trace.start(Clock::now());
        return own.startFrame(graphics, start);
    }

    static UINT solidFill(RdpgfxClientContext* graphics, const RDPGFX_SOLID_FILL_PDU* fill)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        if (const gdiGfxSurface* surface = own.surface(fill->surfaceId))
            own.trace.addFill(*fill, *surface);
        return own.solidFill(graphics, fill);
    }

    static UINT surfaceToSurface(RdpgfxClientContext* graphics, const RDPGFX_SURFACE_TO_SURFACE_PDU* copy)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        if (const gdiGfxSurface* to = own.surface(copy->surfaceIdDest))
            own.trace.addCopy(*copy, *to);
        return own.surfaceToSurface(graphics, copy);
    }

    static UINT endFrame(RdpgfxClientContext* graphics, const RDPGFX_END_FRAME_PDU* end)
    {
        ViewerScreen& screen = screenOf(graphics);
        const UINT status = screen.m_graphics->endFrame(graphics, end);
        screen.m_handlers.frameDecoded();
        return status;
    }

    static UINT updateSurfaces(RdpgfxClientContext* graphics)
    {
        screenOf(graphics).presentFrame();
        return CHANNEL_RC_OK;
    }

    static UINT surfaceToCache(RdpgfxClientContext* graphics, const RDPGFX_SURFACE_TO_CACHE_PDU* keep)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        const gdiGfxSurface* surface = own.surface(keep->surfaceId);
        return surface && own.cache.keep(*keep, *surface) ? CHANNEL_RC_OK : ERROR_INVALID_DATA;
    }

    static UINT cacheToSurface(RdpgfxClientContext* graphics, const RDPGFX_CACHE_TO_SURFACE_PDU* draw)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        gdiGfxSurface* surface = own.surface(draw->surfaceId);
        if (!surface || !own.cache.draw(*draw, *surface))
            return ERROR_INVALID_DATA;
        own.trace.addCached(*draw, own.cache.sizeOf(draw->cacheSlot), *surface);
        return static_cast<rdpGdi*>(graphics->custom)->inGfxFrame ? CHANNEL_RC_OK : updateSurfaces(graphics);
    }

    static UINT evictCacheEntry(RdpgfxClientContext* graphics, const RDPGFX_EVICT_CACHE_ENTRY_PDU* evict)
    {
        screenOf(graphics).m_graphics->cache.evict(evict->cacheSlot);
        return CHANNEL_RC_OK;
    }

    static UINT onClose(RdpgfxClientContext* graphics)
    {
        if (graphics->custom)
            screenOf(graphics).m_handlers.closed();
        return CHANNEL_RC_OK;
    }

    static void intercept(RdpgfxClientContext& graphics)
    {
        graphics.ResetGraphics = resetGraphics;
        graphics.CreateSurface = createSurface;
        graphics.DeleteSurface = deleteSurface;
        graphics.SurfaceCommand = surfaceCommand;
        graphics.StartFrame = startFrame;
        graphics.EndFrame = endFrame;
        graphics.SolidFill = solidFill;
        graphics.SurfaceToSurface = surfaceToSurface;
        graphics.UpdateSurfaces = updateSurfaces;
        graphics.OnClose = onClose;
        graphics.SurfaceToCache = surfaceToCache;
        graphics.CacheToSurface = cacheToSurface;
        graphics.EvictCacheEntry = evictCacheEntry;
        graphics.MapSurfaceToScaledOutput = nullptr;
        graphics.MapSurfaceToWindow = nullptr;
        graphics.MapSurfaceToScaledWindow = nullptr;
    }
};

ViewerScreen::ViewerScreen(rdp_context* context, Handlers handlers)
    : m_context(context)
    , m_handlers(std::move(handlers))
{
    ViewerContext::of(context).screen = this;
    context->update->DesktopResize = Callbacks::desktopResize;
}

ViewerScreen::~ViewerScreen()
{
    ViewerContext::of(m_context).screen = nullptr;
}

bool ViewerScreen::start()
{
    const Size size{static_cast<int>(freerdp_settings_get_uint32(m_context->settings, FreeRDP_DesktopWidth)),
        static_cast<int>(freerdp_settings_get_uint32(m_context->settings, FreeRDP_DesktopHeight))};
    if (!isSane(size))
        return false;
    m_screen = Picture(size.width, size.height);
    if (!gdi_init_ex(m_context->instance, PIXEL_FORMAT_BGRX32, static_cast<UINT32>(size.width) * 4,
            reinterpret_cast<BYTE*>(m_screen.row(0)), nullptr))
        return false;
    refuseOldDrawing(m_context->update);
    // FreeRDP looks at them when the desktop changes its size, though there are none.
    freerdp_client_codecs_free(m_context->codecs);
    m_context->codecs = freerdp_client_codecs_new(THREADING_FLAGS_DISABLE_THREADS);
    return m_context->codecs != nullptr;
}

void ViewerScreen::stop()
{
    gdi_free(m_context->instance);
}

bool ViewerScreen::setScreen(Size size)
{
    if (!isSane(size))
        return false;
    if (size == Size{m_screen.width(), m_screen.height()})
        return true;
    Picture screen(size.width, size.height);
    if (!gdi_resize_ex(m_context->gdi, static_cast<UINT32>(size.width), static_cast<UINT32>(size.height),
            static_cast<UINT32>(size.width) * 4, PIXEL_FORMAT_BGRX32, reinterpret_cast<BYTE*>(screen.row(0)),
            nullptr))
        return false;
    m_screen = std::move(screen);
    return true;
}

void ViewerScreen::blacken()
{
    for (int y = 0; y < m_screen.height(); ++y)
        std::fill_n(m_screen.row(y), m_screen.width(), 0U);
}

bool ViewerScreen::attach(void* interface)
{
    auto* graphics = static_cast<RdpgfxClientContext*>(interface);
    // FreeRDP shall make none of its decoders, but keep surfaces.
    rdpSettings* settings = m_context->settings;
    freerdp_settings_set_bool(settings, FreeRDP_DeactivateClientDecoding, TRUE);
    const bool initialized = gdi_graphics_pipeline_init(m_context->gdi, graphics);
    freerdp_settings_set_bool(settings, FreeRDP_DeactivateClientDecoding, FALSE);
    graphics->codecs = freerdp_client_codecs_new(THREADING_FLAGS_DISABLE_THREADS);
    if (!initialized || !graphics->codecs)
        return false;
    m_graphics = std::make_unique<Graphics>(graphics);
    Callbacks::intercept(*graphics);
    return true;
}

void ViewerScreen::detach(void* interface)
{
    gdi_graphics_pipeline_uninit(m_context->gdi, static_cast<RdpgfxClientContext*>(interface));
    m_graphics.reset();
    m_surfacePixels.clear();
}

bool ViewerScreen::mayCreate(std::uint16_t surface, Size size)
{
    if (!isSane(size))
        return false;
    std::size_t total = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    const std::size_t pixels = total;
    for (const auto& [id, existing] : m_surfacePixels)
        total += existing;
    if (total > kMaxPixels)
        return false;
    m_surfacePixels[surface] = pixels;
    return true;
}

void ViewerScreen::presentFrame()
{
    Rects dirty;
    for (const auto& [id, pixels] : m_surfacePixels) {
        if (void* surface = m_graphics->context->GetSurfaceData(m_graphics->context, id))
            paint(surface, dirty);
    }
    const DrawnFrame drawn = m_graphics->trace.take(Clock::now());
    if (dirty.empty())
        return;
    m_handlers.painted(m_screen.view(), dirty);
    m_handlers.drawn(drawn);
}

void ViewerScreen::paint(void* data, Rects& dirty)
{
    auto* surface = static_cast<gdiGfxSurface*>(data);
    if (!surface->outputMapped)
        return;
    const auto rectOf = [](UINT32 x, UINT32 y, UINT32 width, UINT32 height) {
        return Rect{
            static_cast<int>(x), static_cast<int>(y), static_cast<int>(width), static_cast<int>(height)};
    };
    if (surface->outputOriginX > kMaxSide || surface->outputOriginY > kMaxSide)
        return;
    const Rect visible = intersected(m_screen.rect(),
        rectOf(surface->outputOriginX, surface->outputOriginY, surface->mappedWidth, surface->mappedHeight));
    UINT32 count = 0;
    const RECTANGLE_16* rects = region16_rects(&surface->invalidRegion, &count);
    for (UINT32 i = 0; i < count; ++i) {
        const RECTANGLE_16& r = rects[i];
        const Rect target = intersected(visible,
            rectOf(r.left + surface->outputOriginX, r.top + surface->outputOriginY, UINT32(r.right - r.left),
                UINT32(r.bottom - r.top)));
        if (target.isEmpty())
            continue;
        const auto fromX = static_cast<std::size_t>(target.x) - surface->outputOriginX;
        for (int y = target.y; y < target.bottom(); ++y) {
            const auto fromY = static_cast<std::size_t>(y) - surface->outputOriginY;
            std::memcpy(m_screen.row(y) + target.x, surface->data + fromY * surface->scanline + fromX * 4,
                static_cast<std::size_t>(target.width) * 4);
        }
        dirty.push_back(target);
    }
    region16_clear(&surface->invalidRegion);
}

} // namespace sightline
