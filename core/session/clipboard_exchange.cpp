#include "core/session/clipboard_exchange.h"

#include "core/media/media_leg.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

bool has(const std::vector<ClipboardFormat>& formats, ClipboardFormat format)
{
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

std::vector<ClipboardFormat> formatsOf(const ClipboardContent& content)
{
    std::vector<ClipboardFormat> formats;
    if (!content.text.isEmpty())
        formats.push_back(ClipboardFormat::Text);
    if (!content.png.isEmpty())
        formats.push_back(ClipboardFormat::Png);
    if (!content.dib.isEmpty())
        formats.push_back(ClipboardFormat::Dib);
    return formats;
}

QByteArray octetsOf(const ClipboardContent& content, ClipboardFormat format)
{
    switch (format) {
    case ClipboardFormat::Text:
        return content.text.toUtf8();
    case ClipboardFormat::Png:
        return content.png;
    case ClipboardFormat::Dib:
        break;
    }
    return content.dib;
}

// Queued below us already: a picture or a key that comes now waits for no more than this and one burst.
constexpr std::uint64_t kRoom = 16 * 1024;

} // namespace

ClipboardExchange::ClipboardExchange(QObject* parent)
    : QObject(parent)
{
}

void ClipboardExchange::attach(Channel channel)
{
    m_channel = std::move(channel);
}

void ClipboardExchange::setDirections(Directions directions)
{
    m_directions = directions;
    setActive(m_isActive, false);
}

void ClipboardExchange::setActive(bool isActive, bool offersPresent)
{
    m_isActive = isActive;
    m_maySend = isActive && m_directions.send;
    m_mayReceive = isActive && m_directions.receive;
    offer(m_maySend && offersPresent ? m_local : ClipboardContent());
}

void ClipboardExchange::setLocal(const ClipboardContent& content)
{
    m_local = content;
    if (m_maySend)
        offer(content);
}

void ClipboardExchange::offer(const ClipboardContent& content)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_offered.isEmpty() && content.isEmpty())
            return;
        m_offered = content;
    }
    if (m_channel.offer)
        m_channel.offer(formatsOf(content));
}

void ClipboardExchange::onOffered(const std::vector<ClipboardFormat>& formats)
{
    QMetaObject::invokeMethod(this, [this, formats] { fetch(formats); });
}

std::optional<Bytes> ClipboardExchange::onWanted(ClipboardFormat format)
{
    if (!m_maySend)
        return std::nullopt;
    QByteArray octets;
    {
        const std::lock_guard lock(m_mutex);
        octets = octetsOf(m_offered, format);
    }
    if (octets.isEmpty())
        return std::nullopt;
    const ByteView view = viewOf(octets);
    return Bytes(view.begin(), view.end());
}

void ClipboardExchange::onReceived(ClipboardFormat format, std::optional<Bytes> data)
{
    QMetaObject::invokeMethod(
        this, [this, format, content = std::move(data)] { take(format, content); }, Qt::QueuedConnection);
}

void ClipboardExchange::fetch(const std::vector<ClipboardFormat>& formats)
{
    m_fetched = {};
    m_awaited.clear();
    if (!m_mayReceive || !m_channel.request)
        return;
    if (has(formats, ClipboardFormat::Text))
        m_awaited.insert(ClipboardFormat::Text);
    if (has(formats, ClipboardFormat::Png))
        m_awaited.insert(ClipboardFormat::Png);
    else if (has(formats, ClipboardFormat::Dib))
        m_awaited.insert(ClipboardFormat::Dib);
    for (const ClipboardFormat format : m_awaited)
        m_channel.request(format);
}

void ClipboardExchange::take(ClipboardFormat format, const std::optional<Bytes>& data)
{
    // An answer to what an earlier offer made us ask may still come.
    if (m_awaited.erase(format) == 0)
        return;
    if (data && format == ClipboardFormat::Text)
        m_fetched.text = QString::fromUtf8(toByteArray(*data));
    else if (data && format == ClipboardFormat::Png)
        m_fetched.png = toByteArray(*data);
    else if (data)
        m_fetched.dib = toByteArray(*data);
    if (!m_awaited.empty() || !m_mayReceive)
        return;
    if (m_fetched.isEmpty())
        Q_EMIT remoteRefused();
    else
        Q_EMIT remoteChanged(std::exchange(m_fetched, {}));
}

ClipboardHandlers clipboardHandlers(ClipboardExchange& exchange, const MediaLeg& leg)
{
    return {.channel = {.offered = [&exchange](const auto& formats) { exchange.onOffered(formats); },
                .wanted = [&exchange](ClipboardFormat format) { return exchange.onWanted(format); },
                .received = [&exchange](ClipboardFormat format,
                                std::optional<Bytes> data) { exchange.onReceived(format, std::move(data)); }},
        .hasRoom = [&leg] { return leg.transportStatistics().bytesQueued < kRoom; }};
}

} // namespace sightline
