#include "core/rdp/clipboard_pdu.h"

#include "core/rdp/little_endian.h"

#include <algorithm>
#include <optional>

namespace sightline {
namespace {

// MS-RDPECLIP 2.2.1
constexpr std::uint16_t kMonitorReady = 1;
constexpr std::uint16_t kFormatList = 2;
constexpr std::uint16_t kFormatListResponse = 3;
constexpr std::uint16_t kDataRequest = 4;
constexpr std::uint16_t kDataResponse = 5;
constexpr std::uint16_t kCapabilities = 7;
constexpr std::uint16_t kResponseOk = 1;
constexpr std::uint16_t kResponseFail = 2;
constexpr std::uint16_t kAsciiNames = 4;
constexpr std::size_t kHeaderSize = 8;

// 2.2.2.1.1.1
constexpr std::uint16_t kGeneralCapability = 1;
constexpr std::uint16_t kGeneralCapabilitySize = 12;
constexpr std::uint32_t kVersion2 = 2;
constexpr std::uint32_t kUseLongFormatNames = 2;

// 2.2.3.1.1.1: a short name takes this much whatever its length.
constexpr std::size_t kShortName = 32;

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

Result<ClipboardPdu> parseCapabilities(ByteView body)
{
    if (body.size() < 4)
        return malformed("the clipboard capabilities are cut short");
    ClipboardCapabilities capabilities;
    std::size_t sets = readU16(body, 0);
    for (body = body.subspan(4); sets > 0; --sets) {
        if (body.size() < 4 || readU16(body, 2) < 4 || readU16(body, 2) > body.size())
            return malformed("a clipboard capability is cut short");
        const std::size_t size = readU16(body, 2);
        if (readU16(body, 0) == kGeneralCapability) {
            if (size < kGeneralCapabilitySize)
                return malformed("the general clipboard capability is cut short");
            capabilities.longFormatNames = (readU32(body, 8) & kUseLongFormatNames) != 0;
        }
        body = body.subspan(size);
    }
    return ClipboardPdu(capabilities);
}

/// The next name of a long list, taken from `body`; nullopt: it has no end.
std::optional<std::u16string> takeLongName(ByteView& body)
{
    std::u16string name;
    for (std::size_t at = 0; at + 2 <= body.size(); at += 2) {
        const std::uint16_t unit = readU16(body, at);
        if (unit == 0) {
            body = body.subspan(at + 2);
            return name;
        }
        name.push_back(static_cast<char16_t>(unit));
    }
    return std::nullopt;
}

std::u16string takeShortName(ByteView& body, bool isAscii)
{
    std::u16string name;
    const std::size_t width = isAscii ? 1 : 2;
    for (std::size_t at = 0; at < kShortName; at += width) {
        const std::uint16_t unit = isAscii ? body[at] : readU16(body, at);
        if (unit == 0)
            break;
        name.push_back(static_cast<char16_t>(unit));
    }
    body = body.subspan(kShortName);
    return name;
}

Result<ClipboardPdu> parseFormatList(ByteView body, bool longFormatNames, bool isAscii)
{
    ClipboardFormatList list;
    while (!body.empty() && list.formats.size() < kMaxClipboardFormats) {
        if (body.size() < (longFormatNames ? 6 : 4 + kShortName))
            return malformed("a clipboard format is cut short");
        ClipboardFormatList::Format format{readU32(body, 0), {}};
        body = body.subspan(4);
        if (longFormatNames) {
            auto name = takeLongName(body);
            if (!name)
                return malformed("the name of a clipboard format has no end");
            format.name = std::move(*name);
        } else {
            format.name = takeShortName(body, isAscii);
        }
        list.formats.push_back(std::move(format));
    }
    return ClipboardPdu(std::move(list));
}

Bytes message(std::uint16_t type, std::uint16_t flags, ByteView body)
{
    Bytes out;
    out.reserve(kHeaderSize + body.size());
    appendU16(out, type);
    appendU16(out, flags);
    appendU32(out, static_cast<std::uint32_t>(body.size()));
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

Bytes messageOf(const ClipboardCapabilities& capabilities, bool)
{
    Bytes body;
    appendU16(body, 1);
    appendU16(body, 0);
    appendU16(body, kGeneralCapability);
    appendU16(body, kGeneralCapabilitySize);
    appendU32(body, kVersion2);
    appendU32(body, capabilities.longFormatNames ? kUseLongFormatNames : 0);
    return message(kCapabilities, 0, body);
}

Bytes messageOf(const ClipboardMonitorReady&, bool)
{
    return message(kMonitorReady, 0, {});
}

Bytes messageOf(const ClipboardFormatList& list, bool longFormatNames)
{
    Bytes body;
    for (const auto& format : list.formats) {
        appendU32(body, format.id);
        const std::size_t longest = longFormatNames ? format.name.size() : kShortName / 2 - 1;
        const std::size_t start = body.size();
        for (const char16_t unit : std::u16string_view(format.name).substr(0, longest))
            appendU16(body, unit);
        appendU16(body, 0);
        if (!longFormatNames)
            body.resize(start + kShortName);
    }
    return message(kFormatList, 0, body);
}

Bytes messageOf(const ClipboardFormatListResponse& response, bool)
{
    return message(kFormatListResponse, response.isAccepted ? kResponseOk : kResponseFail, {});
}

Bytes messageOf(const ClipboardDataRequest& request, bool)
{
    Bytes body;
    appendU32(body, request.format);
    return message(kDataRequest, 0, body);
}

Bytes messageOf(const ClipboardDataResponse& response, bool)
{
    return message(kDataResponse, response.isGood ? kResponseOk : kResponseFail, response.data);
}

Bytes messageOf(const ClipboardOther& other, bool)
{
    return message(other.type, 0, {});
}

} // namespace

Result<ClipboardPdu> parseClipboardPdu(ByteView message, bool longFormatNames)
{
    if (message.size() < kHeaderSize)
        return malformed("a clipboard message is shorter than its header");
    const std::uint16_t type = readU16(message, 0);
    const std::uint16_t flags = readU16(message, 2);
    const std::size_t size = readU32(message, 4);
    // Some clients pad what they send to a multiple of four.
    if (size > message.size() - kHeaderSize)
        return malformed("a clipboard message is not as long as it says");
    const ByteView body = message.subspan(kHeaderSize, size);
    switch (type) {
    case kCapabilities:
        return parseCapabilities(body);
    case kMonitorReady:
        return ClipboardPdu(ClipboardMonitorReady{});
    case kFormatList:
        return parseFormatList(body, longFormatNames, (flags & kAsciiNames) != 0);
    case kFormatListResponse:
        return ClipboardPdu(ClipboardFormatListResponse{(flags & kResponseOk) != 0});
    case kDataRequest:
        if (body.size() < 4)
            return malformed("a request for clipboard data names no format");
        return ClipboardPdu(ClipboardDataRequest{readU32(body, 0)});
    case kDataResponse:
        return ClipboardPdu(ClipboardDataResponse{(flags & kResponseOk) != 0, body});
    default:
        return ClipboardPdu(ClipboardOther{type});
    }
}

Bytes clipboardMessage(const ClipboardPdu& pdu, bool longFormatNames)
{
    return std::visit(
        [longFormatNames](const auto& value) { return messageOf(value, longFormatNames); }, pdu);
}

} // namespace sightline
