#pragma once

#include "core/relay/relay_output.h"
#include "core/relay/relay_source.h"
#include "core/relay/relay_statistics.h"

#include <cstdint>
#include <memory>

namespace sightline {

/// From one sharer to many viewers: passes graphics commands on as they are to viewers in step, and repairs
/// the others' screens from its own. A thread of its own does all the work; every function may be called from
/// any thread and only removeViewer(), and the destructor, wait for it (up to some milliseconds). No function
/// is called by a handler or an output, except acknowledged() and drained().
class Relay {
public:
    using ViewerId = std::uint64_t;

    Relay();
    ~Relay(); ///< sources are destroyed before; no handler and no output is called afterwards
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// The new source replaces the former one, of which nothing is taken any more; viewers keep the picture
    /// that they have until the new one's first frame has ended.
    std::unique_ptr<RelaySource> attachSource(RelaySourceHandlers handlers);

    /// Gets the whole picture, if there is one, and what follows. `output` hears nothing before: what it is
    /// given begins with ResetGraphics.
    ViewerId addViewer(const RelayViewer& viewer, std::shared_ptr<RelayOutput> output);
    /// No call of its output runs afterwards.
    void removeViewer(ViewerId viewer);
    /// The viewer has every frame up to this one. Frames are numbered by the relay.
    void acknowledged(ViewerId viewer, std::uint32_t frame);
    /// The viewer's output has room again: queuedBytes() fell.
    void drained(ViewerId viewer);
    /// Everything anew, as for one that was just added: its channel was opened anew, or it asks for it.
    void refreshRequested(ViewerId viewer);
    void refreshRequested(ViewerId viewer, const RelayViewer& abilities); ///< other ones than before

    RelayStatistics statistics() const;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
