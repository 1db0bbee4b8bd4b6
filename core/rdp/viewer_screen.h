#pragma once

#include "core/base/result.h"
#include "core/graphics/picture.h"
#include "core/rdp/client_graphics.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

struct rdp_context;

namespace sightline {

/// The picture that a viewer shows: FreeRDP's decoders behind the graphics channel, its surfaces, and one
/// screen that they are put together on, once per frame. RDP thread only.
///
/// FreeRDP makes every decoder that it has for a whole desktop, twice: about 100 MB at 1920x1080. This one
/// has those that a host of ours uses, for tiles. What else arrives ends the graphics channel, and with it
/// the leg: it would be decoded by code that nobody needs.
class ViewerScreen : public ClientGraphics {
public:
    struct Handlers {
        std::function<void(Size, const Rects& monitors)> resized; ///< see RdpViewer::Handlers
        std::function<void(const PictureView&, const Rects&)> painted;
        std::function<void()>
            frameDecoded; ///< after `painted`, which a frame that changed nothing does without
        /// Between two commands, and between parts of a large frame: for what cannot wait for its end. False:
        /// the connection broke.
        std::function<bool()> breather;
        /// For what takes long: does it on another thread, and meanwhile what a breather is for. False also
        /// when the connection broke.
        std::function<bool(const std::function<bool()>& job)> inBackground;
        std::function<void()> closed; ///< the graphics channel; the picture is frozen
    };

    ViewerScreen(rdp_context* context, Handlers handlers);
    ~ViewerScreen() override;
    ViewerScreen(const ViewerScreen&) = delete;
    ViewerScreen& operator=(const ViewerScreen&) = delete;

    bool loadChannels(rdp_freerdp* instance) override;
    bool start() override;
    void stop() override;
    bool isAttached() const override { return m_graphics != nullptr; }
    Result<void> channelConnected(const char* name, void* interface) override;
    void channelDisconnected(const char* name, void* interface) override;
    Result<bool> receive(const ChannelChunk&) override { return false; }
    bool acknowledge(std::uint32_t) override { return true; } ///< FreeRDP does it by itself

    struct Callbacks; ///< FreeRDP's way in

private:
    bool attach(void* graphics);
    bool setScreen(Size size);
    void blacken();
    bool mayCreate(std::uint16_t surface, Size size);
    void presentFrame();
    void paint(void* surface, Rects& dirty);

    struct Graphics;

    rdp_context* m_context;
    Handlers m_handlers;
    Picture m_screen;
    std::map<std::uint16_t, std::size_t> m_surfacePixels;
    std::unique_ptr<Graphics> m_graphics;
};

} // namespace sightline
