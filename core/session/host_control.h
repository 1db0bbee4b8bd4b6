#pragma once

#include "core/rdp/encomsp_pdu.h"
#include "core/session/control_gate.h"
#include "core/session/control_state.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace sightline {

/// The number of the one viewer of a direct session.
inline constexpr std::uint32_t kViewerParticipant = 1;

/// A viewer as the control channel knows it.
struct ControlViewer {
    std::uint32_t number = kViewerParticipant;
    QString name = {};
    bool mayControl = true; ///< a presenter has not muted its control
    bool operator==(const ControlViewer&) const = default;
};

/// Control of our desktop by the viewers of a session, one at a time: who asked, who decides, and what they
/// are told by the multiparty channel (MS-RDPEMC). Several may ask; who is given control leaves the others
/// asking. GUI thread, unless said otherwise.
class HostControl : public QObject {
    Q_OBJECT
public:
    struct Config {
        InjectorFactory openInjector; ///< null: this desktop cannot be controlled
        ControlPolicy policy = ControlPolicy::Ask;
        Hotkey takeBackHotkey{};
        std::vector<ControlViewer> viewers = {};
        /// The viewers are told who they are at the start; a server in between does so itself.
        bool introducesViewers = true;
        bool isPaused = false; ///< sharing was paused before the viewers came
    };
    /// Who controls and who waits for an answer, to go on with in another session.
    struct Standing {
        std::uint32_t controller = 0; ///< 0: nobody
        std::vector<std::uint32_t> asking; ///< in the order in which they asked
    };
    using Send = std::function<void(const EncomspPdu&)>;

    HostControl(Config config, Send send, QObject* parent = nullptr);
    ~HostControl() override;

    /// The leg is open: the viewers are told what they may do.
    void start();
    /// The session is over: what is pressed is let go, nothing is told any more.
    void close();

    /// Who there is now. Who is not among them any more neither controls nor asks; nor does who is muted.
    void setViewers(std::vector<ControlViewer> viewers);
    void setPolicy(ControlPolicy policy) { m_config.policy = policy; } ///< for the next request
    void setTakeBackHotkey(const Hotkey& hotkey); ///< also while control is given
    /// Also to one who did not ask; whoever had it has it no more. `failed` when this desktop cannot be
    /// controlled; viewing goes on.
    void grant(std::uint32_t number = kViewerParticipant);
    void deny(std::uint32_t number = kViewerParticipant); ///< answers `requested`
    void revoke(); ///< from whoever controls
    void setPaused(bool isPaused);
    /// After start(): as it was in another session, without asking anybody.
    void restore(const Standing& standing);
    /// Tells whoever controls once more: it may not have been there to hear it.
    void remindController();

    const Standing& standing() const { return m_standing; }
    /// Granted: somebody controls; else Asked: somebody asks.
    ControlState state() const;
    ControlState state(std::uint32_t number) const;
    /// Of the hotkey, while control is given.
    HotkeyState hotkeyState() const { return m_hotkeyState; }
    ControlGate::Counts counts() const { return m_gate.counts(); }

    // RDP thread, pixel thread.
    void handleInput(const InputEvent& event);
    void handlePdu(const EncomspPdu& pdu);
    void heard();
    void setArea(const Rect& area) { m_gate.setArea(area); }

Q_SIGNALS:
    void changed(); ///< standing() or hotkeyState()
    /// To be answered by grant() or deny(); void again when its state() is None.
    void requested(std::uint32_t number);
    void failed(const Error& error);

private:
    /// What a viewer asked for last.
    struct Wish {
        std::uint32_t number = 0;
        bool wantsControl = false;
    };

    const ControlViewer* find(std::uint32_t number) const;
    bool isAsking(std::uint32_t number) const;
    InputInjector::Handlers injectorHandlers();
    void onWishes();
    void onWish(const Wish& wish);
    void onRequest(const ControlViewer& viewer);
    void onGivenBack(std::uint32_t number);
    void onHotkeyState(HotkeyState state);
    void onInjectorFailed(const Error& error);
    void refuse(std::uint32_t number, const Error& error);
    void setController(std::uint32_t number);
    void stopAsking(std::uint32_t number);
    void announce(std::uint32_t number);

    Config m_config;
    const Send m_send;
    Standing m_standing;
    HotkeyState m_hotkeyState = HotkeyState::Works;
    bool m_isStarted = false;
    QTimer m_silenceTimer;
    std::vector<Wish> m_early; ///< of viewers that we have not been told of yet
    ControlGate m_gate;

    std::mutex m_mutex; // guards all below
    std::vector<Wish> m_wishes; ///< one of each viewer, for the GUI thread
};

} // namespace sightline
