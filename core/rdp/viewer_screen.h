#pragma once

#include "core/base/result.h"
#include "core/graphics/drawn_area.h"
#include "core/graphics/picture.h"

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
class ViewerScreen {
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
        std::function<void(const DrawnFrame&)> drawn; ///< right after `painted`: how
    };

    ViewerScreen(rdp_context* context, Handlers handlers);
    ~ViewerScreen();
    ViewerScreen(const ViewerScreen&) = delete;
    ViewerScreen& operator=(const ViewerScreen&) = delete;

    /// After the connection was made, and before the graphics channel opens.
    bool start();
    /// The graphics channel is there; `graphics` is an RdpgfxClientContext. False: no memory.
    bool attach(void* graphics);
    void detach(void* graphics);
    void stop(); ///< before the context is disconnected for good

    bool isAttached() const { return m_graphics != nullptr; }

    struct Callbacks; ///< FreeRDP's way in

private:
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
