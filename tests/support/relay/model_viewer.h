#pragma once

#include "core/graphics/gfx_screen.h"
#include "core/relay/relay_output.h"
#include "core/relay/relay_scene.h"
#include "tests/support/relay/gfx_message_reader.h"

#include <deque>
#include <optional>
#include <string>

namespace sightline {

/// A viewer whose path carries so much a second, or nothing for a while: what arrives is decoded strictly.
class ModelViewer : public RelayOutput {
public:
    explicit ModelViewer(const ViewerAbilities& abilities, double rate)
        : m_abilities(abilities)
        , m_rate(rate)
    {
    }

    void send(const std::shared_ptr<const GfxMessage>& message) override;
    void paint(const PictureView& output, const Rects& dirty, std::uint32_t frame) override;
    void outputResized(Size size) override { m_painted = Picture(size.width, size.height); }
    std::size_t queuedBytes() const override { return m_queued; }
    double pathRate() const override { return m_rate; }

    void setStalled(bool isStalled) { m_isStalled = isStalled; }
    /// Time passes. The last frame that ended, if one did.
    std::optional<std::uint32_t> pass(Duration time);
    /// The channel was opened anew.
    void restart();

    const GfxScreen& screen() const { return m_screen; }
    const Picture& painted() const { return m_painted; }
    const std::string& fault() const { return m_fault; } ///< empty while all is well
    std::size_t bytes() const { return m_bytes; } ///< received
    int frames() const { return m_frames; }
    bool hasDecodedAll() const { return m_waiting.empty(); }

private:
    void decode(const GfxCommand& command);
    void fail(const std::string& fault);

    ViewerAbilities m_abilities;
    double m_rate;
    bool m_isStalled = false;
    std::deque<std::shared_ptr<const GfxMessage>> m_waiting;
    std::deque<std::uint32_t> m_paints; ///< not acknowledged
    std::size_t m_queued = 0;
    double m_credit = 0; ///< octets that have passed and are not counted yet
    GfxMessageReader m_reader;
    GfxScreen m_screen;
    Picture m_painted;
    std::optional<std::uint32_t> m_ended;
    std::string m_fault;
    std::size_t m_bytes = 0;
    int m_frames = 0;
};

/// Where a viewer shows something else than the relay, except for what is hidden below other surfaces; empty:
/// nowhere.
std::string differenceOf(const GfxScreen& viewer, const GfxScreen& relay);
/// The same for a viewer that is painted.
std::string differenceOf(const Picture& painted, const GfxScreen& relay);

} // namespace sightline
