#include "core/rdp/input_decoder.h"

#include <array>
#include <utility>

namespace sightline {

namespace {

using namespace rdp_input;

struct ButtonFlag {
    std::uint32_t flag;
    MouseButton button;
};

constexpr std::array kButtons{
    ButtonFlag{kLeft, MouseButton::Left},
    ButtonFlag{kRight, MouseButton::Right},
    ButtonFlag{kMiddle, MouseButton::Middle},
};
constexpr std::array kExtendedButtons{
    ButtonFlag{kBack, MouseButton::Back},
    ButtonFlag{kForward, MouseButton::Forward},
};

constexpr std::uint16_t kLastScancode = 127;
constexpr std::uint16_t kPauseFirst = 0x1D;
constexpr std::uint16_t kPauseSecond = 0x45;

} // namespace

std::vector<InputEvent> InputDecoder::decode(const RdpInput& input)
{
    bool isUnderstood = false;
    switch (input.kind) {
    case RdpInput::Kind::Mouse:
        isUnderstood = decodeMouse(input);
        break;
    case RdpInput::Kind::ExtendedMouse:
        isUnderstood = decodeExtendedMouse(input);
        break;
    case RdpInput::Kind::Scancode:
        isUnderstood = decodeScancode(input);
        break;
    case RdpInput::Kind::Unicode:
        isUnderstood = decodeUnicode(input);
        break;
    case RdpInput::Kind::Synchronize:
        isUnderstood = decodeSynchronize(input);
        break;
    }
    if (!isUnderstood)
        ++m_rejected;
    return std::exchange(m_out, {});
}

bool InputDecoder::decodeMouse(const RdpInput& input)
{
    constexpr std::uint32_t kAnyWheel = kWheel | kHorizontalWheel;
    constexpr std::uint32_t kAnyButton = kLeft | kRight | kMiddle;
    if (input.flags > 0xFFFF)
        return false;
    // The position of a wheel event shall be ignored (MS-RDPBCGR 2.2.8.1.1.3.1.1.3).
    if ((input.flags & kAnyWheel) != 0)
        return decodeWheel(input.flags);
    const bool hasButton = (input.flags & kAnyButton) != 0;
    if ((input.flags & kRotationMask) != 0 || (!hasButton && (input.flags & ~kMove) != 0)
        || (input.flags & (kAnyButton | kMove)) == 0)
        return false;
    m_position = {input.x, input.y};
    if (!hasButton)
        m_out.emplace_back(PointerMove{m_position});
    for (const ButtonFlag& one : kButtons) {
        if ((input.flags & one.flag) != 0)
            m_out.emplace_back(PointerButton{one.button, (input.flags & kDown) != 0, m_position});
    }
    return true;
}

bool InputDecoder::decodeWheel(std::uint32_t flags)
{
    const std::uint32_t axis = flags & ~kRotationMask;
    if (axis != kWheel && axis != kHorizontalWheel)
        return false;
    const auto rotation = static_cast<int>(flags & kRotationMask);
    const int delta
        = (flags & kWheelNegative) != 0 ? rotation - (static_cast<int>(kRotationMask) + 1) : rotation;
    if (delta != 0)
        m_out.emplace_back(PointerWheel{axis == kHorizontalWheel, delta, m_position});
    return true;
}

bool InputDecoder::decodeExtendedMouse(const RdpInput& input)
{
    constexpr std::uint32_t kAnyButton = kBack | kForward;
    if ((input.flags & kAnyButton) == 0 || (input.flags & ~(kAnyButton | kDown)) != 0)
        return false;
    m_position = {input.x, input.y};
    for (const ButtonFlag& one : kExtendedButtons) {
        if ((input.flags & one.flag) != 0)
            m_out.emplace_back(PointerButton{one.button, (input.flags & kDown) != 0, m_position});
    }
    return true;
}

bool InputDecoder::decodeScancode(const RdpInput& input)
{
    const bool mayEndPause = std::exchange(m_expectsEndOfPause, false);
    constexpr std::uint32_t kPrefix = kExtended | kExtended1;
    if (input.code == 0 || input.code > kLastScancode || (input.flags & kPrefix) == kPrefix
        || (input.flags & ~(kPrefix | kWasDown | kRelease)) != 0)
        return false;
    auto extension = ScancodeKey::Extension::None;
    if ((input.flags & kExtended) != 0)
        extension = ScancodeKey::Extension::E0;
    else if ((input.flags & kExtended1) != 0)
        extension = ScancodeKey::Extension::E1;
    // Pause is E1 1D and a 45 that alone would be Num Lock.
    if (mayEndPause && extension == ScancodeKey::Extension::None && input.code == kPauseSecond)
        return true;
    m_expectsEndOfPause = extension == ScancodeKey::Extension::E1 && input.code == kPauseFirst;
    m_out.emplace_back(
        ScancodeKey{static_cast<std::uint8_t>(input.code), extension, (input.flags & kRelease) == 0});
    return true;
}

bool InputDecoder::decodeUnicode(const RdpInput& input)
{
    if (input.code == 0 || (input.flags & ~(kRelease | kWasDown)) != 0)
        return false;
    m_out.emplace_back(UnicodeKey{static_cast<char16_t>(input.code), (input.flags & kRelease) == 0});
    return true;
}

bool InputDecoder::decodeSynchronize(const RdpInput& input)
{
    if ((input.flags & ~(kScrollLock | kNumLock | kCapsLock | kKanaLock)) != 0)
        return false;
    m_out.emplace_back(LockKeys{
        (input.flags & kScrollLock) != 0, (input.flags & kNumLock) != 0, (input.flags & kCapsLock) != 0});
    return true;
}

} // namespace sightline
