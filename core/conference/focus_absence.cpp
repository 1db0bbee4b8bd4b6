#include "core/base/log.h"
#include "core/conference/focus_client.h"
#include "core/conference/random_name.h"
#include "core/conference/secrets.h"

#include <algorithm>
#include <utility>

// Participants whose connection broke: they stay in their meeting for a time, and come back with a token.

namespace sightline {
namespace {

/// A number that cannot be true: the client sends nothing again.
constexpr quint32 kUncounted = 0xFFFFFFFF;

} // namespace

QString Focus::newToken(Client& client)
{
    const QString token = randomName();
    client.resumeToken = secretHash(token);
    m_tokens.emplace(client.resumeToken, client.entity);
    return token;
}

void Focus::forgetFormerToken(Client& client)
{
    if (!client.formerToken.isEmpty())
        m_tokens.erase(std::exchange(client.formerToken, {}));
}

/// The participant that the token stands for goes on by this connection. False: none does.
bool Focus::resume(Client& client, quint32 requestId, const SignIn& signIn)
{
    const auto token = m_tokens.find(secretHash(signIn.resume));
    if (signIn.protocol != kProtocolVersion || !client.entity.isEmpty() || token == m_tokens.end())
        return false;
    const ConnectionId connection = client.connection;
    const ConnectionId former = m_entities.at(token->second);
    vanish(*m_clients.at(former)); // nothing new if we noticed that its connection broke
    auto node = m_clients.extract(former);
    Client& back = *node.mapped();
    if (back.absentSince)
        std::erase(m_absent, back.entity);
    else
        m_sink.close(former, CloseReason::Done); // half open: we have not noticed that it broke
    back.absentSince.reset();
    back.connection = connection;
    back.isClosing = false;
    m_entities[back.entity] = connection;
    m_clients[connection] = std::move(node.mapped());

    leaveLobby(back);
    const QByteArray used = secretHash(signIn.resume);
    if (used == back.formerToken)
        m_tokens.erase(back.resumeToken); // the answer with it never arrived
    else
        forgetFormerToken(back);
    back.formerToken = used;
    if (back.meeting)
        m_changed.insert(back.meeting->id());
    m_sink.signedIn(connection);
    send(back,
        Response{.id = requestId,
            .body = SignInResponse{.entity = back.entity,
                .protocol = kProtocolVersion,
                .product = m_settings.product,
                .resume = newToken(back),
                .isResumed = true,
                .received = back.isRestored ? kUncounted : back.callsReceived}});
    catchUp(back, signIn.received);
    return true;
}

/// What somebody has missed who is back, and had got so many call documents before.
void Focus::catchUp(Client& client, quint32 callsReceived)
{
    if (client.meeting) {
        sendRoster(client);
        sendMessages(client);
    }
    for (const QByteArray& call : client.sentCalls.missed(callsReceived))
        m_sink.send(client.connection, call);
}

/// False: it need not be kept.
bool Focus::keepAbsent(Client& client, TimePoint now)
{
    if (!client.meeting || client.isClosing || m_settings.limits.absence <= std::chrono::milliseconds::zero())
        return false;
    if (m_absent.size() >= m_settings.limits.connections)
        remove(*clientOf(m_absent.front()), now);
    qCDebug(logConference) << "A participant's connection broke";
    client.absentSince = now;
    m_absent.push_back(client.entity);
    return true;
}

void Focus::removeAbsent(TimePoint now)
{
    while (!m_absent.empty()) {
        Client& longest = *clientOf(m_absent.front());
        if (now - *longest.absentSince < m_settings.limits.absence)
            return;
        remove(longest, now);
    }
}

/// For good.
void Focus::remove(Client& client, TimePoint now)
{
    leave(client, now);
    std::erase(m_absent, client.entity);
    forgetFormerToken(client);
    m_tokens.erase(client.resumeToken);
    m_entities.erase(client.entity);
    m_clients.erase(client.connection);
}

/// Also to somebody who is away, or will turn out to have been.
void Focus::sendCall(Client& client, const CallDocument& call)
{
    const QByteArray document = serialize(call);
    client.sentCalls.add(document);
    if (!client.absentSince)
        m_sink.send(client.connection, document);
}

} // namespace sightline
