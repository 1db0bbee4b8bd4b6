#pragma once

#include "core/rdp/encomsp_pdu.h"
#include "core/session/control_gate.h"
#include "core/session/control_state.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>

namespace sightline {

/// Control of our desktop by the one viewer of a session: who asked, who decides, and what the viewer is told
/// by the multiparty channel (MS-RDPEMC). GUI thread, unless said otherwise.
class HostControl : public QObject {
    Q_OBJECT
public:
    struct Config {
        InjectorFactory openInjector; ///< null: this desktop cannot be controlled
        ControlPolicy policy = ControlPolicy::Ask;
        Hotkey takeBackHotkey{};
        QString viewerName;
        bool isPaused = false; ///< sharing was paused before the viewer came
    };
    using Send = std::function<void(const EncomspPdu&)>;

    HostControl(Config config, Send send, QObject* parent = nullptr);
    ~HostControl() override;

    /// The viewer's leg is open: it is told what it may do.
    void start();
    /// The session is over: what is pressed is let go, nothing is told any more.
    void close();

    void setPolicy(ControlPolicy policy) { m_config.policy = policy; } ///< for the next request
    void setTakeBackHotkey(const Hotkey& hotkey); ///< also while control is given
    /// Also when nobody asked. `failed` when this desktop cannot be controlled; viewing goes on.
    void grant();
    void deny(); ///< answers `requested`
    void revoke();
    void setPaused(bool isPaused);

    ControlState state() const { return m_state; }
    /// Of the hotkey, while control is given.
    HotkeyState hotkeyState() const { return m_hotkeyState; }
    ControlGate::Counts counts() const { return m_gate.counts(); }

    // RDP thread, pixel thread.
    void handleInput(const InputEvent& event);
    void handlePdu(const EncomspPdu& pdu);
    void heard();
    void setArea(const Rect& area) { m_gate.setArea(area); }

Q_SIGNALS:
    void changed(); ///< state() or hotkeyState()
    void requested(); ///< to be answered by grant() or deny(); void again when state() is None
    void failed(const Error& error);

private:
    InputInjector::Handlers injectorHandlers();
    void onWish();
    void onRequest();
    void onHotkeyState(HotkeyState state);
    void onInjectorFailed(const Error& error);
    void setState(ControlState state);
    void announce();

    Config m_config;
    const Send m_send;
    ControlState m_state = ControlState::None;
    HotkeyState m_hotkeyState = HotkeyState::Works;
    bool m_isStarted = false;
    QTimer m_silenceTimer;
    std::atomic<bool> m_wantsControl = false; ///< what the viewer asked for last
    std::atomic<bool> m_isWishPosted = false;
    ControlGate m_gate;
};

/// The number of the one viewer of a direct session.
inline constexpr std::uint32_t kViewerParticipant = 1;

} // namespace sightline
