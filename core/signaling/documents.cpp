#include "core/signaling/documents.h"

namespace sightline {

Failure Failure::versionMismatch(quint32 clientProtocol, const QString& serverProduct)
{
    const bool isClientOlder = clientProtocol < kProtocolVersion;
    Failure failure;
    failure.code = ErrorCode::VersionMismatch;
    failure.update = isClientOlder ? Update::Client : Update::Server;
    failure.protocol = kProtocolVersion;
    failure.product = serverProduct;
    failure.text = QStringLiteral("the client speaks protocol version %1, this server %2: update the %3")
                       .arg(clientProtocol)
                       .arg(kProtocolVersion)
                       .arg(isClientOlder ? QStringLiteral("client") : QStringLiteral("server"));
    return failure;
}

Error Failure::toError() const
{
    if (code != ErrorCode::VersionMismatch)
        return {code, text.isEmpty() ? QStringLiteral("the server gave no reason") : text};
    const bool areWeOlder = protocol > kProtocolVersion;
    return {code,
        QStringLiteral("this program speaks protocol version %1, the server %2: update the %3")
            .arg(kProtocolVersion)
            .arg(protocol)
            .arg(areWeOlder ? QStringLiteral("program") : QStringLiteral("server"))};
}

ConferenceInfo ConferenceInfo::full(const Roster& roster)
{
    return {
        State::Full, roster.meetingId, roster.version, roster.subject, roster.participants, {}, roster.state};
}

} // namespace sightline
