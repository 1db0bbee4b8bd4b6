#include "core/session/held_input.h"

namespace sightline {

namespace {

std::uint32_t identityOf(const PointerButton& button)
{
    return 0x1'0000U | static_cast<std::uint32_t>(button.button);
}

std::uint32_t identityOf(const ScancodeKey& key)
{
    return 0x2'0000U | static_cast<std::uint32_t>(key.extension) << 8 | key.code;
}

std::uint32_t identityOf(const UnicodeKey& key)
{
    return 0x3'0000U | key.unit;
}

} // namespace

void HeldInput::note(const InputEvent& event)
{
    std::visit(
        [this](const auto& one) {
            if constexpr (requires { one.isPressed; }) {
                if (one.isPressed)
                    m_held.insert(identityOf(one));
                else
                    m_held.erase(identityOf(one));
            }
        },
        event);
}

} // namespace sightline
