#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace sightline {

// The PDUs of the clipboard channel (MS-RDPECLIP 2.2) as far as text and pictures need them.

/// MS-RDPECLIP 2.2.2.1: General Capability Set.
struct ClipboardCapabilities {
    bool longFormatNames = false;
    bool operator==(const ClipboardCapabilities&) const = default;
};

/// 2.2.2.2: the server is ready.
struct ClipboardMonitorReady {
    bool operator==(const ClipboardMonitorReady&) const = default;
};

/// 2.2.3.1: what the sender's clipboard offers now; nothing: it is empty.
struct ClipboardFormatList {
    struct Format {
        std::uint32_t id = 0;
        std::u16string name; ///< empty for the standard formats
        bool operator==(const Format&) const = default;
    };
    std::vector<Format> formats;
    bool operator==(const ClipboardFormatList&) const = default;
};

/// 2.2.3.2
struct ClipboardFormatListResponse {
    bool isAccepted = false;
    bool operator==(const ClipboardFormatListResponse&) const = default;
};

/// 2.2.5.1
struct ClipboardDataRequest {
    std::uint32_t format = 0;
    bool operator==(const ClipboardDataRequest&) const = default;
};

/// 2.2.5.2: `data` is valid as long as the message it was parsed from.
struct ClipboardDataResponse {
    bool isGood = false;
    ByteView data;
};

/// A PDU that this version has no use for (files, locks).
struct ClipboardOther {
    std::uint16_t type = 0;
    bool operator==(const ClipboardOther&) const = default;
};

using ClipboardPdu = std::variant<ClipboardCapabilities, ClipboardMonitorReady, ClipboardFormatList,
    ClipboardFormatListResponse, ClipboardDataRequest, ClipboardDataResponse, ClipboardOther>;

/// Formats beyond these of one list are left out.
constexpr std::size_t kMaxClipboardFormats = 128;

/// One whole message of the channel. `longFormatNames`: both sides said so (3.1.1.1); it decides how a format
/// list reads. ParseFailed: the message is malformed. Pure.
Result<ClipboardPdu> parseClipboardPdu(ByteView message, bool longFormatNames);

/// The same in octets; a format list with long names if `longFormatNames`, else names are cut to 15
/// characters.
Bytes clipboardMessage(const ClipboardPdu& pdu, bool longFormatNames);

} // namespace sightline
