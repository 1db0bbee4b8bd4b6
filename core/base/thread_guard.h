#pragma once

#include <cassert>
#include <thread>

namespace sightline {

/// Asserts, in debug builds, that a class is used on the one thread that owns it.
/// The owner is the constructing thread until rebind() is called on another one.
class ThreadGuard {
public:
    void rebind() { m_owner = std::this_thread::get_id(); }
    bool isOwner() const { return m_owner == std::this_thread::get_id(); }
    void check() const { assert(isOwner() && "used on a thread that does not own it"); }

private:
    std::thread::id m_owner = std::this_thread::get_id();
};

} // namespace sightline
