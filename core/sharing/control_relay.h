#pragma once

#include "core/graphics/input_event.h"
#include "core/rdp/encomsp_pdu.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace sightline {

/// Control among many (MS-RDPEMC): passes on what each viewer asks for under its own number, what the sharer
/// answers, and the input of the one viewer that has control. A viewer whose control is muted is answered
/// here. Viewers go by their numbers in the meeting; 0 is nobody.
///
/// Thread-safe. Outputs are called with its lock held: they must not block, nor call back.
class ControlRelay {
public:
    struct Output {
        std::function<void(const EncomspPdu&)> toSharer;
        std::function<void(const InputEvent&)> inputToSharer;
        /// Who controls has changed.
        std::function<void(std::uint32_t number)> controllerChanged;
    };
    using ToViewer = std::function<void(const EncomspPdu&)>;

    explicit ControlRelay(Output output);

    /// The viewer's leg is open, perhaps anew: it is told who it is, and whether the picture stands still.
    void addViewer(std::uint32_t number, QString name, ToViewer toViewer);
    void removeViewer(std::uint32_t number);
    /// Also before it is a viewer, and while it is none.
    void setMayControl(std::uint32_t number, bool mayControl);
    /// Another sharer, or none: nobody controls it, and it knows of no request.
    void sharerChanged();

    void fromViewer(std::uint32_t number, const EncomspPdu& pdu);
    void inputFromViewer(std::uint32_t number, const InputEvent& event);
    void fromSharer(const EncomspPdu& pdu);

    std::uint32_t controller() const;
    /// Input of viewers without control.
    std::uint64_t inputDropped() const;

private:
    struct Viewer {
        QString name;
        bool hasAsked = false; ///< and is not answered
        ToViewer tell;
    };
    bool mayControl(std::uint32_t number) const { return !m_muted.contains(number); }
    void tellRights(std::uint32_t number, const Viewer& viewer) const;
    void setController(std::uint32_t number);
    void takeBack(std::uint32_t number);

    const Output m_output;
    mutable std::mutex m_mutex; // guards all below
    std::map<std::uint32_t, Viewer> m_viewers;
    std::set<std::uint32_t> m_muted; ///< who must not control
    std::uint32_t m_controller = 0;
    bool m_isPaused = false;
    std::uint64_t m_inputDropped = 0;
};

} // namespace sightline
