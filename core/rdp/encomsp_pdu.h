#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

namespace sightline {

// The PDUs of the multiparty channel "encomsp" (MS-RDPEMC 2.2) that a shared desktop needs: who takes part,
// who may do what, and whether the picture stands still on purpose. Those about single windows and programs
// are skipped. Pure.

/// OD_PARTICIPANT_CREATED (MS-RDPEMC 2.2.4.2), sharer to viewer; again when something of it changed.
struct EncomspParticipant {
    static constexpr std::uint16_t kMayView = 0x1;
    static constexpr std::uint16_t kMayInteract = 0x2;
    static constexpr std::uint16_t kIsYou = 0x4; ///< the receiver of the PDU

    std::uint32_t id = 0;
    std::uint32_t group = 0;
    std::uint16_t flags = 0;
    QString name; ///< 1024 UTF-16 units at most; longer ones are cut
    bool operator==(const EncomspParticipant&) const = default;
};

/// OD_PARTICIPANT_REMOVED (MS-RDPEMC 2.2.4.1), sharer to viewer.
struct EncomspParticipantRemoved {
    static constexpr std::uint32_t kByHost = 0;
    static constexpr std::uint32_t kByParticipant = 2;

    std::uint32_t id = 0;
    std::uint32_t kind = kByHost;
    std::uint32_t code = 0; ///< Win32 error or HRESULT
    bool operator==(const EncomspParticipantRemoved&) const = default;
};

/// OD_PARTICIPANT_CTRL_CHANGE (MS-RDPEMC 2.2.4.3), viewer to sharer: what it would like to be allowed.
struct EncomspControlChange {
    static constexpr std::uint16_t kRequestView = 0x1;
    static constexpr std::uint16_t kRequestInteract = 0x2;
    static constexpr std::uint16_t kAllowControlRequests = 0x8;

    std::uint16_t flags = 0;
    std::uint32_t participant = 0;
    bool operator==(const EncomspControlChange&) const = default;
};

/// OD_GRAPHICS_STREAM_PAUSED and OD_GRAPHICS_STREAM_RESUMED (MS-RDPEMC 2.2.5), sharer to viewer.
struct EncomspStreamState {
    bool isPaused = false;
    bool operator==(const EncomspStreamState&) const = default;
};

using EncomspPdu
    = std::variant<EncomspParticipant, EncomspParticipantRemoved, EncomspControlChange, EncomspStreamState>;

inline constexpr std::size_t kMaxEncomspMessage = 8 * 1024;

/// All that we know of one message, which may hold several PDUs. ParseFailed when one is cut short: the
/// connection is to be dropped then (MS-RDPEMC 3.1.5.1).
Result<std::vector<EncomspPdu>> parseEncomspMessage(ByteView message);

Bytes encomspMessage(const EncomspPdu& pdu);

} // namespace sightline
