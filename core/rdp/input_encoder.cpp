#include "core/rdp/input_encoder.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace rdp_input;

constexpr std::uint8_t kLastScancode = 127;
constexpr int kLargestRotation = 255;
constexpr int kSmallestRotation = -256;

// The two scan codes of Pause: E1 1D, 45 (MS-RDPBCGR 2.2.8.1.1.3.1.1.1).
constexpr std::uint8_t kPauseFirst = 0x1D;
constexpr std::uint8_t kPauseSecond = 0x45;

std::uint16_t coordinate(int value)
{
    return static_cast<std::uint16_t>(std::clamp(value, 0, 0xFFFF));
}

std::uint32_t buttonFlag(MouseButton button)
{
    switch (button) {
    case MouseButton::Left:
        return kLeft;
    case MouseButton::Right:
        return kRight;
    case MouseButton::Middle:
        return kMiddle;
    case MouseButton::Back:
        return kBack;
    case MouseButton::Forward:
        return kForward;
    }
    return 0;
}

RdpInput keyInput(RdpInput::Kind kind, std::uint32_t flags, std::uint16_t code)
{
    return {.kind = kind, .flags = flags, .code = code, .x = 0, .y = 0};
}

} // namespace

std::vector<RdpInput> InputEncoder::encode(const InputEvent& event)
{
    std::visit([this](const auto& one) { add(one); }, event);
    return std::exchange(m_out, {});
}

RdpInput InputEncoder::at(RdpInput::Kind kind, std::uint32_t flags, Point position)
{
    m_position = position;
    return {
        .kind = kind, .flags = flags, .code = 0, .x = coordinate(position.x), .y = coordinate(position.y)};
}

void InputEncoder::add(const PointerMove& move)
{
    m_out.push_back(at(RdpInput::Kind::Mouse, kMove, move.position));
}

void InputEncoder::add(const PointerButton& button)
{
    const bool isExtended = button.button == MouseButton::Back || button.button == MouseButton::Forward;
    const auto kind = isExtended ? RdpInput::Kind::ExtendedMouse : RdpInput::Kind::Mouse;
    const std::uint32_t down = button.isPressed ? kDown : 0;
    m_out.push_back(at(kind, buttonFlag(button.button) | down, button.position));
}

void InputEncoder::add(const PointerWheel& wheel)
{
    if (wheel.delta != 0 && m_position != wheel.position)
        add(PointerMove{wheel.position});
    const std::uint32_t axis = wheel.isHorizontal ? kHorizontalWheel : kWheel;
    for (int left = wheel.delta; left != 0;) {
        const int part = std::clamp(left, kSmallestRotation, kLargestRotation);
        left -= part;
        const auto rotation = static_cast<std::uint32_t>(part) & kRotationMask;
        m_out.push_back(at(RdpInput::Kind::Mouse, axis | rotation, wheel.position));
    }
}

void InputEncoder::add(const ScancodeKey& key)
{
    if (key.code == 0 || key.code > kLastScancode)
        return;
    const std::uint32_t direction = key.isPressed ? 0 : kRelease;
    std::uint32_t prefix = 0;
    if (key.extension == ScancodeKey::Extension::E0)
        prefix = kExtended;
    else if (key.extension == ScancodeKey::Extension::E1)
        prefix = kExtended1;
    m_out.push_back(keyInput(RdpInput::Kind::Scancode, prefix | direction, key.code));
    if (prefix == kExtended1 && key.code == kPauseFirst)
        m_out.push_back(keyInput(RdpInput::Kind::Scancode, direction, kPauseSecond));
}

void InputEncoder::add(const UnicodeKey& key)
{
    if (key.unit != 0)
        m_out.push_back(keyInput(RdpInput::Kind::Unicode, key.isPressed ? 0 : kRelease, key.unit));
}

void InputEncoder::add(const LockKeys& locks)
{
    const std::uint32_t flags
        = (locks.scroll ? kScrollLock : 0) | (locks.num ? kNumLock : 0) | (locks.caps ? kCapsLock : 0);
    m_out.push_back(keyInput(RdpInput::Kind::Synchronize, flags, 0));
}

} // namespace sightline
