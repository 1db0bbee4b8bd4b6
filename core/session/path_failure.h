#pragma once

#include "core/base/error.h"

namespace sightline {

/// A direct session ended so because there is no path between the two of us: a server may know one.
inline bool isPathless(ErrorCode code)
{
    return code == ErrorCode::IceFailed || code == ErrorCode::Timeout || code == ErrorCode::ConnectionLost;
}

} // namespace sightline
