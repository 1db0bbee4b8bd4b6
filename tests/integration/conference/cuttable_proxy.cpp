#include "tests/integration/conference/cuttable_proxy.h"

#include <QHostAddress>

namespace sightline {

CuttableProxy::CuttableProxy(quint16 target)
    : m_target(target)
{
    connect(&m_server, &QTcpServer::newConnection, this, &CuttableProxy::onConnection);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port");
}

CuttableProxy::~CuttableProxy()
{
    for (const auto& socket : m_sockets)
        socket->disconnect(this);
}

void CuttableProxy::setCut(bool isCut)
{
    m_isCut = isCut;
    if (!isCut)
        return;
    for (const auto& socket : m_sockets)
        socket->abort();
}

void CuttableProxy::onConnection()
{
    QTcpSocket* const client = m_server.nextPendingConnection();
    client->setParent(nullptr);
    m_sockets.emplace_back(client);
    ++m_count;
    if (m_isCut) {
        client->abort();
        return;
    }
    QTcpSocket* const server = m_sockets.emplace_back(std::make_unique<QTcpSocket>()).get();
    const auto pass = [this](QTcpSocket* from, QTcpSocket* to) {
        const auto move = [this, from, to] {
            if (!m_isSilent)
                to->write(from->readAll());
        };
        connect(from, &QTcpSocket::readyRead, this, move);
        connect(to, &QTcpSocket::connected, this, move);
        connect(from, &QTcpSocket::disconnected, this, [this, to] {
            if (!m_isSilent)
                to->disconnectFromHost();
        });
    };
    pass(client, server);
    pass(server, client);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

} // namespace sightline
