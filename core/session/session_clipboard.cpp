#include "core/session/session_clipboard.h"

#include "core/session/sharing_side.h"
#include "core/session/viewing_side.h"

#include <utility>

namespace sightline {

SessionClipboard::SessionClipboard(SharingSide& sharing, ViewingSide& viewing)
    : m_sharing(sharing)
    , m_viewing(viewing)
{
    connect(&sharing, &SharingSide::stateChanged, this, &SessionClipboard::update);
    connect(&sharing, &SharingSide::controlChanged, this, &SessionClipboard::update);
    connect(&viewing, &ViewingSide::stateChanged, this, &SessionClipboard::update);
    connect(&viewing, &ViewingSide::controlChanged, this, &SessionClipboard::update);
    connect(&viewing, &ViewingSide::sessionChanged, this, &SessionClipboard::update);
}

void SessionClipboard::setDirections(ClipboardExchange::Directions directions)
{
    m_directions = directions;
    if (m_exchange)
        m_exchange->setDirections(directions);
}

void SessionClipboard::setLocal(const ClipboardContent& content)
{
    if (m_exchange)
        m_exchange->setLocal(content);
}

bool SessionClipboard::sharesPresent() const
{
    return m_viewing.session() != nullptr;
}

void SessionClipboard::update()
{
    bool isShared = false;
    if (ViewerSession* const session = m_viewing.session()) {
        adopt(&session->clipboard());
        isShared = session->control().state() == ControlState::Granted && !session->control().isPaused();
    } else if (HostSession* const host = m_sharing.session()) {
        adopt(&host->clipboard());
        isShared = host->control().standing().controller != 0 && !m_sharing.isPaused();
    } else {
        m_exchange = nullptr;
    }
    if (std::exchange(m_isShared, isShared) == isShared)
        return;
    if (m_exchange)
        m_exchange->setActive(isShared, sharesPresent());
    Q_EMIT sharedChanged();
}

void SessionClipboard::adopt(ClipboardExchange* exchange)
{
    if (m_exchange == exchange)
        return;
    m_exchange = exchange;
    m_isShared = false;
    exchange->setDirections(m_directions);
    connect(exchange, &ClipboardExchange::remoteChanged, this, &SessionClipboard::remoteChanged);
    connect(exchange, &ClipboardExchange::remoteRefused, this, &SessionClipboard::remoteRefused);
}

} // namespace sightline
