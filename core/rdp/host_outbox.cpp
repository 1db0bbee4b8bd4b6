#include "core/rdp/host_outbox.h"

#include "core/base/log.h"
#include "core/rdp/gfx_pdu_writer.h"

#include <QTime>

#include <utility>

namespace sightline {

namespace {

std::uint32_t timestampNow()
{
    return gfxTimestamp(static_cast<std::uint32_t>(QTime::currentTime().msecsSinceStartOfDay()));
}

} // namespace

bool HostOutbox::accept(const GfxCommand& command)
{
    const std::lock_guard lock(m_mutex);
    if (!m_graphicsOpen)
        return false;
    // Ours forgets every surface and what is in the cache; the PDU of that name leaves them all where they
    // are (MS-RDPEGFX 3.3.5.14).
    std::map<std::uint16_t, Size> forgotten;
    std::vector<std::uint16_t> forgottenSlots;
    if (std::holds_alternative<ResetGraphics>(command)) {
        forgotten = m_check.surfaces();
        forgottenSlots = m_check.cacheSlots();
    }
    switch (m_check.check(command)) {
    case GfxCommandCheck::Verdict::NotYet:
        return false;
    case GfxCommandCheck::Verdict::Invalid:
        qCCritical(logRdp) << "Dropped a graphics command that the viewer would choke on, kind"
                           << command.index();
        return false;
    case GfxCommandCheck::Verdict::Pass:
        break;
    }
    for (const auto& [surface, size] : forgotten)
        m_packer.add(DeleteSurface{surface}, 0);
    for (const std::uint16_t slot : forgottenSlots)
        m_packer.add(EvictCacheEntry{slot}, 0);
    m_packer.add(command, std::holds_alternative<StartFrame>(command) ? timestampNow() : 0);
    if (!m_check.isInsideFrame())
        m_packer.flush();
    return m_packer.hasFinished();
}

bool HostOutbox::accept(std::shared_ptr<const GfxMessage> message)
{
    const std::lock_guard lock(m_mutex);
    if (!m_graphicsOpen || !m_takesShared)
        return false;
    m_sharedBytes += message->size();
    m_shared.push_back(std::move(message));
    return true;
}

void HostOutbox::startShared()
{
    const std::lock_guard lock(m_mutex);
    m_takesShared = true;
}

bool HostOutbox::setCursorShape(const CursorShape& shape)
{
    const std::lock_guard lock(m_mutex);
    m_shape = shape;
    return true;
}

bool HostOutbox::setCursorPosition(Point position)
{
    const std::lock_guard lock(m_mutex);
    m_position = position;
    return true;
}

bool HostOutbox::sendControl(const EncomspPdu& pdu)
{
    const std::lock_guard lock(m_mutex);
    m_control.push(pdu);
    return true;
}

std::size_t HostOutbox::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_packer.bytesHeld() + m_sharedBytes + m_bytesTaken;
}

double HostOutbox::compression() const
{
    const std::lock_guard lock(m_mutex);
    return m_packer.compression();
}

void HostOutbox::setPathRate(double octetsPerSecond)
{
    const std::lock_guard lock(m_mutex);
    m_packer.setPathRate(octetsPerSecond);
}

void HostOutbox::openGraphics()
{
    const std::lock_guard lock(m_mutex);
    m_check.restart();
    clearGraphics();
    m_graphicsOpen = true;
}

void HostOutbox::closeGraphics()
{
    const std::lock_guard lock(m_mutex);
    clearGraphics();
    m_graphicsOpen = false;
}

void HostOutbox::clearGraphics()
{
    m_packer.clear();
    m_takesShared = false;
    m_shared.clear();
    m_sharedBytes = 0;
}

bool HostOutbox::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return !m_packer.hasFinished() && m_shared.empty() && !m_shape && !m_position && m_control.isEmpty();
}

std::shared_ptr<const GfxMessage> HostOutbox::takeMessage()
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<const GfxMessage> message;
    if (auto own = m_packer.takeFinished()) {
        message = std::make_shared<const GfxMessage>(std::move(*own));
    } else if (!m_shared.empty()) {
        message = std::move(m_shared.front());
        m_shared.pop_front();
        m_sharedBytes -= message->size();
    }
    if (message)
        m_bytesTaken += message->size();
    return message;
}

void HostOutbox::messageSent(const GfxMessage& message)
{
    const std::lock_guard lock(m_mutex);
    m_bytesTaken -= message.size();
}

std::optional<CursorShape> HostOutbox::takeCursorShape()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_shape, std::nullopt);
}

std::optional<Point> HostOutbox::takeCursorPosition()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_position, std::nullopt);
}

std::optional<EncomspPdu> HostOutbox::takeControl()
{
    const std::lock_guard lock(m_mutex);
    return m_control.take();
}

} // namespace sightline
