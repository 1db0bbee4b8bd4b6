#pragma once

#include "core/rdp/encomsp_pdu.h"

#include <deque>
#include <optional>

namespace sightline {

/// Multiparty PDUs on their way out. What a newer one makes void does not wait any longer, so that there are
/// never more than a few. Not thread-safe.
class EncomspQueue {
public:
    void push(const EncomspPdu& pdu);
    std::optional<EncomspPdu> take();
    bool isEmpty() const { return m_pdus.empty(); }

private:
    std::deque<EncomspPdu> m_pdus;
};

} // namespace sightline
