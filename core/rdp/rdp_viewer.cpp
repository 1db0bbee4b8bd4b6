#include "core/rdp/rdp_viewer.h"

#include "core/base/log.h"
#include "core/rdp/freerdp_library.h"
#include "core/rdp/rdp_thread.h"
#include "core/rdp/viewer_client.h"

#include <utility>

namespace sightline {

class RdpViewer::Private {
public:
    explicit Private(Handlers handlers)
        : m_handlers(std::move(handlers))
    {
    }

    ~Private()
    {
        if (m_client)
            m_client->requestStop();
    }

    Result<void> start(int fd, std::chrono::milliseconds handshakeTimeout)
    {
        auto client = ViewerClient::create(fd, clientHandlers(), handshakeTimeout);
        if (!client)
            return client.error();
        m_client = std::move(*client);
        m_thread = startRdpThread("rdp-viewer", [this] { run(); });
        return {};
    }

    ViewerClient& client() { return *m_client; }

private:
    ViewerClient::Handlers clientHandlers()
    {
        return {
            [this] {
                if (m_handlers.connected)
                    m_handlers.connected();
            },
            [this](Size size, const Rects& monitors) {
                if (m_handlers.resized)
                    m_handlers.resized(size, monitors);
            },
            [this](const PictureView& screen, const Rects& dirty) {
                if (m_handlers.painted)
                    m_handlers.painted(screen, dirty);
            },
            [this](const CursorShape& shape) {
                if (m_handlers.cursorShape)
                    m_handlers.cursorShape(shape);
            },
            [this](Point position) {
                if (m_handlers.cursorPosition)
                    m_handlers.cursorPosition(position);
            },
            [this](const EncomspPdu& pdu) {
                if (m_handlers.control)
                    m_handlers.control(pdu);
            },
            m_handlers.clipboard,
            [this](const DrawnFrame& frame) {
                if (m_handlers.drawn)
                    m_handlers.drawn(frame);
            },
        };
    }

    void run()
    {
        const Error why = m_client->run();
        if (why.code() == ErrorCode::Cancelled)
            return;
        qCInfo(logRdp) << "The viewer's leg ended:" << why.toString();
        if (m_handlers.closed)
            m_handlers.closed(why);
    }

    Handlers m_handlers;
    std::unique_ptr<ViewerClient> m_client;
    std::jthread m_thread; // after all that it uses
};

RdpViewer::RdpViewer(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

RdpViewer::~RdpViewer() = default;

Result<std::unique_ptr<RdpViewer>> RdpViewer::create(
    int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    auto d = std::make_unique<Private>(std::move(handlers));
    if (auto started = d->start(fd, handshakeTimeout); !started)
        return started.error();
    return std::unique_ptr<RdpViewer>(new RdpViewer(std::move(d)));
}

void RdpViewer::sendInput(const InputEvent& event)
{
    m_d->client().sendInput(event);
}

void RdpViewer::sendControl(const EncomspPdu& pdu)
{
    m_d->client().sendControl(pdu);
}

void RdpViewer::offerClipboard(std::vector<ClipboardFormat> formats)
{
    m_d->client().clipboard().offer(std::move(formats));
    m_d->client().wake();
}

void RdpViewer::requestClipboard(ClipboardFormat format)
{
    m_d->client().clipboard().request(format);
    m_d->client().wake();
}

void RdpViewer::requestRefresh(const Rects& areas)
{
    m_d->client().requestRefresh(areas);
}

std::uint64_t RdpViewer::framesDecoded() const
{
    return m_d->client().framesDecoded();
}

void RdpViewer::warmUp()
{
    const FreeRdpLibrary library;
}

} // namespace sightline
