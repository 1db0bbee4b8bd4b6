#pragma once

#include "core/base/result.h"
#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"

#include <memory>

namespace sightline {

/// Carries octets between a ByteStream and one end of a socket pair, whose other end FreeRDP owns (design.md,
/// D1). It always reads what FreeRDP writes unless the stream is full: then the socket's small buffers fill
/// up, FreeRDP's writes block, and that is the back-pressure that the host's pacing sees.
///
/// When either side ends, the other one is ended too. Create and destroy it on any thread; it works on the
/// loop's.
class SocketBridge {
public:
    struct Ends {
        std::unique_ptr<SocketBridge> bridge;
        int fd = -1; ///< for FreeRDP, which closes it; the caller's until then
    };
    static Result<Ends> create(EventLoop& loop, ByteStream& stream);
    ~SocketBridge();
    SocketBridge(const SocketBridge&) = delete;
    SocketBridge& operator=(const SocketBridge&) = delete;

private:
    class Private;
    explicit SocketBridge(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
