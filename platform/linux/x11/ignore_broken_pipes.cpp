#include "platform/linux/x11/ignore_broken_pipes.h"

#include <csignal>

namespace sightline {

void ignoreBrokenPipes()
{
    struct sigaction current = {};
    if (sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL)
        std::signal(SIGPIPE, SIG_IGN);
}

} // namespace sightline
