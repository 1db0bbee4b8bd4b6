#pragma once

#include "core/base/clock.h"
#include "core/graphics/input_event.h"
#include "core/sharing/control_relay.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <mutex>

namespace sightline {

/// Speaks for a viewer whose RDP client has no multiparty channel: a click or a key asks for control, and as
/// long as it controls it gives the signs of life that a sharer waits for. Server thread, except input().
class GuestControl : public QObject {
    Q_OBJECT
public:
    /// Whoever was not answered, or was refused, asks again no sooner.
    static constexpr Duration kPatience = std::chrono::seconds(30);

    GuestControl(ControlRelay& control, std::uint32_t number);

    /// From any thread; before the event is passed on.
    void input(const InputEvent& event, TimePoint now);

private:
    ControlRelay& m_control;
    const std::uint32_t m_number;
    QTimer m_lifeSign;
    std::mutex m_mutex; // guards m_askAgainAt
    TimePoint m_askAgainAt{};
};

} // namespace sightline
