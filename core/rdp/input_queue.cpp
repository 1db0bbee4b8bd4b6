#include "core/rdp/input_queue.h"

#include <algorithm>
#include <cstdlib>

namespace sightline {

namespace {

constexpr int kLargestTurn = 120 * 64; // more than a hand turns while a network sleeps

bool isPress(const InputEvent& event)
{
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.isPressed; })
                return one.isPressed;
            else
                return false;
        },
        event);
}

bool isRelease(const InputEvent& event)
{
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.isPressed; })
                return !one.isPressed;
            else
                return false;
        },
        event);
}

bool isSameKey(const InputEvent& a, const InputEvent& b)
{
    if (a.index() != b.index())
        return false;
    if (const auto* button = std::get_if<PointerButton>(&a))
        return button->button == std::get<PointerButton>(b).button;
    if (const auto* key = std::get_if<ScancodeKey>(&a)) {
        const auto& other = std::get<ScancodeKey>(b);
        return key->code == other.code && key->extension == other.extension;
    }
    const auto* key = std::get_if<UnicodeKey>(&a);
    return key && key->unit == std::get<UnicodeKey>(b).unit;
}

} // namespace

void InputQueue::push(const InputEvent& event)
{
    if (mergeWithLast(event))
        return;
    if (mayEnter(event))
        m_events.push_back(event);
    else
        ++m_refusedCount;
}

std::optional<InputEvent> InputQueue::take()
{
    if (m_events.empty())
        return std::nullopt;
    const InputEvent event = m_events.front();
    m_events.pop_front();
    return event;
}

bool InputQueue::mergeWithLast(const InputEvent& event)
{
    if (m_events.empty() || m_events.back().index() != event.index())
        return false;
    InputEvent& last = m_events.back();
    if (std::holds_alternative<PointerMove>(event) || std::holds_alternative<LockKeys>(event)) {
        last = event;
        return true;
    }
    const auto* wheel = std::get_if<PointerWheel>(&event);
    auto* before = std::get_if<PointerWheel>(&last);
    if (!wheel || wheel->isHorizontal != before->isHorizontal || wheel->position != before->position
        || std::abs(wheel->delta) > kLargestTurn || std::abs(before->delta) > kLargestTurn)
        return false;
    before->delta += wheel->delta;
    return true;
}

bool InputQueue::makeRoom()
{
    // A button brings its position along, and so does a wheel: nobody misses the moves between them.
    std::erase_if(
        m_events, [](const InputEvent& event) { return std::holds_alternative<PointerMove>(event); });
    return m_events.size() < m_capacity;
}

bool InputQueue::mayEnter(const InputEvent& event)
{
    const auto isSame = [&event](const InputEvent& other) { return isSameKey(event, other); };
    // Releases always find room: there are no more of them than presses that did.
    if (isRelease(event))
        return std::erase_if(m_held, isSame) > 0 || m_events.size() < m_capacity;
    if (m_events.size() >= m_capacity && !makeRoom())
        return false;
    if (isPress(event) && std::ranges::none_of(m_held, isSame))
        m_held.push_back(event);
    return true;
}

} // namespace sightline
