#include "core/rdp/viewer_screen.h"

#include "core/rdp/viewer_context.h"

#include <freerdp/client/rdpgfx.h>
#include <freerdp/codec/planar.h>
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
constexpr UINT32 kTile = 64;

bool isSane(Size size)
{
    return size.width > 0 && size.height > 0 && size.width <= kMaxSide && size.height <= kMaxSide
        && static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) <= kMaxPixels;
}

struct CodecsDeleter {
    void operator()(rdpCodecs* codecs) const { freerdp_client_codecs_free(codecs); }
};
using CodecsPtr = std::unique_ptr<rdpCodecs, CodecsDeleter>;

/// Decoders of these kinds alone, with buffers for one tile.
CodecsPtr tileCodecs(UINT32 kinds)
{
    CodecsPtr codecs(freerdp_client_codecs_new(THREADING_FLAGS_DISABLE_THREADS));
    if (codecs && kinds != 0 && !freerdp_client_codecs_prepare(codecs.get(), kinds, kTile, kTile))
        codecs.reset();
    return codecs;
}

BOOL refuseBitmap(rdpContext*, const BITMAP_UPDATE*)
{
    return FALSE;
}

BOOL refuseSurfaceBits(rdpContext*, const SURFACE_BITS_COMMAND*)
{
    return FALSE;
}

/// Everything that draws comes by the graphics channel. The older ways stay closed.
void refuseOldDrawing(rdpUpdate* update)
{
    update->BitmapUpdate = refuseBitmap;
    update->SurfaceBits = refuseSurfaceBits;
    update->secondary->CacheBitmap = nullptr;
    update->secondary->CacheBitmapV2 = nullptr;
    update->secondary->CacheBitmapV3 = nullptr;
}

} // namespace

struct ViewerScreen::Graphics {
    RdpgfxClientContext* context = nullptr;
    // What FreeRDP's decoders registered and ours pass on to.
    pcRdpgfxResetGraphics resetGraphics = nullptr;
    pcRdpgfxCreateSurface createSurface = nullptr;
    pcRdpgfxDeleteSurface deleteSurface = nullptr;
    pcRdpgfxSurfaceCommand surfaceCommand = nullptr;
    pcRdpgfxEndFrame endFrame = nullptr;
    UINT32 planarWidth = kTile; ///< what the planar decoder's own buffers hold
    UINT32 planarHeight = kTile;

    const gdiGfxSurface* surface(UINT32 id) const
    {
        return id > UINT16_MAX
            ? nullptr
            : static_cast<const gdiGfxSurface*>(context->GetSurfaceData(context, static_cast<UINT16>(id)));
    }
    bool preparePlanar(const RDPGFX_SURFACE_COMMAND& command, const gdiGfxSurface& surface);
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
        // FreeRDP would make the planar decoder's buffers as large as the desktop.
        auto* planar = std::exchange(graphics->codecs->planar, nullptr);
        const UINT status = screen.m_graphics->resetGraphics(graphics, reset);
        graphics->codecs->planar = planar;
        if (status == CHANNEL_RC_OK && screen.m_announced != size) {
            screen.m_announced = size;
            screen.m_handlers.resized(size);
        }
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
        return screen.m_graphics->deleteSurface(graphics, deletion);
    }

    static UINT surfaceCommand(RdpgfxClientContext* graphics, const RDPGFX_SURFACE_COMMAND* command)
    {
        Graphics& own = *screenOf(graphics).m_graphics;
        const gdiGfxSurface* surface = own.surface(command->surfaceId);
        if (!surface || command->left > command->right || command->top > command->bottom
            || command->right > surface->width || command->bottom > surface->height)
            return ERROR_INVALID_DATA;
        switch (command->codecId) {
        case RDPGFX_CODECID_UNCOMPRESSED:
        case RDPGFX_CODECID_CAVIDEO:
            break;
        case RDPGFX_CODECID_PLANAR:
            if (!own.preparePlanar(*command, *surface))
                return ERROR_INVALID_DATA;
            break;
        default:
            return ERROR_NOT_SUPPORTED;
        }
        return own.surfaceCommand(graphics, command);
    }

    static UINT endFrame(RdpgfxClientContext* graphics, const RDPGFX_END_FRAME_PDU* end)
    {
        ViewerScreen& screen = screenOf(graphics);
        ++screen.m_framesDecoded;
        return screen.m_graphics->endFrame(graphics, end);
    }

    static UINT updateSurfaces(RdpgfxClientContext* graphics)
    {
        screenOf(graphics).presentFrame();
        return CHANNEL_RC_OK;
    }

    static UINT refuseToCache(RdpgfxClientContext*, const RDPGFX_SURFACE_TO_CACHE_PDU*)
    {
        return ERROR_NOT_SUPPORTED;
    }

    static UINT refuseFromCache(RdpgfxClientContext*, const RDPGFX_CACHE_TO_SURFACE_PDU*)
    {
        return ERROR_NOT_SUPPORTED;
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
        graphics.EndFrame = endFrame;
        graphics.UpdateSurfaces = updateSurfaces;
        graphics.OnClose = onClose;
        graphics.SurfaceToCache = refuseToCache;
        graphics.CacheToSurface = refuseFromCache;
        graphics.MapSurfaceToScaledOutput = nullptr;
        graphics.MapSurfaceToWindow = nullptr;
        graphics.MapSurfaceToScaledWindow = nullptr;
    }
};

/// FreeRDP decodes a plain tile straight into the surface. Colour loss, subsampling and surfaces with alpha
/// take a way through the decoder's own buffers, whose size it does not check.
bool ViewerScreen::Graphics::preparePlanar(
    const RDPGFX_SURFACE_COMMAND& command, const gdiGfxSurface& surface)
{
    constexpr BYTE kColorLossOrSubsampling = 0x0F; // MS-RDPEGDI 2.2.2.5.1: CLL (3 bits), CS (1 bit)
    if (command.length == 0)
        return false;
    if ((command.data[0] & kColorLossOrSubsampling) == 0 && surface.format == PIXEL_FORMAT_BGRX32)
        return true;
    if (surface.width <= planarWidth && surface.height <= planarHeight)
        return true;
    planarWidth = std::max(planarWidth, surface.width);
    planarHeight = std::max(planarHeight, surface.height);
    return freerdp_bitmap_planar_context_reset(context->codecs->planar, planarWidth, planarHeight) != FALSE;
}

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
    CodecsPtr none = tileCodecs(0);
    if (!none)
        return false;
    freerdp_client_codecs_free(m_context->codecs);
    m_context->codecs = none.release();
    return true;
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

bool ViewerScreen::attach(void* interface)
{
    auto* graphics = static_cast<RdpgfxClientContext*>(interface);
    // The decoders that this makes are replaced at once; until then they shall be small.
    rdpSettings* settings = m_context->settings;
    freerdp_settings_set_uint32(settings, FreeRDP_DesktopWidth, kTile);
    freerdp_settings_set_uint32(settings, FreeRDP_DesktopHeight, kTile);
    const bool initialized = gdi_graphics_pipeline_init(m_context->gdi, graphics);
    freerdp_settings_set_uint32(settings, FreeRDP_DesktopWidth, static_cast<UINT32>(m_screen.width()));
    freerdp_settings_set_uint32(settings, FreeRDP_DesktopHeight, static_cast<UINT32>(m_screen.height()));
    CodecsPtr codecs = tileCodecs(FREERDP_CODEC_PLANAR | FREERDP_CODEC_REMOTEFX);
    if (!initialized || !codecs)
        return false;
    freerdp_client_codecs_free(graphics->codecs);
    graphics->codecs = codecs.release();

    m_graphics = std::make_unique<Graphics>();
    m_graphics->context = graphics;
    m_graphics->resetGraphics = graphics->ResetGraphics;
    m_graphics->createSurface = graphics->CreateSurface;
    m_graphics->deleteSurface = graphics->DeleteSurface;
    m_graphics->surfaceCommand = graphics->SurfaceCommand;
    m_graphics->endFrame = graphics->EndFrame;
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
    if (!dirty.empty())
        m_handlers.painted(m_screen.view(), dirty);
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
