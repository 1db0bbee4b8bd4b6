#include "core/rdp/clipboard_channel.h"

#include <cstdlib>

using namespace sightline;

namespace {

void checkReadAgain(ByteView message, bool longNames)
{
    const auto pdu = parseClipboardPdu(message, longNames);
    if (!pdu)
        return;
    const auto* list = std::get_if<ClipboardFormatList>(&*pdu);
    if (!list || !longNames)
        return;
    const Bytes written = clipboardMessage(*list, true);
    const auto again = parseClipboardPdu(written, true);
    if (!again || std::get<ClipboardFormatList>(*again) != *list)
        std::abort();
}

/// The whole channel: octets are chunks of a length of their own each.
void run(ClipboardChannel::Role role, ByteView octets)
{
    ClipboardChannel channel(role,
        {.offered =
                [](const std::vector<ClipboardFormat>& formats) {
                    if (formats.size() > 3)
                        std::abort();
                },
            .wanted = [](ClipboardFormat) { return std::optional<Bytes>(Bytes(3000, 'x')); },
            .received = [](ClipboardFormat, std::optional<Bytes>) {}});
    channel.start();
    channel.offer({ClipboardFormat::Text, ClipboardFormat::Png});
    while (octets.size() >= 2) {
        const std::size_t size = std::min<std::size_t>(octets[0], octets.size() - 2);
        const std::uint8_t flags = octets[1];
        const ByteView data = octets.subspan(2, size);
        octets = octets.subspan(2 + size);
        // Some say the truth about their message's length.
        const std::size_t total = (flags & 4) != 0 ? std::size_t(flags) << 24 : data.size() + (flags >> 4);
        if (!channel.receive({data, flags & 3U, total}))
            return;
        if ((flags & 8) != 0)
            channel.request(ClipboardFormat::Text);
        for (int i = 0; i < 3; ++i)
            channel.next(1600);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView octets(data, size);
    checkReadAgain(octets, true);
    checkReadAgain(octets, false);
    run(ClipboardChannel::Role::Server, octets);
    run(ClipboardChannel::Role::Client, octets);
    return 0;
}
