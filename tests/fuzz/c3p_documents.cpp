#include "core/signaling/documents.h"
#include "core/signaling/presence_tracker.h"
#include "core/signaling/roster_tracker.h"
#include "core/signaling/session_description.h"
#include "core/signaling/sharing_documents.h"

#include <cstdlib>

using namespace sightline;

namespace {

/// What was parsed can be written, and means the same then.
void checkRoundTrip(const Document& document)
{
    const auto second = parseDocument(serialize(document));
    if (!second) {
        // Escaping makes text longer.
        if (second.error().code() != ErrorCode::TooLarge)
            std::abort();
        return;
    }
    const auto third = parseDocument(serialize(*second));
    if (!third || !(*third == *second))
        std::abort();
}

/// Likewise of documents between servers.
void checkSharing(const QByteArray& text)
{
    const auto document = parseSharingDocument(text);
    if (!document)
        return;
    const auto second = parseSharingDocument(serializeSharing(*document));
    if (!second) {
        if (second.error().code() != ErrorCode::TooLarge)
            std::abort();
        return;
    }
    const auto third = parseSharingDocument(serializeSharing(*second));
    if (!third || !(*third == *second))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    checkSharing(text);
    const quint32 id = requestIdOf(text);
    const auto document = parseDocument(text);
    if (!document)
        return 0;
    if (const auto* request = std::get_if<Request>(&*document);
        request && text.size() < 4096 && request->id != id)
        std::abort();
    checkRoundTrip(*document);
    if (const auto* info = std::get_if<ConferenceInfo>(&*document)) {
        RosterTracker tracker;
        tracker.start(info->meetingId);
        ConferenceInfo first = *info;
        first.state = ConferenceInfo::State::Full;
        first.version = info->version - 1;
        (void)tracker.apply(first);
        (void)tracker.apply(*info);
    }
    if (const auto* presence = std::get_if<PresenceInfo>(&*document)) {
        PresenceTracker tracker;
        PresenceInfo first = *presence;
        first.state = PresenceInfo::State::Full;
        first.version = presence->version - 1;
        (void)tracker.apply(first);
        (void)tracker.apply(*presence);
    }
    return 0;
}
