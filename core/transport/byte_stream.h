#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <functional>
#include <optional>

namespace sightline {

/// A reliable, ordered stream of octets in both directions with back-pressure: what RDP runs over.
/// Used on its EventLoop's thread only. Handlers may call read() and write(); they must not destroy the stream.
class ByteStream {
public:
    virtual ~ByteStream() = default;

    /// Takes as much of `data` as fits and returns how much that was. After less than all, `onWritable` comes.
    virtual std::size_t write(ByteView data) = 0;
    /// Fills `buffer` with what has arrived and returns how much that was; 0: nothing now, `onReadable` comes.
    virtual std::size_t read(ByteSpan buffer) = 0;
    /// Set once the stream ended: no octets arrive or leave any more. ErrorCode::Gone when the other side closed it.
    virtual std::optional<Error> error() const = 0;

    std::function<void()> onReadable;
    std::function<void()> onWritable;
    std::function<void()> onClosed;
};

} // namespace sightline
