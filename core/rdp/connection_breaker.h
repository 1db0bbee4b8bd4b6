#pragma once

#include "core/rdp/unique_fd.h"

namespace sightline {

/// Ends a socket that FreeRDP owns, from any thread and whatever FreeRDP is blocked in: its writes wait for
/// the other end without limit, and it gives no way to interrupt them. Holds a descriptor of its own, because
/// FreeRDP's number can be closed and reused at any moment.
class ConnectionBreaker {
public:
    explicit ConnectionBreaker(int fd);

    void breakConnection() const;
    /// Whether the other end has gone.
    bool isHungUp() const;

    struct Readiness {
        bool isReadable = false;
        bool isWritable = false;
    };
    /// Waits until there is something to read, or room to write, or the end of the connection, which is both.
    Readiness waitReady() const;

private:
    UniqueFd m_fd;
};

} // namespace sightline
