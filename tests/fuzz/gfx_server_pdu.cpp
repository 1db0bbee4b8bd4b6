#include "core/rdp/gfx_command_check.h"
#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/gfx_server_pdu_parser.h"

#include <cstdlib>

using namespace sightline;

/// What was parsed and passes the check is written again and must mean the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const auto pdus = parseGfxServerMessage({data, size});
    if (!pdus)
        return 0;
    GfxCommandCheck check;
    Bytes written;
    std::size_t commands = 0;
    for (const GfxServerPdu& pdu : *pdus) {
        const auto* command = std::get_if<GfxCommand>(&pdu);
        if (!command || check.check(*command) != GfxCommandCheck::Verdict::Pass)
            continue;
        appendGfxPdu(written, *command);
        ++commands;
    }
    const auto again = parseGfxServerMessage(written);
    if (!again || again->size() != commands)
        std::abort();
    return 0;
}
