#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/picture.h"

#include <cstdint>
#include <memory>

namespace sightline {

/// Encodes pictures that follow each other as H.264 (Annex B), each as soon as it is there and decodable as
/// soon as it arrives: no picture refers to a later one. The stream says that it is BT.709 in full range.
class H264Encoder {
public:
    /// `size` is even. Fails when there is no encoder.
    static Result<std::unique_ptr<H264Encoder>> create(Size size);
    ~H264Encoder();
    H264Encoder(const H264Encoder&) = delete;
    H264Encoder& operator=(const H264Encoder&) = delete;

    /// At most so many bits a second from now on; fewer when good quality takes less.
    void setRate(std::int64_t bitsPerSecond);

    /// The access unit of `picture`, shown at `time`; valid until the next call. A key picture can be decoded
    /// without those before it; the first one is.
    Result<ByteView> encode(const PictureView& picture, TimePoint time, bool isKey = false);

private:
    class Private;
    explicit H264Encoder(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
