#include "ui/remote_keyboard.h"

#include "ui/key_translation.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

/// The same for press and release of one key, also where the system does not number its keys.
quint32 idOf(const QKeyEvent& event)
{
    constexpr quint32 kByMeaning = 0x80000000;
    return event.nativeScanCode() != 0 ? event.nativeScanCode()
                                       : kByMeaning | static_cast<quint32>(event.key());
}

} // namespace

RemoteKeyboard::RemoteKeyboard(Sink sink)
    : m_sink(std::move(sink))
{
}

void RemoteKeyboard::setMode(Mode mode)
{
    if (m_mode == mode)
        return;
    releaseAll();
    m_mode = mode;
}

void RemoteKeyboard::press(const QKeyEvent& event)
{
    if (event.isAutoRepeat())
        return;
    const auto modifier = modifierOfKey(event.key());
    if (modifier == Qt::NoModifier)
        dropModifiersBut(event.modifiers());
    DownKey key{idOf(event), modifier, {}};
    if (m_mode == Mode::Meaning)
        key.presses = meaningOfKey(event);
    else if (const auto place = placeOfKey(event))
        key.presses = {ScancodeKey{place->code, place->extension, true}};
    if (key.presses.empty())
        return;
    release(event); // in case that nobody told us
    for (const InputEvent& press : key.presses)
        m_sink(press);
    m_down.push_back(std::move(key));
}

void RemoteKeyboard::release(const QKeyEvent& event)
{
    if (event.isAutoRepeat())
        return;
    const auto key = std::find_if(
        m_down.begin(), m_down.end(), [id = idOf(event)](const DownKey& down) { return down.id == id; });
    if (key == m_down.end())
        return;
    const DownKey released = std::move(*key);
    m_down.erase(key);
    sendReleases(released);
}

void RemoteKeyboard::commit(const QString& text)
{
    for (const char32_t character : text.toUcs4()) {
        const DownKey key{.presses = pressesOf(character)};
        for (const InputEvent& press : key.presses)
            m_sink(press);
        sendReleases(key);
    }
}

void RemoteKeyboard::dropModifiersBut(Qt::KeyboardModifiers held)
{
    const auto isStale = [held](const DownKey& key) {
        return key.modifier != Qt::NoModifier && !held.testFlag(key.modifier);
    };
    const auto stale = std::stable_partition(
        m_down.begin(), m_down.end(), [&isStale](const DownKey& key) { return !isStale(key); });
    const std::vector<DownKey> dropped(stale, m_down.end());
    m_down.erase(stale, m_down.end());
    for (const DownKey& key : dropped)
        sendReleases(key);
}

void RemoteKeyboard::releaseAll()
{
    const auto down = std::exchange(m_down, {});
    for (auto key = down.rbegin(); key != down.rend(); ++key)
        sendReleases(*key);
}

// In the order of the presses: the two halves of a character belong together.
void RemoteKeyboard::sendReleases(const DownKey& key)
{
    for (const InputEvent& press : key.presses)
        m_sink(releaseOf(press));
}

} // namespace sightline
