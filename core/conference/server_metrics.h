#pragma once

#include "core/sharing/sharing_statistics.h"

#include <QByteArray>

namespace sightline {

/// Figures of a server as text in the exposition format of Prometheus, version 0.0.4. Pure.
class ServerMetrics {
public:
    /// A figure that goes up and down.
    void add(QByteArrayView name, QByteArrayView help, double value);
    void add(QByteArrayView name, QByteArrayView help, std::size_t value)
    {
        add(name, help, static_cast<double>(value));
    }
    void add(const SharingStatistics& sharing);
    QByteArray toText() const { return m_text; }

private:
    QByteArray m_text;
};

} // namespace sightline
