#include "core/rdp/host_peer_connection.h"

#include "core/rdp/host_callbacks.h"

#include <freerdp/error.h>
#include <freerdp/freerdp.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

#include <array>
#include <utility>

// What a HostPeer does differently for a guest: any RDP client, over TLS.

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kLinger = 1s;

} // namespace

bool HostPeer::waitsForAnswer() const
{
    return m_kind == Kind::Guest && m_hasKnocked && m_answer == Answer::None;
}

void HostPeer::admit()
{
    Answer none = Answer::None;
    m_answer.compare_exchange_strong(none, Answer::Admitted);
    requestWake();
}

void HostPeer::dismiss(bool isRefused)
{
    m_answer = isRefused ? Answer::Refused : Answer::Dismissed;
    requestWake();
}

Result<void> HostPeer::serveGuest()
{
    const rdpSettings* settings = m_connection->peer->context->settings;
    if (!m_hasKnocked) {
        const auto text = [&](FreeRDP_Settings_Keys_String key) {
            return QString::fromUtf8(freerdp_settings_get_string(settings, key));
        };
        m_hasKnocked = true;
        m_handlers.knocked(
            GuestCredentials::from(text(FreeRDP_Username), text(FreeRDP_Domain), text(FreeRDP_Password)));
    }
    switch (m_answer) {
    case Answer::None:
        m_deadline = Clock::now() + m_handshakeTimeout; // begins anew with the answer
        return {};
    case Answer::Refused:
        return farewell(ERRINFO_SERVER_DENIED_CONNECTION);
    case Answer::Dismissed:
        return farewell(ERRINFO_RPC_INITIATED_DISCONNECT);
    case Answer::Admitted:
        return isClassic() ? serveClassic() : Result<void>();
    }
    return {};
}

Error HostPeer::farewell(std::uint32_t errorInfo)
{
    rdpRdp* rdp = m_connection->peer->context->rdp;
    freerdp_set_error_info(rdp, errorInfo);
    (void)freerdp_send_error_info(rdp); // MS-RDPBCGR 2.2.5.1.1: a client that knows it shows it
    lingerForGuest();
    return {ErrorCode::Declined, QStringLiteral("the guest was sent away")};
}

/// A guest that is still saying something when the connection goes would see only that it broke.
void HostPeer::lingerForGuest()
{
    freerdp_peer* peer = m_connection->peer.get();
    const TimePoint end = Clock::now() + kLinger;
    for (TimePoint now = Clock::now(); now < end && !m_stopped; now = Clock::now()) {
        std::array<HANDLE, 16> handles{};
        DWORD count = peer->GetEventHandles(peer, handles.data(), handles.size() - 1);
        if (count == 0)
            return;
        handles.at(count++) = m_connection->wake.get();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now);
        const DWORD result
            = WaitForMultipleObjects(count, handles.data(), FALSE, static_cast<DWORD>(left.count()));
        if (result == WAIT_TIMEOUT || result == WAIT_FAILED || !peer->CheckFileDescriptor(peer))
            return;
        ResetEvent(m_connection->wake.get());
    }
}

bool HostPeer::isClassic() const
{
    return !freerdp_settings_get_bool(m_connection->peer->context->settings, FreeRDP_SupportGraphicsPipeline);
}

Result<void> HostPeer::serveClassic()
{
    freerdp_peer* peer = m_connection->peer.get();
    const auto broken
        = [] { return Error(ErrorCode::RdpFailed, QStringLiteral("the rdp connection broke")); };
    if (!std::exchange(m_isReady, true))
        m_handlers.classic();
    if (const auto size = m_classicPicture.takeSize()) {
        rdpSettings* settings = peer->context->settings;
        PeerContext::of(peer->context).desktop = *size;
        const Size now{static_cast<int>(freerdp_settings_get_uint32(settings, FreeRDP_DesktopWidth)),
            static_cast<int>(freerdp_settings_get_uint32(settings, FreeRDP_DesktopHeight))};
        if (now != *size) {
            freerdp_settings_set_uint32(settings, FreeRDP_DesktopWidth, static_cast<UINT32>(size->width));
            freerdp_settings_set_uint32(settings, FreeRDP_DesktopHeight, static_cast<UINT32>(size->height));
            // Deactivation and reactivation (MS-RDPBCGR 1.3.1.3): what follows goes to the new desktop.
            peer->activated = FALSE;
            return peer->context->update->DesktopResize(peer->context) ? Result<void>() : broken();
        }
    }
    if (!sendPointer() || !sendControl())
        return broken();
    constexpr int kTilesAtOnce = 16; // between looks at what the client says
    for (int i = 0; i < kTilesAtOnce; ++i) {
        const auto tile = m_classicPicture.takeTile();
        if (!tile)
            break;
        if (!awaitRoom() || !peer->activated || !m_connection->bitmaps.send(peer->context, *tile))
            return broken();
    }
    if (const auto frame = m_classicPicture.takeFrame())
        m_handlers.frameAcknowledged(*frame);
    return {};
}

} // namespace sightline
