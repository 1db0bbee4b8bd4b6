#include "core/sharing/guest_control.h"

namespace sightline {

namespace {

using namespace std::chrono_literals;

// As our own viewers.
constexpr auto kLifeSignInterval = 500ms;
constexpr std::uint16_t kAsk = EncomspControlChange::kRequestView | EncomspControlChange::kRequestInteract;

/// What a hand does on purpose; moves and lock keys come by themselves.
bool isDeliberate(const InputEvent& event)
{
    if (const auto* button = std::get_if<PointerButton>(&event))
        return button->isPressed;
    if (const auto* key = std::get_if<ScancodeKey>(&event))
        return key->isPressed;
    const auto* key = std::get_if<UnicodeKey>(&event);
    return key && key->isPressed;
}

} // namespace

GuestControl::GuestControl(ControlRelay& control, std::uint32_t number)
    : m_control(control)
    , m_number(number)
{
    m_lifeSign.setInterval(kLifeSignInterval);
    connect(&m_lifeSign, &QTimer::timeout, this, [this] {
        if (m_control.controller() == m_number)
            m_control.fromViewer(
                m_number, EncomspControlChange{EncomspControlChange::kAllowControlRequests, m_number});
    });
    m_lifeSign.start();
}

void GuestControl::input(const InputEvent& event, TimePoint now)
{
    if (!isDeliberate(event) || m_control.controller() == m_number)
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (now < m_askAgainAt)
            return;
        m_askAgainAt = now + kPatience;
    }
    m_control.fromViewer(m_number, EncomspControlChange{kAsk, m_number});
}

} // namespace sightline
