#pragma once

#include "core/conference/sharing_link.h"
#include "core/sharing/sharing_server.h"

namespace sightline {

/// The sharing server of this process.
class LocalSharingLink : public SharingLink {
    Q_OBJECT
public:
    explicit LocalSharingLink(const SharingLimits& limits, QObject* parent = nullptr);

    QString name() const override { return QStringLiteral("of this process"); }
    bool isAlive() const override { return true; }
    const SharingLoad& load() const override { return m_load; }
    QString peer() const override { return {}; }
    void send(const SharingRequest::Body& body) override;

    SharingServer& server() { return m_server; }

private:
    SharingServer m_server;
    SharingLoad m_load; ///< there is nothing to compare it with
    quint32 m_lastId = 0;
};

} // namespace sightline
