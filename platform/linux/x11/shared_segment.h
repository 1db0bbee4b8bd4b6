#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace sightline {

class X11Connection;

/// Memory that the X server can write to (MIT-SHM 1.2). An anonymous file passed over the socket and not a
/// System V segment: nothing is left behind by a killed process, and the server may belong to another user.
class SharedSegment {
public:
    /// Null when the server cannot attach it. The connection must outlive the segment.
    static std::unique_ptr<SharedSegment> create(X11Connection& connection, std::size_t size);
    ~SharedSegment();
    SharedSegment(const SharedSegment&) = delete;
    SharedSegment& operator=(const SharedSegment&) = delete;

    void* data() const { return m_data; }
    std::uint32_t id() const { return m_id; }

private:
    SharedSegment(X11Connection& connection, void* data, std::size_t size, std::uint32_t id);

    X11Connection& m_connection;
    void* m_data;
    std::size_t m_size;
    std::uint32_t m_id;
};

} // namespace sightline
