#pragma once

namespace sightline {

/// From now on each line of the log is a JSON object: time, level, category, message.
void logAsJson();

} // namespace sightline
