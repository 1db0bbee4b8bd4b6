#pragma once

#include "core/session/conversation.h"
#include "ui/view_notice.h"

#include <optional>

namespace sightline {

/// All that decides what a viewer window says over its picture.
struct ViewerSituation {
    Conversation::State meeting = Conversation::State::Idle;
    Conversation::ViewingState viewing = Conversation::ViewingState::Off;
    std::optional<ErrorCode> endedBy
        = std::nullopt; ///< set from the end of what was seen until the next is connected
    bool isPaused = false; ///< by the sharer, who goes on sharing
    bool hasPicture = false; ///< of the session that is on
    bool isInterrupted = false; ///< Conversation::isInterrupted()
    QString sharer = {}; ///< display name; empty: not known
};

/// Empty while the picture is live.
Notice viewerNotice(const ViewerSituation& situation);

} // namespace sightline
