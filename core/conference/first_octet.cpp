#include "core/conference/first_octet.h"

#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace sightline {
FirstOctet::FirstOctet(qintptr descriptor, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &FirstOctet::look);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &FirstOctet::lost);
    m_deadline.start(patience);
}

FirstOctet::~FirstOctet()
{
    if (m_descriptor >= 0)
        ::close(static_cast<int>(m_descriptor));
}

qintptr FirstOctet::take()
{
    m_notifier.setEnabled(false);
    m_deadline.stop();
    return std::exchange(m_descriptor, -1);
}

void FirstOctet::look()
{
    quint8 octet = 0;
    const ssize_t size
        = ::recv(static_cast<int>(m_descriptor), &octet, sizeof octet, MSG_PEEK | MSG_DONTWAIT);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
        m_notifier.setEnabled(false);
        Q_EMIT lost();
    } else if (size > 0) {
        m_notifier.setEnabled(false);
        Q_EMIT known(octet);
    }
}

} // namespace sightline
