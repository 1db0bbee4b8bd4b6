#include "core/transport/local_addresses.h"

#include <QHostAddress>
#include <QNetworkInterface>

namespace sightline {

namespace {

bool isUsable(const QHostAddress& address, bool isLoopbackAllowed)
{
    if (address.isNull() || address.isMulticast() || address.isBroadcast())
        return false;
    if (address.isLoopback())
        return isLoopbackAllowed;
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address != QHostAddress(QHostAddress::AnyIPv4);
    if (address.isLinkLocal() || address.isInSubnet(QHostAddress(QStringLiteral("fec0::")), 10))
        return false;
    const bool isIpv4InDisguise = address.isInSubnet(QHostAddress(QStringLiteral("::")), 96)
        || address.isInSubnet(QHostAddress(QStringLiteral("::ffff:0:0")), 96);
    return !isIpv4InDisguise;
}

std::vector<QString> presentAddresses(bool isLoopbackAllowed)
{
    std::vector<QString> addresses;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        // Not whether it is running: Linux says so up to a second after a cable is in.
        if (!interface.flags().testFlag(QNetworkInterface::IsUp))
            continue;
        const QList<QNetworkAddressEntry> entries = interface.addressEntries();
        for (const QNetworkAddressEntry& entry : entries) {
            if (addresses.size() < kMaxLocalAddresses && isUsable(entry.ip(), isLoopbackAllowed))
                addresses.push_back(entry.ip().toString());
        }
    }
    return addresses;
}

} // namespace

bool isHostCandidateAddress(const QString& address, bool isLoopbackAllowed)
{
    return isUsable(QHostAddress(address), isLoopbackAllowed);
}

std::vector<QString> localAddresses()
{
    std::vector<QString> addresses = presentAddresses(false);
    if (addresses.empty())
        addresses = presentAddresses(true);
    return addresses;
}

} // namespace sightline
