#include "app/common/termination_signal.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace sightline {
namespace {

// A signal handler may only call what is async-signal-safe: it writes into this socket, Qt reads the other
// end.
volatile int g_writeEnd = -1;

void onSignal(int number)
{
    const char octet = 1;
    if (write(g_writeEnd, &octet, 1) != 1)
        _exit(128 + number);
    // Whoever signals again does not want to wait for the clean end.
    std::signal(number, SIG_DFL);
}

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

} // namespace

class TerminationSignal::Private {
public:
    std::array<int, 2> ends{-1, -1};
    std::unique_ptr<QSocketNotifier> notifier;
};

TerminationSignal::TerminationSignal(QObject* parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>())
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, m_d->ends.data()) != 0)
        return;
    g_writeEnd = m_d->ends[0];
    m_d->notifier = std::make_unique<QSocketNotifier>(m_d->ends[1], QSocketNotifier::Read);
    connect(m_d->notifier.get(), &QSocketNotifier::activated, this, [this] {
        char octet = 0;
        if (read(m_d->ends[1], &octet, 1) == 1)
            Q_EMIT received();
    });
    for (const int number : kSignals)
        std::signal(number, onSignal);
}

TerminationSignal::~TerminationSignal()
{
    for (const int number : kSignals)
        std::signal(number, SIG_DFL);
    m_d->notifier.reset();
    for (const int end : m_d->ends) {
        if (end >= 0)
            close(end);
    }
}

} // namespace sightline
