#include "core/sharing/clipboard_relay.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace sightline {

ClipboardRelay::ClipboardRelay(QObject* parent)
    : QObject(parent)
{
}

void ClipboardRelay::connectSides(std::function<void(ClipboardFormat)> request,
    std::function<void(const std::vector<ClipboardFormat>&)> offer)
{
    disconnectSides();
    m_request = std::move(request);
    m_offer = std::move(offer);
}

void ClipboardRelay::disconnectSides()
{
    forget();
    m_request = nullptr;
    m_offer = nullptr;
}

void ClipboardRelay::forget()
{
    m_awaited.clear();
    bool hadSomething = false;
    {
        const std::lock_guard lock(m_mutex);
        hadSomething = !m_kept.empty();
        m_kept.clear();
    }
    if (hadSomething && m_offer)
        m_offer({});
}

void ClipboardRelay::onOffered(const std::vector<ClipboardFormat>& formats)
{
    QMetaObject::invokeMethod(
        this, [this, formats] { fetch(formats); }, Qt::QueuedConnection);
}

void ClipboardRelay::fetch(const std::vector<ClipboardFormat>& formats)
{
    forget();
    if (!m_request)
        return;
    const auto has = [&](ClipboardFormat format) {
        return std::find(formats.begin(), formats.end(), format) != formats.end();
    };
    if (has(ClipboardFormat::Text))
        m_awaited.insert(ClipboardFormat::Text);
    if (has(ClipboardFormat::Png))
        m_awaited.insert(ClipboardFormat::Png);
    else if (has(ClipboardFormat::Dib))
        m_awaited.insert(ClipboardFormat::Dib);
    for (const ClipboardFormat format : m_awaited)
        m_request(format);
}

void ClipboardRelay::onReceived(ClipboardFormat format, std::optional<Bytes> data)
{
    QMetaObject::invokeMethod(
        this, [this, format, content = std::move(data)]() mutable { take(format, std::move(content)); },
        Qt::QueuedConnection);
}

void ClipboardRelay::take(ClipboardFormat format, std::optional<Bytes> data)
{
    // An answer to what an earlier offer made us ask may still come.
    if (m_awaited.erase(format) == 0)
        return;
    std::vector<ClipboardFormat> formats;
    {
        const std::lock_guard lock(m_mutex);
        if (data)
            m_kept[format] = std::move(*data);
        for (const auto& [kept, octets] : m_kept)
            formats.push_back(kept);
    }
    if (m_awaited.empty() && m_offer)
        m_offer(formats);
}

std::optional<Bytes> ClipboardRelay::onWanted(ClipboardFormat format)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_kept.find(format);
    return found == m_kept.end() ? std::nullopt : std::optional(found->second);
}

} // namespace sightline
