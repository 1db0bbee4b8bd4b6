#include "core/graphics/gfx_screen.h"
#include "gfx_commands.h"

#include <cstdlib>

using namespace sightline;

/// Any commands, nonsense included.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    GfxScreen screen;
    GfxCommandsOf commands({data, size});
    while (!commands.isAtEnd()) {
        (void)screen.execute(commands.next());
        const PictureView output = screen.output();
        for (const Rect& dirty : screen.takeDirty()) {
            if (!output.rect().contains(dirty))
                std::abort();
        }
    }
    return 0;
}
