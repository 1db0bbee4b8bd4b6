#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/input_event.h"
#include "core/rdp/encomsp_pdu.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace sightline {

class RdpSource;

/// The way to a sharer that may be gone, or be another one, at any moment: then nothing happens.
/// Thread-safe; nothing in it blocks.
class SourceGate {
public:
    /// After close() nobody is inside any more, and the source may be destroyed.
    void open(RdpSource* source);
    void close();

    void acknowledge(std::uint32_t frame);
    void requestRefresh(const Rects& areas);
    void sendInput(const InputEvent& event);
    void sendControl(const EncomspPdu& pdu);

private:
    std::mutex m_mutex; // guards all below
    RdpSource* m_source = nullptr;
    std::optional<std::uint32_t> m_acknowledged; ///< a moment before the source was here
};

} // namespace sightline
