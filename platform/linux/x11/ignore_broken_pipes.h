#pragma once

namespace sightline {

/// XCB writes with writev(): without this the end of the X server would be the end of the process. Leaves a
/// handler alone that somebody has set.
void ignoreBrokenPipes();

} // namespace sightline
