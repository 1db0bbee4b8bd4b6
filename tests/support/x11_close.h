#pragma once

#include <QByteArray>

#include <cstdint>

namespace sightline {

/// Asks a window to close, as window managers do (WM_DELETE_WINDOW). False: the display cannot be reached.
bool askToClose(const QByteArray& displayName, std::uint32_t window);

} // namespace sightline
