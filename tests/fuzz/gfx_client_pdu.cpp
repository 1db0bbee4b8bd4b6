#include "core/rdp/dvc_framing.h"
#include "core/rdp/gfx_pdu_parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const sightline::ByteView view(data, size);
    sightline::announcesAcceptableSize(view);
    if (const auto pdus = sightline::parseGfxClientMessage(view)) {
        for (const auto& pdu : *pdus) {
            if (const auto* advertise = std::get_if<sightline::GfxCapsAdvertise>(&pdu)) {
                if (const auto chosen = sightline::chooseGfxCapabilities(advertise->sets))
                    sightline::hasSmallCache(*chosen);
            }
        }
    }
    return 0;
}
