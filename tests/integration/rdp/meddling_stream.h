#pragma once

#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"

#include <algorithm>
#include <functional>
#include <utility>

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

    std::size_t write(ByteView data) override { return m_stalled || m_isFull ? 0 : m_inner.write(data); }

    std::size_t read(ByteSpan buffer) override
    {
        if (m_stalled)
            return 0;
        if (m_injected.empty()) {
            const std::size_t size = m_inner.read(buffer);
            if (m_readTap && size > 0)
                m_readTap(buffer.first(size));
            return size;
        }
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

    /// This end takes no more octets, or does again; those of the other end go on arriving.
    void setFull(bool isFull)
    {
        m_loop.call([&] {
            m_isFull = isFull;
            notify(onWritable);
        });
    }

    /// Shows what this end reads, on the loop's thread.
    void setReadTap(std::function<void(ByteView)> tap)
    {
        m_loop.call([&] { m_readTap = std::move(tap); });
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
    bool m_isFull = false;
    std::function<void(ByteView)> m_readTap;
};

} // namespace sightline
