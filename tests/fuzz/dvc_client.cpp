#include "core/rdp/dvc_client.h"

#include <cstdlib>

using namespace sightline;

/// Each PDU of the input is led by its length in one octet.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    constexpr std::size_t kMaxMessage = 512;
    DvcClient client("ours", kMaxMessage,
        {.send = [](ByteView) { return true; },
            .opened = [] { return Result<void>(); },
            .message =
                [](ByteView message) {
                    if (message.size() > kMaxMessage)
                        std::abort();
                    return Result<void>();
                },
            .closed = [] {}});
    ByteView rest(data, size);
    while (!rest.empty()) {
        const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
        if (!client.receive(rest.subspan(1, length)))
            break;
        rest = rest.subspan(1 + length);
    }
    return 0;
}
