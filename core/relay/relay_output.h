#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"
#include "core/graphics/viewer_abilities.h"
#include "core/rdp/gfx_message_packer.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace sightline {

/// What one viewer of a relay gets. Everything is called on the relay's thread and never blocks; the two
/// figures may be a moment old.
class RelayOutput {
public:
    virtual ~RelayOutput() = default;

    /// One message of the graphics channel, shared by all viewers that get it: whoever needs room in front
    /// copies it. All messages of a viewer, in this order, make its channel. They need no check: the relay
    /// has executed them. A frame may begin in one message and end in a later one.
    virtual void send(const std::shared_ptr<const GfxMessage>& message) = 0;
    /// A viewer without a graphics channel: this part of the output changed. To be answered by
    /// Relay::acknowledged() with `frame`. The picture is valid during the call.
    virtual void paint(const PictureView& output, const Rects& dirty, std::uint32_t frame) = 0;
    /// A viewer without a graphics channel: another desktop size, before the next paint().
    virtual void outputResized(Size size) = 0;

    /// Octets handed in, and not yet given to the network.
    virtual std::size_t queuedBytes() const = 0;
    /// What the path carries, in octets a second; 0: unknown.
    virtual double pathRate() const = 0;
};

struct RelayViewer {
    ViewerAbilities abilities;
    bool isClassic = false; ///< has no graphics channel, but takes pictures
};

} // namespace sightline
