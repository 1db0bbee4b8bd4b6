#pragma once

#include <chrono>

namespace sightline {

/// Every time and interval of the program: monotonic, never the wall clock. Where tests must own the time, a
/// class takes `Clock::time_point now` as an argument instead of asking.
using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;
using Duration = Clock::duration;

} // namespace sightline
