#pragma once

#include <cstdint>

namespace sightline {

/// One event of RDP's input PDUs (MS-RDPBCGR 2.2.8.1.1.3.1.1), as FreeRDP gives and takes it.
struct RdpInput {
    enum class Kind : std::uint8_t { Mouse, ExtendedMouse, Scancode, Unicode, Synchronize };
    Kind kind = Kind::Mouse;
    std::uint32_t flags = 0; ///< pointerFlags, keyboardFlags or toggleFlags
    std::uint16_t code = 0; ///< of a key: scan code or UTF-16 code unit
    std::uint16_t x = 0;
    std::uint16_t y = 0;
    bool operator==(const RdpInput&) const = default;
};

namespace rdp_input {

inline constexpr std::uint32_t kHorizontalWheel = 0x0400;
inline constexpr std::uint32_t kWheel = 0x0200;
inline constexpr std::uint32_t kWheelNegative = 0x0100; ///< the sign of the rotation below it
inline constexpr std::uint32_t kRotationMask = 0x01FF; ///< nine bits, two's complement
inline constexpr std::uint32_t kMove = 0x0800;
inline constexpr std::uint32_t kDown = 0x8000;
inline constexpr std::uint32_t kLeft = 0x1000;
inline constexpr std::uint32_t kRight = 0x2000;
inline constexpr std::uint32_t kMiddle = 0x4000;

inline constexpr std::uint32_t kBack = 0x0001; ///< of an extended mouse event, with kDown
inline constexpr std::uint32_t kForward = 0x0002;

inline constexpr std::uint32_t kExtended = 0x0100; ///< prefix E0
inline constexpr std::uint32_t kExtended1 = 0x0200; ///< prefix E1
inline constexpr std::uint32_t kWasDown = 0x4000; ///< a repetition
inline constexpr std::uint32_t kRelease = 0x8000;

inline constexpr std::uint32_t kScrollLock = 0x1;
inline constexpr std::uint32_t kNumLock = 0x2;
inline constexpr std::uint32_t kCapsLock = 0x4;
inline constexpr std::uint32_t kKanaLock = 0x8;

} // namespace rdp_input

} // namespace sightline
