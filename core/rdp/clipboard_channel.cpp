#include "core/rdp/clipboard_channel.h"

#include "core/rdp/little_endian.h"

#include <QString>

#include <array>
#include <string_view>
#include <utility>

namespace sightline {
namespace {

constexpr std::uint32_t kUnicodeText = 13; // CF_UNICODETEXT
constexpr std::uint32_t kDib = 8; // CF_DIB
constexpr std::uint32_t kOurPng = 0xC0F1; // of the range of registered formats
constexpr std::u16string_view kPngName = u"PNG";
constexpr std::u16string_view kPngMimeName = u"image/png";

// Text that needs two octets a character in UTF-8 needs two here as well, but ASCII doubles.
constexpr std::size_t kMaxMessage = ClipboardChannel::kMaxContent * 2 + 1024;

// More than short messages can be waits to be sent: an answer is under way.
constexpr std::size_t kAnswering = 16 * 1024;

// Short answers that wait for a link too slow for them: more is no honest clipboard.
constexpr std::size_t kMaxWaiting = 256;

std::uint32_t idOf(ClipboardFormat format)
{
    switch (format) {
    case ClipboardFormat::Text:
        return kUnicodeText;
    case ClipboardFormat::Dib:
        return kDib;
    case ClipboardFormat::Png:
        break;
    }
    return kOurPng;
}

std::optional<ClipboardFormat> formatOf(const ClipboardFormatList::Format& format)
{
    if (format.id == kUnicodeText)
        return ClipboardFormat::Text;
    if (format.id == kDib)
        return ClipboardFormat::Dib;
    if (format.name == kPngName || format.name == kPngMimeName)
        return ClipboardFormat::Png;
    return std::nullopt;
}

} // namespace

ClipboardChannel::ClipboardChannel(Role role, Handlers handlers)
    : m_role(role)
    , m_handlers(std::move(handlers))
    , m_in(kMaxMessage)
{
}

void ClipboardChannel::start()
{
    if (m_role != Role::Server)
        return;
    send(ClipboardCapabilities{.longFormatNames = true});
    send(ClipboardMonitorReady{});
}

void ClipboardChannel::offer(std::vector<ClipboardFormat> formats)
{
    m_offer = std::move(formats);
    if (m_isReady)
        sendOffer();
}

void ClipboardChannel::request(ClipboardFormat format)
{
    m_requests.push_back(format);
    if (m_requests.size() == 1 && !m_isAnswerVoid)
        sendRequest();
}

Result<void> ClipboardChannel::receive(const ChannelChunk& chunk)
{
    const Result<std::optional<Bytes>> message = m_in.add(chunk);
    if (!message)
        return message.error();
    if (!*message)
        return {};
    const Result<ClipboardPdu> pdu = parseClipboardPdu(**message, m_longNames);
    if (!pdu)
        return pdu.error();
    if (m_out.messages() > kMaxWaiting)
        return Error(ErrorCode::TooLarge, QStringLiteral("too many clipboard requests are waiting"));
    return std::visit([this](const auto& value) { return handle(value); }, *pdu);
}

void ClipboardChannel::send(const ClipboardPdu& pdu)
{
    m_out.push(clipboardMessage(pdu, m_longNames));
}

void ClipboardChannel::sendOffer()
{
    ClipboardFormatList list;
    for (const ClipboardFormat format : m_offer) {
        const bool isNamed = format == ClipboardFormat::Png;
        list.formats.push_back({idOf(format), isNamed ? std::u16string(kPngName) : std::u16string()});
    }
    send(list);
}

void ClipboardChannel::sendRequest()
{
    while (!m_requests.empty()) {
        const ClipboardFormat format = m_requests.front();
        if (const auto found = m_remote.find(format); found != m_remote.end()) {
            send(ClipboardDataRequest{found->second});
            return;
        }
        m_requests.pop_front();
        m_handlers.received(format, std::nullopt);
    }
}

Result<void> ClipboardChannel::handle(const ClipboardCapabilities& capabilities)
{
    // 3.1.1.1: both have to have it; the server said so first.
    m_longNames = capabilities.longFormatNames;
    if (m_role == Role::Client)
        send(ClipboardCapabilities{.longFormatNames = m_longNames});
    return {};
}

Result<void> ClipboardChannel::handle(const ClipboardMonitorReady&)
{
    if (m_role != Role::Client || std::exchange(m_isReady, true))
        return Error(ErrorCode::ParseFailed, QStringLiteral("the clipboard is announced at the wrong time"));
    sendOffer();
    return {};
}

Result<void> ClipboardChannel::handle(const ClipboardFormatList& list)
{
    m_remote.clear();
    std::vector<ClipboardFormat> formats;
    for (const auto& entry : list.formats) {
        const auto format = formatOf(entry);
        if (format && m_remote.emplace(*format, entry.id).second)
            formats.push_back(*format);
    }
    m_isAnswerVoid = m_isAnswerVoid || !m_requests.empty();
    m_requests.clear();
    send(ClipboardFormatListResponse{.isAccepted = true});
    if (!std::exchange(m_isReady, true) && !m_offer.empty())
        sendOffer();
    m_handlers.offered(formats);
    return {};
}

Result<void> ClipboardChannel::handle(const ClipboardFormatListResponse&)
{
    return {}; // a refused offer is not repeated: the next one will be newer
}

Result<void> ClipboardChannel::handle(const ClipboardDataRequest& request)
{
    // One at a time (3.1.5.4.1): whoever asks again before the answer is there gets none.
    std::optional<Bytes> data;
    constexpr std::array kAll{ClipboardFormat::Text, ClipboardFormat::Png, ClipboardFormat::Dib};
    for (const ClipboardFormat format : kAll) {
        if (idOf(format) == request.format && m_out.octets() < kAnswering)
            data = m_handlers.wanted(format);
    }
    if (data && data->size() > kMaxContent)
        data.reset();
    if (data && request.format == kUnicodeText)
        data = clipboardTextToWire(*data);
    send(ClipboardDataResponse{data.has_value(), data ? ByteView(*data) : ByteView()});
    return {};
}

Result<void> ClipboardChannel::handle(const ClipboardDataResponse& response)
{
    if (std::exchange(m_isAnswerVoid, false)) {
        sendRequest();
        return {};
    }
    if (m_requests.empty())
        return Error(ErrorCode::ParseFailed, QStringLiteral("clipboard data came that nobody asked for"));
    const ClipboardFormat format = m_requests.front();
    m_requests.pop_front();
    std::optional<Bytes> data;
    if (response.isGood && response.data.size() <= kMaxMessage) {
        data = format == ClipboardFormat::Text ? clipboardTextFromWire(response.data)
                                               : Bytes(response.data.begin(), response.data.end());
    }
    m_handlers.received(format, std::move(data));
    sendRequest();
    return {};
}

Result<void> ClipboardChannel::handle(const ClipboardOther&)
{
    return {};
}

Bytes clipboardTextToWire(ByteView utf8)
{
    const QString text
        = QString::fromUtf8(reinterpret_cast<const char*>(utf8.data()), qsizetype(utf8.size()));
    Bytes wire;
    wire.reserve(std::size_t(text.size()) * 2 + 2);
    char16_t previous = 0;
    for (const QChar unit : text) {
        if (unit == u'\n' && previous != u'\r')
            appendU16(wire, u'\r');
        appendU16(wire, unit.unicode());
        previous = unit.unicode();
    }
    appendU16(wire, 0);
    return wire;
}

Bytes clipboardTextFromWire(ByteView wire)
{
    QString text;
    text.reserve(qsizetype(wire.size() / 2));
    for (std::size_t at = 0; at + 2 <= wire.size(); at += 2) {
        const char16_t unit = readU16(wire, at);
        if (unit == 0)
            break;
        const bool isLineEnd = unit == u'\n' && text.endsWith(QLatin1Char('\r'));
        if (isLineEnd)
            text.chop(1);
        text.append(QChar(unit));
    }
    const QByteArray utf8 = text.toUtf8();
    const ByteView octets = viewOf(utf8);
    return {octets.begin(), octets.end()};
}

} // namespace sightline
