#include "core/rdp/rdp_thread.h"

#include <csignal>

#include <pthread.h>

namespace sightline {

std::jthread startRdpThread(const char* name, std::function<void()> body)
{
    return std::jthread([name, body = std::move(body)] {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        pthread_setname_np(pthread_self(), name);
        body();
    });
}

} // namespace sightline
