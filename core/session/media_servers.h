#pragma once

#include "core/signaling/conference_documents.h"
#include "core/transport/media_transport.h"

#include <QList>

#include <optional>

namespace sightline {

/// A STUN or TURN server as the focus names it (RFC 7064, RFC 7065). Nothing: one that we cannot use (TLS,
/// unknown schemes) or understand.
std::optional<IceServer> iceServerOf(const IceServerInfo& server);

/// For a media leg, with the servers that the focus gave us.
MediaTransport::Config mediaConfig(const QList<IceServerInfo>& servers);

} // namespace sightline
