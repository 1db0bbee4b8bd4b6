#pragma once

#include <functional>
#include <thread>

namespace sightline {

/// A thread that FreeRDP may run on. FreeRDP writes to sockets without MSG_NOSIGNAL, so that a closed one
/// would kill the process: SIGPIPE is blocked here, and the write reports the error.
std::jthread startRdpThread(const char* name, std::function<void()> body);

} // namespace sightline
