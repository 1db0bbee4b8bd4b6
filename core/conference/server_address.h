#pragma once

#include "core/conference/server_options.h"

#include <QHostAddress>
#include <QStringList>
#include <QUrl>

namespace sightline {

/// The address under which others reach this machine: that of its way to the outside, else of any network it
/// is in, else 127.0.0.1. Sends nothing.
QHostAddress machineAddress();

/// https://HOST[:PORT] for links: the public URL, else the address listened on, else `machine` when that is
/// "any".
QUrl linkBaseUrl(const ServerOptions& options, quint16 port, const QHostAddress& machine);

/// What the server may be called, for its own certificate.
QStringList certificateNames(const ServerOptions& options, const QHostAddress& machine);

/// True for the addresses that mean "all addresses of this machine".
bool isAnyAddress(const QHostAddress& address);

} // namespace sightline
