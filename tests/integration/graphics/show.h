#pragma once

#include "core/graphics/frame_encoder.h"
#include "screen_model.h"

namespace sightline {

/// A screen on which things happen, the encoder that watches it, and what its viewer shows.
class Show {
public:
    explicit Show(Picture start, bool allowLossy = true, const ViewerAbilities& abilities = {})
        : m_screen(std::move(start))
        , m_abilities(abilities)
        , m_encoder(m_model, {.allowLossy = allowLossy})
    {
        m_encoder.reset({m_screen.width(), m_screen.height()}, m_abilities);
    }

    Picture& screen() { return m_screen; }
    const ScreenModel& model() const { return m_model; }
    FrameEncoder& encoder() { return m_encoder; }
    void reset(Picture screen)
    {
        m_screen = std::move(screen);
        m_encoder.reset({m_screen.width(), m_screen.height()}, m_abilities);
    }

    FrameEncoder::Outcome encode(const Rects& damage, std::size_t budget = 0)
    {
        return m_encoder.encode(m_screen.view(), damage, ++m_frame, limits(budget));
    }
    FrameEncoder::Outcome encodeAll() { return encode({m_screen.rect()}); }
    /// Refines until everything is exact; how many frames it took.
    int refine(std::size_t budget = 0)
    {
        int frames = 0;
        for (; m_encoder.hasLossyTiles() && frames < 10000; ++frames)
            m_encoder.refine(m_screen.view(), ++m_frame, limits(budget, 300));
        return frames;
    }
    long wrongPixels() const { return differingPixels(m_model.screen().view(), m_screen.view()); }
    double quality() const { return psnr(m_model.screen().view(), m_screen.view()); }

private:
    /// Time goes on by so much with each frame.
    EncodeLimits limits(std::size_t budget, int milliseconds = 33)
    {
        m_now += std::chrono::milliseconds(milliseconds);
        return {.byteBudget = budget, .now = m_now};
    }

    Picture m_screen;
    ViewerAbilities m_abilities;
    TimePoint m_now{std::chrono::hours(1)};
    ScreenModel m_model;
    FrameEncoder m_encoder;
    std::uint32_t m_frame = 0;
};

} // namespace sightline
