#pragma once

#include "core/graphics/frame_encoder.h"
#include "core/relay/gfx_relay.h"
#include "tests/support/relay/model_viewer.h"

#include <map>
#include <memory>
#include <string>

namespace sightline {

/// A sharer with a screen, in front of a relay, and its viewers, in a time of their own.
class RelayShow : public GfxSink {
public:
    explicit RelayShow(Picture start)
        : picture(std::move(start))
        , m_encoder(*this, {})
    {
        attach();
    }

    void attach()
    {
        relay.beginSource({.acknowledge = [this](std::uint32_t frame) { m_acknowledged = frame; },
                              .refresh =
                                  [this](const Rects& areas) {
                                      ++refreshes;
                                      m_encoder.refresh(areas);
                                      m_damage.insert(m_damage.end(), areas.begin(), areas.end());
                                  },
                              .failed = [this](const Error&) { hasFailed = true; }},
            now);
        m_encoder.reset({picture.width(), picture.height()},
            {.avc420 = true, .cacheSlots = 500, .cacheBytes = 16 * 1024 * 1024}, {});
        m_frame = 0;
        m_acknowledged = 0;
        m_damage = {picture.rect()};
    }

    void accept(GfxCommand command) override
    {
        if (const auto* tile = std::get_if<TileData>(&command); tile && tile->codec == TileCodec::Avc420)
            ++filmPictures;
        relay.accept(command, now);
    }

    ModelViewer& add(double rate, bool avc420 = true, bool isClassic = false)
    {
        const RelayViewer viewer{
            {.avc420 = avc420, .cacheSlots = 500, .cacheBytes = 16 * 1024 * 1024}, isClassic};
        const auto model = std::make_shared<ModelViewer>(viewer.abilities, rate);
        viewers[++m_lastViewer] = model;
        relay.addViewer(m_lastViewer, viewer, model);
        return *model;
    }

    /// What is shown now, if the sharer may send. At 30 frames a second.
    void frame(const Rects& damage)
    {
        m_damage.insert(m_damage.end(), damage.begin(), damage.end());
        if (m_frame - m_acknowledged < 8) {
            const auto outcome = m_encoder.encode(picture.view(), m_damage, m_frame + 1, {.now = now});
            m_damage = outcome.remaining;
            m_frame += outcome.isEmpty ? 0 : 1;
            frames += outcome.isEmpty ? 0 : 1;
        }
        pass(kFrameTime);
    }
    void refine()
    {
        for (int i = 0; i < 500 && (!m_damage.empty() || m_encoder.hasLossyTiles()); ++i) {
            frame({});
            m_frame += m_encoder.refine(picture.view(), m_frame + 1, {.now = now}).isEmpty ? 0 : 1;
        }
    }
    void pass(Duration time)
    {
        for (; time > Duration::zero(); time -= kTick) {
            now += kTick;
            for (auto& [id, viewer] : viewers) {
                if (const std::optional<std::uint32_t> shown = viewer->pass(kTick))
                    relay.acknowledged(id, *shown, now);
            }
            while (relay.work(now)) {}
        }
    }

    std::string wrong() const
    {
        for (const auto& [id, viewer] : viewers) {
            std::string fault = viewer->fault();
            if (fault.empty())
                fault = differenceOf(viewer->screen(), relay.screen());
            if (!fault.empty())
                return "viewer " + std::to_string(id) + ": " + fault;
        }
        return {};
    }

    static constexpr Duration kTick = std::chrono::milliseconds(10);
    static constexpr Duration kFrameTime = std::chrono::milliseconds(30);

    GfxRelay relay;
    Picture picture;
    TimePoint now{std::chrono::hours(1)};
    std::map<GfxRelay::ViewerId, std::shared_ptr<ModelViewer>> viewers;
    int refreshes = 0;
    int filmPictures = 0;
    int frames = 0;
    bool hasFailed = false;

private:
    FrameEncoder m_encoder;
    Rects m_damage;
    std::uint32_t m_frame = 0;
    std::uint32_t m_acknowledged = 0;
    GfxRelay::ViewerId m_lastViewer = 0;
};

} // namespace sightline
