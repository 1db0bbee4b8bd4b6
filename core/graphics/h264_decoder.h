#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/graphics/yuv_picture.h"

#include <memory>

namespace sightline {

/// Decodes H.264 (Annex B), one picture for each access unit, on the calling thread. Takes hostile octets.
class H264Decoder {
public:
    /// Pictures of any other size are refused.
    static Result<std::unique_ptr<H264Decoder>> create(Size size);
    ~H264Decoder();
    H264Decoder(const H264Decoder&) = delete;
    H264Decoder& operator=(const H264Decoder&) = delete;

    /// Valid until the next call.
    Result<YuvView> decode(ByteView accessUnit);

private:
    class Private;
    explicit H264Decoder(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
