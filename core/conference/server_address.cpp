#include "core/conference/server_address.h"

#include <QHostInfo>
#include <QNetworkInterface>
#include <QUdpSocket>

namespace sightline {
namespace {

bool isUsable(const QHostAddress& address)
{
    return !address.isNull() && !address.isLoopback() && !address.isLinkLocal() && !isAnyAddress(address);
}

/// Connecting a UDP socket sends nothing, but chooses a source address by the routing table.
QHostAddress sourceAddressTo(const QHostAddress& destination)
{
    QUdpSocket socket;
    socket.connectToHost(destination, 9);
    return socket.state() == QAbstractSocket::ConnectedState ? socket.localAddress() : QHostAddress();
}

} // namespace

bool isAnyAddress(const QHostAddress& address)
{
    return address == QHostAddress(QHostAddress::Any) || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

QHostAddress machineAddress()
{
    // Addresses of the documentation networks (RFC 5737, RFC 3849): routed like any other, owned by nobody.
    for (const char* outside : {"192.0.2.1", "2001:db8::1"}) {
        const QHostAddress source = sourceAddressTo(QHostAddress(QLatin1StringView(outside)));
        if (isUsable(source))
            return source;
    }
    const QList<QHostAddress> addresses = QNetworkInterface::allAddresses();
    for (const auto protocol : {QAbstractSocket::IPv4Protocol, QAbstractSocket::IPv6Protocol}) {
        for (const QHostAddress& address : addresses) {
            if (address.protocol() == protocol && isUsable(address))
                return address;
        }
    }
    return QHostAddress(QHostAddress::LocalHost);
}

QUrl linkBaseUrl(const ServerOptions& options, quint16 port, const QHostAddress& machine)
{
    if (!options.publicUrl.isEmpty())
        return options.publicUrl;
    QHostAddress host = isAnyAddress(options.address) ? machine : options.address;
    host.setScopeId({});
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(host.toString());
    if (port != 443)
        url.setPort(port);
    return url;
}

QStringList certificateNames(const ServerOptions& options, const QHostAddress& machine)
{
    QStringList names{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    const auto add = [&names](const QString& name) {
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
    };
    add(QHostInfo::localHostName());
    add(machine.toString());
    if (!isAnyAddress(options.address))
        add(options.address.toString());
    add(options.publicUrl.host());
    return names;
}

} // namespace sightline
