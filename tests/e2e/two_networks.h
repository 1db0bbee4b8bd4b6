#pragma once

#include <QProcess>
#include <QStringList>

#include <array>
#include <memory>

namespace sightline {

/// Two machines as far as the network is concerned: network namespaces that a cable (veth) joins, 10.77.0.1
/// and 10.77.0.2, for the lifetime of this object. Made in a user namespace, so that nobody need be root.
class TwoNetworks {
public:
    /// Null when this system does not allow it.
    static std::unique_ptr<TwoNetworks> create();
    ~TwoNetworks();

    /// What a command line begins with to run on side 0 or 1.
    QStringList prefix(int side) const;
    /// Runs `ip` there; true when it succeeded.
    bool ip(int side, const char* arguments) const;

private:
    TwoNetworks() = default;
    bool setUp();
    bool hold(int side, const QString& program, const QStringList& arguments);

    std::array<QProcess, 2> m_holders; ///< a namespace lives as long as a process in it
};

} // namespace sightline
