#include "core/rdp/encomsp_receiver.h"

#include <algorithm>

// The first octet of each chunk is its flags, the second its size; the announced total is that of the rest.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    sightline::ByteView rest(data, size);
    if (const auto pdus = sightline::parseEncomspMessage(rest)) {
        for (const auto& pdu : *pdus)
            sightline::encomspMessage(pdu);
    }
    sightline::EncomspReceiver receiver;
    std::size_t total = 0;
    while (rest.size() >= 2) {
        const std::uint32_t flags = rest[0];
        const std::size_t length = std::min<std::size_t>(rest[1], rest.size() - 2);
        if ((flags & sightline::EncomspReceiver::kFirst) != 0)
            total = (flags & sightline::EncomspReceiver::kLast) != 0 ? length : rest.size();
        if (!receiver.add(rest.subspan(2, length), flags, total))
            return 0;
        rest = rest.subspan(2 + length);
    }
    return 0;
}
