#include "tests/support/relay/relay_model.h"

#include <cstdio>
#include <cstdlib>

using namespace sightline;

/// Octets choose what a sharer sends and what happens to viewers; in the end all screens are equal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::size_t at = 0;
    RelayModel model([&] { return at < size ? data[at++] : 0; });
    while (at < size)
        model.step();
    if (const std::string wrong = model.settle(); !wrong.empty()) {
        std::fprintf(stderr, "%s\n", wrong.c_str());
        std::abort();
    }
    return 0;
}
