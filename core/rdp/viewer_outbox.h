#pragma once

#include "core/graphics/geometry.h"
#include "core/rdp/encomsp_queue.h"
#include "core/rdp/input_queue.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace sightline {

/// What the viewer has to say, on its way from the threads that say it to the RDP thread that sends it.
/// Thread-safe.
class ViewerOutbox {
public:
    void addInput(const InputEvent& event);
    void addControl(const EncomspPdu& pdu);
    void requestRefresh(const Rects& areas); ///< none: everything
    void acknowledge(std::uint32_t frame); ///< and all before it

    // RDP thread.
    std::optional<InputEvent> takeInput();
    std::optional<EncomspPdu> takeControl(); ///< nothing while there is input: it was there first
    /// What is wanted anew; empty: everything.
    std::optional<Rects> takeRefresh();
    std::optional<std::uint32_t> takeAcknowledged();

private:
    std::mutex m_mutex; // guards all below
    InputQueue m_input;
    EncomspQueue m_control;
    std::optional<Rects> m_refresh;
    std::optional<std::uint32_t> m_acknowledged;
};

} // namespace sightline
