#pragma once

#include "core/graphics/input_event.h"
#include "core/rdp/encomsp_pdu.h"
#include "core/session/control_state.h"
#include "core/session/held_input.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <mutex>
#include <optional>

namespace sightline {

/// Our control of the desktop that a session shows: asked for, given and taken by the multiparty channel
/// (MS-RDPEMC), and used. GUI thread, unless said otherwise.
class ViewerControl : public QObject {
    Q_OBJECT
public:
    struct Output {
        std::function<void(const EncomspPdu&)> pdu;
        std::function<void(const InputEvent&)> input;
    };

    explicit ViewerControl(Output output, QObject* parent = nullptr);

    /// As it was in the session before this one, until the host tells otherwise: asked for anew, or given
    /// anew, of which the host needs no reminder but a little time.
    void resume(ControlState former);
    void request();
    /// Gives control back, or takes the request back.
    void release();
    /// Goes to the host at once when control is granted and the sharer has not paused; is dropped otherwise.
    void sendInput(const InputEvent& event);

    ControlState state() const { return m_state; }
    bool isPaused() const { return m_isPaused; } ///< by the sharer: nothing new is shown
    void close();

    /// From any thread.
    void handlePdu(const EncomspPdu& pdu);

Q_SIGNALS:
    void changed(); ///< state() or isPaused()

private:
    void onNews();
    void onParticipant(const EncomspParticipant& self);
    void setState(ControlState state);
    void say(std::uint16_t flags);

    const Output m_output;
    ControlState m_state = ControlState::None;
    bool m_isPaused = false;
    std::optional<std::uint32_t> m_participant; ///< our number, once the host told
    HeldInput m_held;
    QTimer m_lifeSign;
    QTimer m_resuming; ///< while it runs, control that was given is expected to be given again

    std::mutex m_mutex; // guards all below
    std::optional<EncomspParticipant> m_newSelf;
    std::optional<EncomspStreamState> m_newStream;
    bool m_isPosted = false;
};

} // namespace sightline
