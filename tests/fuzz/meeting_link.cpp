#include "core/signaling/meeting_link.h"

#include <cstdlib>

using namespace sightline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto link = MeetingLink::parse(QString::fromUtf8(text));
    if (!link)
        return 0;
    const auto app = MeetingLink::parse(link->toAppLink());
    if (!app || !(*app == *link))
        std::abort();
    const auto web = MeetingLink::parse(link->toWebLink());
    if (!web || web->host != link->host || web->port != link->port || web->meetingId != link->meetingId)
        std::abort();
    const QUrl url = link->signalingUrl();
    if (!url.isValid() || url.port(443) != link->port || url.host().isEmpty())
        std::abort();
    return 0;
}
