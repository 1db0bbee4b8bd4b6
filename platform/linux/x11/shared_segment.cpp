#include "platform/linux/x11/shared_segment.h"

#include "platform/linux/x11/x11_connection.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xcb/shm.h>

namespace sightline {

std::unique_ptr<SharedSegment> SharedSegment::create(X11Connection& connection, std::size_t size)
{
    const int file = memfd_create("sightline-screen", MFD_CLOEXEC);
    if (file < 0)
        return nullptr;
    void* data = MAP_FAILED;
    if (ftruncate(file, static_cast<off_t>(size)) == 0)
        data = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (data == MAP_FAILED) {
        close(file);
        return nullptr;
    }
    xcb_connection_t* c = connection.get();
    const std::uint32_t id = xcb_generate_id(c);
    // XCB closes the file when it is sent.
    const auto cookie = xcb_shm_attach_fd_checked(c, id, file, 0);
    if (const XcbPtr<xcb_generic_error_t> error(xcb_request_check(c, cookie)); error || connection.isLost()) {
        munmap(data, size);
        return nullptr;
    }
    return std::unique_ptr<SharedSegment>(new SharedSegment(connection, data, size, id));
}

SharedSegment::SharedSegment(X11Connection& connection, void* data, std::size_t size, std::uint32_t id)
    : m_connection(connection)
    , m_data(data)
    , m_size(size)
    , m_id(id)
{
}

SharedSegment::~SharedSegment()
{
    xcb_shm_detach(m_connection.get(), m_id);
    munmap(m_data, m_size);
}

} // namespace sightline
