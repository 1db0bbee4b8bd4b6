#pragma once

#include "core/rdp/encomsp_queue.h"
#include "core/rdp/input_queue.h"

#include <mutex>

namespace sightline {

/// What the viewer has to say, on its way from the threads that say it to the RDP thread that sends it.
/// Thread-safe.
class ViewerOutbox {
public:
    void addInput(const InputEvent& event);
    void addControl(const EncomspPdu& pdu);
    void requestRefresh(const Rects& areas); ///< none: everything

    // RDP thread.
    std::optional<InputEvent> takeInput();
    std::optional<EncomspPdu> takeControl(); ///< nothing while there is input: it was there first
    std::optional<Rects> takeRefresh();

private:
    std::mutex m_mutex; // guards all below
    InputQueue m_input;
    EncomspQueue m_control;
    std::optional<Rects> m_refresh;
};

} // namespace sightline
