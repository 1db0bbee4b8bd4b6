#pragma once

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>
#include <vector>

namespace sightline {

/// A TCP port that leads to another one, until a test cuts it.
class CuttableProxy : public QObject {
    Q_OBJECT
public:
    explicit CuttableProxy(quint16 target);
    ~CuttableProxy() override;

    quint16 port() const { return m_server.serverPort(); }
    /// Breaks the connections that are open, and while it is cut every new one.
    void setCut(bool isCut);
    /// Nothing passes, and nobody is told: a dead network. New connections are not answered.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    int connectionCount() const { return m_count; }

private:
    void onConnection();

    quint16 m_target;
    QTcpServer m_server;
    bool m_isCut = false;
    bool m_isSilent = false;
    int m_count = 0;
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
};

} // namespace sightline
