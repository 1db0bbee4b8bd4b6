#pragma once

#include "core/graphics/gfx_sink.h"
#include "core/graphics/picture.h"

#include <QString>

#include <memory>

namespace sightline {

/// What a viewer shows: a sink that applies the commands with FreeRDP's own decoders, and notes the first one
/// that a real viewer would refuse.
class ScreenModel : public GfxSink {
public:
    ScreenModel();
    ~ScreenModel() override;

    void accept(GfxCommand command) override;

    const Picture& screen() const;
    const QString& fault() const; ///< empty while all is well
    int frames() const;
    int commands() const; ///< drawing commands of the last frame
    std::size_t bytes() const; ///< of payload in the last frame
    int copies() const; ///< in the last frame
    int cacheHits() const; ///< since the start
    std::size_t cachedTiles() const;
    int filmFrames() const; ///< since the start
    Rect filmArea() const; ///< empty while there is none

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

/// How many pixels differ in colour.
long differingPixels(const PictureView& a, const PictureView& b);
/// In dB over all three colours; 99 when equal.
double psnr(const PictureView& a, const PictureView& b);

} // namespace sightline
