#pragma once

#include "core/base/error.h"

namespace sightline {

/// The process's exit code for an end of this kind (design.md, 6).
inline int exitCodeFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
    case ErrorCode::Gone:
    case ErrorCode::Replaced:
    case ErrorCode::EndedByPresenter:
        return 0;
    case ErrorCode::InvalidArgument:
    case ErrorCode::InvalidLink:
    case ErrorCode::FileFailed:
        return 2;
    case ErrorCode::Declined:
    case ErrorCode::Busy:
    case ErrorCode::NotAllowed:
    case ErrorCode::NotFound:
    case ErrorCode::VersionMismatch:
    case ErrorCode::WrongPasscode:
    case ErrorCode::Locked:
    case ErrorCode::Removed:
        return 3;
    case ErrorCode::CaptureFailed:
    case ErrorCode::NoWindow:
    case ErrorCode::NoDisplay:
        return 5;
    default:
        return 4;
    }
}

} // namespace sightline
