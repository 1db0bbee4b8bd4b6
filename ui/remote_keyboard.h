#pragma once

#include "core/graphics/input_event.h"

#include <QKeyEvent>
#include <QString>

#include <functional>
#include <vector>

namespace sightline {

/// Turns the keys that are pressed here into input of the remote desktop. GUI thread.
///
/// Repetitions are dropped: the remote desktop repeats a held key by itself. A key's release releases what
/// its press has pressed, whatever the modifiers are by then.
class RemoteKeyboard {
public:
    enum class Mode {
        Meaning, ///< what a key types or does here is what it types or does there
        Physical, ///< each key by its place, for games and virtual machines
    };
    using Sink = std::function<void(const InputEvent&)>;

    explicit RemoteKeyboard(Sink sink);

    /// Lets go of everything first.
    void setMode(Mode mode);

    void press(const QKeyEvent& event);
    void release(const QKeyEvent& event);
    /// Text that an input method, a dead key or Compose has made.
    void commit(const QString& text);
    /// Lets go of modifiers that are not held any more: another program may have had their release.
    void dropModifiersBut(Qt::KeyboardModifiers held);
    void releaseAll();

private:
    struct DownKey {
        quint32 id = 0; ///< of the physical key
        Qt::KeyboardModifier modifier = Qt::NoModifier;
        std::vector<InputEvent> presses;
    };
    void sendReleases(const DownKey& key);

    Sink m_sink;
    Mode m_mode = Mode::Meaning;
    std::vector<DownKey> m_down;
};

} // namespace sightline
