#include "core/rdp/rdp_source.h"

#include "core/base/log.h"
#include "core/rdp/rdp_thread.h"
#include "core/rdp/viewer_client.h"

#include <utility>

namespace sightline {

class RdpSource::Private {
public:
    explicit Private(Handlers handlers)
        : m_closed(std::move(handlers.closed))
    {
        m_clientHandlers.connected = std::move(handlers.connected);
        m_clientHandlers.command = std::move(handlers.command);
        m_clientHandlers.cursorShape = std::move(handlers.cursorShape);
        m_clientHandlers.cursorPosition = std::move(handlers.cursorPosition);
        m_clientHandlers.control = std::move(handlers.control);
        m_clientHandlers.clipboard = std::move(handlers.clipboard);
    }

    ~Private()
    {
        if (m_client)
            m_client->requestStop();
    }

    Result<void> start(int fd, std::chrono::milliseconds handshakeTimeout)
    {
        auto client = ViewerClient::create(fd, std::move(m_clientHandlers), handshakeTimeout);
        if (!client)
            return client.error();
        m_client = std::move(*client);
        m_thread = startRdpThread("rdp-source", [this] { run(); });
        return {};
    }

    ViewerClient& client() { return *m_client; }

private:
    void run()
    {
        const Error why = m_client->run();
        if (why.code() == ErrorCode::Cancelled)
            return;
        qCInfo(logRdp) << "The sharer's leg ended:" << why.toString();
        m_closed(why);
    }

    ViewerClient::Handlers m_clientHandlers;
    std::function<void(const Error&)> m_closed;
    std::unique_ptr<ViewerClient> m_client;
    std::jthread m_thread; // after all that it uses
};

RdpSource::RdpSource(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

RdpSource::~RdpSource() = default;

Result<std::unique_ptr<RdpSource>> RdpSource::create(
    int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    auto d = std::make_unique<Private>(std::move(handlers));
    if (auto started = d->start(fd, handshakeTimeout); !started)
        return started.error();
    return std::unique_ptr<RdpSource>(new RdpSource(std::move(d)));
}

void RdpSource::acknowledge(std::uint32_t frame)
{
    m_d->client().acknowledge(frame);
}

void RdpSource::requestRefresh(const Rects& areas)
{
    m_d->client().requestRefresh(areas);
}

void RdpSource::sendInput(const InputEvent& event)
{
    m_d->client().sendInput(event);
}

void RdpSource::sendControl(const EncomspPdu& pdu)
{
    m_d->client().sendControl(pdu);
}

void RdpSource::offerClipboard(std::vector<ClipboardFormat> formats)
{
    m_d->client().clipboard().offer(std::move(formats));
    m_d->client().wake();
}

void RdpSource::requestClipboard(ClipboardFormat format)
{
    m_d->client().clipboard().request(format);
    m_d->client().wake();
}

} // namespace sightline
