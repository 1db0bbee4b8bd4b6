#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>

namespace sightline {

/// Looks at the first octet that a stranger sends on a connected socket, and leaves it there: what begins
/// like this decides who reads on. Owns the socket until take(); a stranger that says nothing is let go.
class FirstOctet : public QObject {
    Q_OBJECT
public:
    static constexpr quint8 kTpkt = 3; ///< version of RFC 1006, with which RDP begins
    static constexpr quint8 kTlsHandshake = 22; ///< RFC 8446 5.1

    /// `patience` is the time for it to say anything.
    FirstOctet(qintptr descriptor, std::chrono::milliseconds patience, QObject* parent = nullptr);
    ~FirstOctet() override;

    /// The socket, which is the caller's from now on.
    qintptr take();

Q_SIGNALS:
    void known(quint8 octet);
    void lost(); ///< it ended, or its time is over

private:
    void look();

    qintptr m_descriptor;
    QSocketNotifier m_notifier;
    QTimer m_deadline;
};

} // namespace sightline
