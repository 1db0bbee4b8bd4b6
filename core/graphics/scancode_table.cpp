#include "core/graphics/scancode_table.h"

#include <algorithm>
#include <array>

namespace sightline {
namespace {

struct Entry {
    std::uint8_t evdev;
    std::uint8_t code;
    ScancodeKey::Extension extension = ScancodeKey::Extension::None;
};

constexpr auto kE0 = ScancodeKey::Extension::E0;
constexpr auto kE1 = ScancodeKey::Extension::E1;

// The kernel numbered its keys after set 1 as far as the first keyboards of PCs went.
constexpr std::uint32_t kLastEqualCode = 0x53;

// The rest: linux/input-event-codes.h on the left, the USB HID to PS/2 translation table on the right. Power,
// sleep and wake-up (E0 5E, 5F, 63) are left out: nobody means the other's computer by them.
constexpr std::array kOthers{
    Entry{86, 0x56}, // the key beside left Shift that only 105-key keyboards have
    Entry{87, 0x57}, Entry{88, 0x58}, // F11, F12
    Entry{117, 0x59}, // keypad =
    Entry{183, 0x64}, Entry{184, 0x65}, Entry{185, 0x66}, Entry{186, 0x67}, Entry{187, 0x68}, // F13 to F17
    Entry{188, 0x69}, Entry{189, 0x6A}, Entry{190, 0x6B}, Entry{191, 0x6C}, Entry{192, 0x6D}, // F18 to F22
    Entry{193, 0x6E}, Entry{194, 0x76}, // F23, F24
    Entry{93, 0x70}, Entry{89, 0x73}, Entry{92, 0x79}, // Kana, Ro, Henkan
    Entry{94, 0x7B}, Entry{124, 0x7D}, Entry{121, 0x7E}, // Muhenkan, Yen, keypad ,
    Entry{123, 0x71}, Entry{122, 0x72}, // Hanja, Hangul
    Entry{96, 0x1C, kE0}, Entry{97, 0x1D, kE0}, Entry{98, 0x35, kE0}, // keypad Enter, right Ctrl, keypad /
    Entry{99, 0x37, kE0}, Entry{100, 0x38, kE0}, // Print, right Alt
    Entry{102, 0x47, kE0}, Entry{103, 0x48, kE0}, Entry{104, 0x49, kE0}, // Home, up, page up
    Entry{105, 0x4B, kE0}, Entry{106, 0x4D, kE0}, // left, right
    Entry{107, 0x4F, kE0}, Entry{108, 0x50, kE0}, Entry{109, 0x51, kE0}, // End, down, page down
    Entry{110, 0x52, kE0}, Entry{111, 0x53, kE0}, // Insert, Delete
    Entry{125, 0x5B, kE0}, Entry{126, 0x5C, kE0}, Entry{127, 0x5D, kE0}, // left and right Super, Menu
    Entry{113, 0x20, kE0}, Entry{114, 0x2E, kE0}, Entry{115, 0x30, kE0}, // mute, volume down, up
    Entry{163, 0x19, kE0}, Entry{164, 0x22, kE0}, Entry{165, 0x10, kE0}, // next track, play, previous track
    Entry{166, 0x24, kE0}, Entry{226, 0x6D, kE0}, Entry{140, 0x21, kE0}, // stop, media player, calculator
    Entry{155, 0x6C, kE0}, Entry{157, 0x6B, kE0}, Entry{172, 0x32, kE0}, // mail, computer, home page
    Entry{217, 0x65, kE0}, Entry{156, 0x66, kE0}, Entry{173, 0x67, kE0}, // search, favourites, reload
    Entry{128, 0x68, kE0}, Entry{159, 0x69, kE0}, Entry{158, 0x6A, kE0}, // stop loading, forward, back
    Entry{119, 0x1D, kE1}, // Pause
};

} // namespace

std::optional<ScancodeKey> scancodeOfEvdev(std::uint32_t code)
{
    if (code >= 1 && code <= kLastEqualCode)
        return ScancodeKey{static_cast<std::uint8_t>(code)};
    const auto* const found = std::find_if(
        kOthers.begin(), kOthers.end(), [code](const Entry& entry) { return entry.evdev == code; });
    if (found == kOthers.end())
        return std::nullopt;
    return ScancodeKey{found->code, found->extension};
}

std::optional<std::uint32_t> evdevOfScancode(const ScancodeKey& key)
{
    if (key.extension == ScancodeKey::Extension::None && key.code >= 1 && key.code <= kLastEqualCode)
        return key.code;
    const auto* const found = std::find_if(kOthers.begin(), kOthers.end(),
        [&key](const Entry& entry) { return entry.code == key.code && entry.extension == key.extension; });
    if (found == kOthers.end())
        return std::nullopt;
    return found->evdev;
}

} // namespace sightline
