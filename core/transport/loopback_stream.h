#pragma once

#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"

#include <memory>

namespace sightline {

/// One end of a pair of streams inside the process: what one end writes, the other reads. The transport of
/// tests, and the proof that nothing above ByteStream needs a network.
///
/// Like a real one it holds a bounded number of octets and calls its handlers from the loop, never from
/// within write(), read() or close(). Everything on the loop's thread; either end may be destroyed first.
class LoopbackStream final : public ByteStream {
    struct Wire;

public:
    struct Pair {
        std::unique_ptr<LoopbackStream> first;
        std::unique_ptr<LoopbackStream> second;
    };
    /// `capacity`: octets that are held in each direction. From any thread.
    static Pair createPair(EventLoop& loop, std::size_t capacity = 256 * 1024);
    LoopbackStream(std::shared_ptr<Wire> wire, std::size_t side); ///< for createPair()
    ~LoopbackStream() override;

    std::size_t write(ByteView data) override;
    std::size_t read(ByteSpan buffer) override;
    std::optional<Error> error() const override;

    /// Ends both directions: the other end reads what is left and then sees Gone, this one sees Cancelled. So
    /// does the destructor.
    void close();

private:
    std::shared_ptr<Wire> m_wire;
    std::size_t m_side; ///< which end of the wire this is
};

} // namespace sightline
