#include "core/rdp/rdp_host.h"

#include "core/base/log.h"
#include "core/rdp/freerdp_library.h"
#include "core/rdp/host_certificate.h"
#include "core/rdp/host_outbox.h"
#include "core/rdp/host_peer.h"
#include "core/rdp/rdp_thread.h"

#include <atomic>
#include <utility>

namespace sightline {

ViewerAbilities ViewerCapabilities::abilities() const
{
    constexpr std::size_t kMegabyte = 1024 * 1024; // MS-RDPEGFX 3.3.1.4
    return {.avc420 = avc420,
        .cacheSlots = smallCache ? 4096 : 25600,
        .cacheBytes = (smallCache ? 16 : 100) * kMegabyte};
}

class RdpHost::Private {
public:
    explicit Private(Handlers handlers)
        : m_handlers(std::move(handlers))
    {
    }

    ~Private()
    {
        if (m_peer)
            m_peer->requestStop();
    }

    Result<void> start(int fd, Size desktop, std::chrono::milliseconds handshakeTimeout,
        HostPeer::Kind kind = HostPeer::Kind::Leg)
    {
        auto peer = HostPeer::create(fd, desktop, m_outbox, peerHandlers(), handshakeTimeout, kind);
        if (!peer)
            return peer.error();
        m_peer = std::move(*peer);
        m_thread = startRdpThread("rdp-host", [this] { run(); });
        return {};
    }

    Result<void> startGuest(
        int fd, Size desktop, GuestHandlers handlers, std::chrono::milliseconds handshakeTimeout)
    {
        m_guest = std::move(handlers);
        m_mayHear = false;
        return start(fd, desktop, handshakeTimeout, HostPeer::Kind::Guest);
    }

    void admit(Handlers handlers)
    {
        m_handlers = std::move(handlers); // nobody looks before m_mayHear
        m_mayHear = true;
        m_peer->admit();
    }

    void wakeIf(bool hasNews)
    {
        if (hasNews)
            m_peer->requestWake();
    }

    HostOutbox& outbox() { return m_outbox; }
    HostPeer& peer() { return *m_peer; }

private:
    HostPeer::Handlers peerHandlers()
    {
        return {
            [this](const GfxCapabilitySet& set) {
                if (m_handlers.ready)
                    m_handlers.ready({set.version, hasSmallCache(set), hasAvc420(set), false});
            },
            [this](std::uint32_t frame) {
                if (m_handlers.frameAcknowledged)
                    m_handlers.frameAcknowledged(frame);
            },
            [this](const Rects& areas) {
                if (m_mayHear && m_handlers.refreshRequested)
                    m_handlers.refreshRequested(areas);
            },
            [this](const InputEvent& event) {
                if (m_mayHear && m_handlers.input)
                    m_handlers.input(event);
            },
            [this](const EncomspPdu& pdu) {
                if (m_mayHear && m_handlers.control)
                    m_handlers.control(pdu);
            },
            m_handlers.clipboard,
            [this] {
                if (m_handlers.drained)
                    m_handlers.drained();
            },
            [this](const GuestCredentials& guest) { m_guest.knocked(guest); },
            [this] {
                if (m_handlers.ready)
                    m_handlers.ready({.isClassic = true});
            },
        };
    }

    void run()
    {
        const Error why = m_peer->run();
        m_outbox.closeGraphics();
        if (why.code() == ErrorCode::Cancelled)
            return;
        qCInfo(logRdp) << "The host's leg ended:" << why.toString();
        const auto& closed = m_mayHear ? m_handlers.closed : m_guest.closed;
        if (closed)
            closed(why);
    }

    Handlers m_handlers;
    GuestHandlers m_guest;
    std::atomic<bool> m_mayHear = true; ///< false: a guest that is not admitted yet
    HostOutbox m_outbox;
    std::unique_ptr<HostPeer> m_peer;
    std::jthread m_thread; // after all that it uses
};

RdpHost::RdpHost(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

RdpHost::~RdpHost() = default;

Result<std::unique_ptr<RdpHost>> RdpHost::create(
    int fd, Size desktop, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    auto d = std::make_unique<Private>(std::move(handlers));
    if (auto started = d->start(fd, desktop, handshakeTimeout); !started)
        return started.error();
    return std::unique_ptr<RdpHost>(new RdpHost(std::move(d)));
}

Result<std::unique_ptr<RdpHost>> RdpHost::createGuest(
    int fd, Size desktop, GuestHandlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    auto d = std::make_unique<Private>(Handlers{});
    if (auto started = d->startGuest(fd, desktop, std::move(handlers), handshakeTimeout); !started)
        return started.error();
    return std::unique_ptr<RdpHost>(new RdpHost(std::move(d)));
}

void RdpHost::admit(Handlers handlers)
{
    m_d->admit(std::move(handlers));
}

void RdpHost::dismiss(bool isRefused)
{
    m_d->peer().dismiss(isRefused);
}

void RdpHost::resize(Size desktop)
{
    m_d->peer().classicPicture().resize(desktop);
    m_d->peer().requestWake();
}

void RdpHost::paint(const PictureView& output, const Rects& dirty, std::uint32_t frame)
{
    m_d->peer().classicPicture().paint(output, dirty, frame);
    m_d->peer().requestWake();
}

void RdpHost::accept(GfxCommand command)
{
    m_d->wakeIf(m_d->outbox().accept(command));
}

void RdpHost::startShared()
{
    m_d->outbox().startShared();
}

void RdpHost::accept(std::shared_ptr<const GfxMessage> message)
{
    m_d->wakeIf(m_d->outbox().accept(std::move(message)));
}

void RdpHost::setCursorShape(const CursorShape& shape)
{
    m_d->wakeIf(m_d->outbox().setCursorShape(shape));
}

void RdpHost::setCursorPosition(Point position)
{
    m_d->wakeIf(m_d->outbox().setCursorPosition(position));
}

void RdpHost::sendControl(const EncomspPdu& pdu)
{
    m_d->wakeIf(m_d->outbox().sendControl(pdu));
}

void RdpHost::offerClipboard(std::vector<ClipboardFormat> formats)
{
    m_d->peer().clipboard().offer(std::move(formats));
    m_d->peer().requestWake();
}

void RdpHost::requestClipboard(ClipboardFormat format)
{
    m_d->peer().clipboard().request(format);
    m_d->peer().requestWake();
}

std::uint64_t RdpHost::inputRejected() const
{
    return m_d->peer().inputRejected();
}

std::size_t RdpHost::queuedBytes() const
{
    return m_d->outbox().bytes() + m_d->peer().classicPicture().bytesWaiting();
}

double RdpHost::compression() const
{
    return m_d->outbox().compression();
}

void RdpHost::setPathRate(double octetsPerSecond)
{
    m_d->outbox().setPathRate(octetsPerSecond);
}

void RdpHost::warmUp()
{
    const FreeRdpLibrary library;
    makeHostCertificate();
}

} // namespace sightline
