#pragma once

#include <cstdlib>
#include <memory>

namespace sightline {

struct XcbFree {
    void operator()(void* memory) const { std::free(memory); }
};

/// A reply, event or error of XCB, which come from malloc.
template <typename T> using XcbPtr = std::unique_ptr<T, XcbFree>;

} // namespace sightline
