#pragma once

#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"

#include <algorithm>

namespace sightline {

/// Passes everything through to another stream, until the test meddles with it. The test's functions may be
/// called from any thread.
class MeddlingStream final : public ByteStream {
public:
    MeddlingStream(EventLoop& loop, ByteStream& inner)
        : m_loop(loop)
        , m_inner(inner)
    {
        m_loop.call([this] {
            m_inner.onReadable = [this] { notify(onReadable); };
            m_inner.onWritable = [this] { notify(onWritable); };
            m_inner.onClosed = [this] { notify(onClosed); };
        });
    }

    std::size_t write(ByteView data) override { return m_stalled ? 0 : m_inner.write(data); }

    std::size_t read(ByteSpan buffer) override
    {
        if (m_stalled)
            return 0;
        if (m_injected.empty())
            return m_inner.read(buffer);
        const std::size_t size = std::min(buffer.size(), m_injected.size());
        std::copy_n(m_injected.begin(), size, buffer.begin());
        m_injected.erase(m_injected.begin(), m_injected.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }

    std::optional<Error> error() const override { return m_inner.error(); }

    /// Nothing passes in either direction any more, or everything does again.
    void setStalled(bool stalled)
    {
        m_loop.call([&] {
            m_stalled = stalled;
            notify(onReadable);
            notify(onWritable);
        });
    }

    /// The reader of this end sees these octets next.
    void inject(const Bytes& octets)
    {
        m_loop.call([&] {
            m_injected.insert(m_injected.end(), octets.begin(), octets.end());
            notify(onReadable);
        });
    }

private:
    static void notify(const std::function<void()>& handler)
    {
        if (handler)
            handler();
    }

    EventLoop& m_loop;
    ByteStream& m_inner;
    Bytes m_injected;
    bool m_stalled = false;
};

} // namespace sightline
